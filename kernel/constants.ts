// Constants of the large loops, read from memory with `spread`: V8 makes a constant in the code anew in every turn of a
// loop that is too large to peel, with three instructions instead of one.

export const HALF: usize = memory.data<f64>([0.5]);
export const ONE: usize = memory.data<f64>([1.0]);

// Exponents that turn a word into a double with a known unit (`asDoubles`), and what has to be taken off again.

/** 2^20, its unit 2^-32. */
export const UNIT_32: usize = memory.data<u32>([0x41300000]);
export const UNIT_32_START: usize = memory.data<f64>([1048576.0]);
/** The constant above less half a unit. */
export const MIDPOINT_START: usize = memory.data<f64>([1048576.0 - 1.1641532182693481e-10]);

/** 2^73 and 2^52, their units 2^21 and 1: the two parts of a 53-bit whole number. */
export const UNIT_UP_21: usize = memory.data<u32>([0x44800000]);
export const UNIT_UP_0: usize = memory.data<u32>([0x43300000]);
export const WHOLE_START: usize = memory.data<f64>([9444732965739290427392.0 + 13510798882111488.0]);

/** 2^-1, its unit 2^-53. */
export const UNIT_53: usize = memory.data<u32>([0x3fe00000]);

// Entries of tables, 256 to a unit: the upper eight of a fraction's 32 bits are the entry, the others what is left.

/** Half an entry's width, in units of 2^-32. */
export const HALF_ENTRY: usize = memory.data<u32>([0x00800000]);
/** Keeps what a word has below its entry. */
export const BELOW_ENTRY: usize = memory.data<u32>([0x00ffffff]);
/** The constant above in a double of `asDoubles` with UNIT_32. */
export const BELOW_ENTRY_WIDE: usize = memory.data<u64>([0x4130000000ffffff]);
/** 2^20 and half an entry's width. */
export const ENTRY_MIDDLE: usize = memory.data<f64>([1048576.0 + 0.001953125]);
/** The constant above and the 2^-1 of UNIT_53. */
export const TURN_START: usize = memory.data<f64>([1048576.0 + 0.001953125 + 0.5]);

// Rounding x to a multiple of ln2/256: adding and subtracting 1.5·2^52 rounds, and leaves the number in the low bits.

export const ROUND: usize = memory.data<f64>([6755399441055744.0]);
export const ENTRIES_PER_LN2: usize = memory.data<f64>([369.3299304675746]);
/** ln2/256 in two parts; products of the first with whole numbers below 2^21 are exact. */
export const ENTRY_HIGH: usize = memory.data<f64>([0.00270760617331689]);
export const ENTRY_LOW: usize = memory.data<f64>([7.453964567463233e-13]);
/** Keeps the power of two, above the entry. */
export const ABOVE_ENTRY: usize = memory.data<u64>([0xffffffffffffff00]);

// Taking a double apart into 2^e, the nearest of 256 entries between about √½ and √2, and what is left.

/** Half an entry below the first one. */
export const FIRST_ENTRY_EDGE: usize = memory.data<u64>([0x3fe6980000000000]);
export const FIRST_ENTRY: usize = memory.data<u64>([0x3fe6a00000000000]);
export const EXPONENT_BITS: usize = memory.data<u64>([0xfff0000000000000]);
export const ENTRY_BITS: usize = memory.data<u64>([0x000ff00000000000]);
/** 2^52, to make a double of a small whole number, and 53 more for the scale of v·2^-53. */
export const WHOLE: usize = memory.data<u64>([0x4330000000000000]);
export const WHOLE_AND_53: usize = memory.data<f64>([4503599627370496.0 + 53.0]);
export const MINUS_TWO_LN2: usize = memory.data<f64>([-1.3862943611198906]);

/** Up to here the logistic function is a polynomial. */
export const LOGISTIC_EDGE: usize = memory.data<f64>([0.25]);
