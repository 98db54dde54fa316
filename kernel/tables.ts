// Tables of 256 entries, written once by TypeScript (src/numeric/tables.ts): near an entry a function needs only a short
// polynomial. Entries are fetched by scalar loads, which run beside the vector arithmetic.

/** f64[1536]: the tables below, one after the other. */
export const TABLES: usize = memory.data(12288, 16);
/** f64[256]: 2^(j/256). */
export const POWERS: usize = TABLES;
/** f64[256]: e^(1/2 - (j + 1/2)/256). */
export const WEIGHTS: usize = TABLES + 2048;
/** f64[256][2]: cosine and sine of j/256 of a turn. */
export const CIRCLE: usize = TABLES + 4096;
/** f64[256][2]: 1/a and -2·ln(a), a the j-th double from FIRST_ENTRY on with the bits below ENTRY_BITS clear. */
export const LOGS: usize = TABLES + 8192;

/** Computed entries pass through here on their way to a scalar register. */
export const ENTRIES: usize = memory.data(16, 16);

/** One number for each lane, at the byte offsets given. */
export function numbers(table: usize, first: usize, second: usize): v128 {
  return v128.load64_lane(table + second, v128.load64_zero(table + first), 1);
}
