// Names for the few 128-bit operations that the model's formulas use: two f64 lanes are two users.

export function both(x: f64): v128 {
  return f64x2.splat(x);
}

/** The double, or any 64 bits, at an address, in both lanes. */
export function spread(at: usize): v128 {
  return v128.load_splat<u64>(at);
}

/** The word at an address, in all four lanes. */
export function spreadWord(at: usize): v128 {
  return v128.load_splat<u32>(at);
}

export function add(a: v128, b: v128): v128 {
  return f64x2.add(a, b);
}

export function sub(a: v128, b: v128): v128 {
  return f64x2.sub(a, b);
}

export function mul(a: v128, b: v128): v128 {
  return f64x2.mul(a, b);
}

/** a·b + c, rounded twice: a fused operation would have other bits. */
export function madd(a: v128, b: v128, c: v128): v128 {
  return f64x2.add(f64x2.mul(a, b), c);
}

/** Takes `a` where the mask is ones and `b` where it is zeros. */
export function select(a: v128, b: v128, mask: v128): v128 {
  return v128.bitselect(a, b, mask);
}

/** Two neighbouring u32 words in the low half of a vector. */
export function wordPair(at: usize): v128 {
  return v128.load64_zero(at);
}

/**
 * Makes two u32 words the low halves of two doubles whose high half is the word at `unit`: with 0x41300000 there, the
 * doubles are 2^20 + word·2^-32, and one subtraction turns them into fractions.
 */
export function asDoubles(words: v128, unit: usize): v128 {
  return v128.shuffle<i32>(words, spreadWord(unit), 0, 4, 1, 5);
}
