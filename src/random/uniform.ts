const TWO_32 = 0x100000000;

/** word·2^-32, in [0, 1): exact. */
export function fraction(word: number): number {
  return word / TWO_32;
}

/** (word + 1/2)·2^-32, in (0, 1): exact, and symmetric about 1/2. */
export function midpoint(word: number): number {
  return (word + 0.5) / TWO_32;
}

/** floor(word·range·2^-32) for range ≤ 2^21: a whole number in [0, range), off uniform by at most range·2^-32. */
export function scaled(word: number, range: number): number {
  return Math.floor((word * range) / TWO_32);
}
