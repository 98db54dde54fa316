import { scaleByPowerOfTwo } from "./bits.js";

const double = new Float64Array(1);
const bits = new BigUint64Array(double.buffer);
/** Every finite double is a whole number of 2^-1074, the smallest of them. */
const MIN_EXPONENT = -1074;
/** The largest doubles are 53 bits of these. */
const GREATEST_EXPONENT = 971;

/** A finite double, or a product of some, without rounding: units·2^exponent. */
export interface Exact {
  readonly units: bigint;
  readonly exponent: number;
}

/** A finite double as it is stored. */
export function exactly(x: number): Exact {
  if (x === 0) return { units: 0n, exponent: GREATEST_EXPONENT };
  double[0] = x;
  const biased = Number((bits[0]! >> 52n) & 0x7ffn);
  const stored = bits[0]! & 0xfffffffffffffn;
  const size = biased === 0 ? stored : stored | 0x10000000000000n;
  return { units: x < 0 ? -size : size, exponent: Math.max(biased - 1, 0) + MIN_EXPONENT };
}

/** The sum of any number of doubles and of their products without rounding, so that order and grouping cannot matter. */
export class ExactSum implements Exact {
  /** The sum is units·2^exponent: numbers of a usual size need few bits then. */
  units = 0n;
  exponent = GREATEST_EXPONENT;

  /** Adds a finite double. */
  add(x: number): void {
    if (x !== 0) this.addExact(exactly(x));
  }

  addExact({ units, exponent }: Exact): void {
    if (units === 0n) return;
    if (exponent < this.exponent) {
      this.units <<= BigInt(this.exponent - exponent);
      this.exponent = exponent;
    }
    this.units += units << BigInt(exponent - this.exponent);
  }
}

/** Numbers over one denominator, which is a power of two. */
export function overCommonDenominator(sums: readonly Exact[]): { numerators: bigint[]; denominator: bigint } {
  const exponent = sums.reduce((least, sum) => Math.min(least, sum.exponent), 0);
  const numerators = sums.map((sum) => sum.units << BigInt(sum.exponent - exponent));
  return { numerators, denominator: 1n << BigInt(-exponent) };
}

export interface Fraction {
  readonly numerator: bigint;
  /** Above 0. */
  readonly denominator: bigint;
}

/** The quotient has 67 bits at most: with more than this behind the point it is nearer to 0 than to 2^-1074. */
const UNDERFLOW_SHIFT = 1142;

/** The double nearest to a fraction; below the normal doubles, at most 2^-1074 off. */
export function roundFraction({ numerator, denominator }: Fraction): number {
  if (numerator === 0n) return 0;
  const size = numerator < 0n ? -numerator : numerator;
  // A quotient of 62 bits or more; a remainder leaves its mark in the last bit, so that Number() rounds only once.
  const shift = bitLength(denominator) - bitLength(size) + 66;
  if (shift > UNDERFLOW_SHIFT) return 0;
  const scaled = shift >= 0 ? size << BigInt(shift) : size >> BigInt(-shift);
  const exact = shift >= 0 || scaled << BigInt(-shift) === size;
  const quotient = scaled / denominator;
  const sticky = exact && quotient * denominator === scaled ? quotient : quotient | 1n;
  // In two steps, as 2^-shift alone may be below the doubles.
  const half = shift >> 1;
  const rounded = scaleByPowerOfTwo(Number(sticky), -half) * scaleByPowerOfTwo(1, half - shift);
  return numerator < 0n ? -rounded : rounded;
}

function bitLength(x: bigint): number {
  return x.toString(16).length * 4;
}
