import { scaleByPowerOfTwo } from "./bits.js";

const double = new Float64Array(1);
const bits = new BigUint64Array(double.buffer);
/** Every finite double is a whole number of these: 2^-1074, the smallest of them. */
const UNIT_EXPONENT = 1074;

/** The sum of any number of doubles without rounding, so that order and grouping cannot matter. */
export class ExactSum {
  private units = 0n;

  /** Adds a finite double. */
  add(x: number): void {
    this.units += toUnits(x);
  }

  addSum(other: ExactSum): void {
    this.units += other.units;
  }

  /** The sum as a fraction: numerator over 2^1074. */
  toFraction(): Fraction {
    return { numerator: this.units, denominator: 1n << BigInt(UNIT_EXPONENT) };
  }
}

export interface Fraction {
  readonly numerator: bigint;
  /** Above 0. */
  readonly denominator: bigint;
}

function toUnits(x: number): bigint {
  double[0] = x;
  const exponent = Number((bits[0]! >> 52n) & 0x7ffn);
  const stored = bits[0]! & 0xfffffffffffffn;
  const size = exponent === 0 ? stored : (stored | 0x10000000000000n) << BigInt(exponent - 1);
  return x < 0 ? -size : size;
}

/** The double nearest to a fraction; below the normal doubles, at most 2^-1074 off. */
export function roundFraction({ numerator, denominator }: Fraction): number {
  if (numerator === 0n) return 0;
  const size = numerator < 0n ? -numerator : numerator;
  // A quotient of 62 bits or more; a remainder leaves its mark in the last bit, so that Number() rounds only once.
  const shift = bitLength(denominator) - bitLength(size) + 66;
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
