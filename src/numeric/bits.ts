// One double as two words. Shared scratch is safe: every use writes before it reads, and nothing here is async.
const double = new Float64Array(1);
const words = new Int32Array(double.buffer);
// The order of the words in memory is the host's; every engine this runs on is little-endian, but none has to be.
const HIGH = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;

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
