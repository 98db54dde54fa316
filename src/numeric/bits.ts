// One double as two words. Shared scratch is safe: every use writes before it reads, and nothing here is async.
const double = new Float64Array(1);
const words = new Int32Array(double.buffer);

/** Whether the host keeps the lower bytes of a number first, as WebAssembly always does. */
export function isLittleEndian(): boolean {
  return new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;
}

/** Index of the upper of a double's two 32-bit words in memory, whose order is the host's. */
export const HIGH = isLittleEndian() ? 1 : 0;

/** x·2^n by adding n to the exponent; x and the result must be normal. */
export function scaleByPowerOfTwo(x: number, n: number): number {
  double[0] = x;
  words[HIGH] = words[HIGH]! + (n << 20);
  return double[0];
}

/** The upper 32 bits of a double, signed. */
export function highWord(x: number): number {
  double[0] = x;
  return words[HIGH]!;
}

/** The lower 32 bits of a double, signed. */
export function lowWord(x: number): number {
  double[0] = x;
  return words[1 - HIGH]!;
}
