// Tables of 256 entries: near an entry, a function needs only a short polynomial. They are computed in whole numbers of
// 2^-96, so that every entry is the double nearest to the true value in any engine. The kernel is handed the same.
import { scaleByPowerOfTwo } from "./bits.js";

const ENTRIES = 256;
const FRACTION_BITS = 96;
const ONE = 1n << BigInt(FRACTION_BITS);

function times(a: bigint, b: bigint): bigint {
  return (a * b) >> BigInt(FRACTION_BITS);
}

function toDouble(x: bigint): number {
  return x === 0n ? 0 : scaleByPowerOfTwo(Number(x), -FRACTION_BITS);
}

/** Σ of terms, each made from the one before and its number, until one vanishes. */
function series(first: bigint, next: (term: bigint, n: bigint) => bigint): bigint {
  let sum = 0n;
  for (let term = first, n = 1n; term !== 0n; term = next(term, n++)) sum += term;
  return sum;
}

function exponential(x: bigint): bigint {
  return series(ONE, (term, n) => (term * x) / ONE / n);
}

/** artanh(1/m) or, with `sign` -1, arctan(1/m): Σ sign^i·m^-(2i + 1)/(2i + 1). */
function inverseTangent(m: bigint, sign: 1n | -1n): bigint {
  let sum = 0n;
  for (let power = ONE / m, odd = 1n; power !== 0n; power = (sign * power) / (m * m), odd += 2n) sum += power / odd;
  return sum;
}

/** first, first·ratio, first·ratio², … */
function geometric(first: bigint, ratio: bigint): Float64Array {
  let x = first;
  return Float64Array.from({ length: ENTRIES }, () => {
    const entry = toDouble(x);
    x = times(x, ratio);
    return entry;
  });
}

/** ln(n/256) for n = 256 … 512: ln((n + 1)/n) = 2·artanh(1/(2n + 1)). */
const LOGARITHMS = [0n];
for (let n = 256n; n < 512n; n++) LOGARITHMS.push(LOGARITHMS.at(-1)! + 2n * inverseTangent(2n * n + 1n, 1n));
const LN2 = LOGARITHMS.at(-1)!;

/** 2^(j/256). */
export const POWERS: Readonly<Float64Array> = geometric(ONE, exponential(LN2 / 256n));

/** e^(1/2 - (j + 1/2)/256). */
export const WEIGHTS: Readonly<Float64Array> = geometric(exponential((255n * ONE) / 512n), exponential(-ONE / 256n));

/** Machin's formula. */
const PI = 16n * inverseTangent(5n, -1n) - 4n * inverseTangent(239n, -1n);

/** Sines of j/256 of a turn, j = 0 … 64. */
function quarterOfSines(): number[] {
  const angle = PI / 128n;
  const square = times(angle, angle);
  const stepSine = series(angle, (term, n) => (-term * square) / ONE / (2n * n * (2n * n + 1n)));
  const stepCosine = series(ONE, (term, n) => (-term * square) / ONE / (2n * n * (2n * n - 1n)));
  let [sine, cosine] = [0n, ONE];
  return Array.from({ length: ENTRIES / 4 + 1 }, () => {
    const entry = toDouble(sine);
    [sine, cosine] = [
      times(sine, stepCosine) + times(cosine, stepSine),
      times(cosine, stepCosine) - times(sine, stepSine),
    ];
    return entry;
  });
}

const QUARTER = quarterOfSines();

/** From the quarter by symmetry, so that zeros and ones are exact. */
function sineOfEntry(j: number): number {
  const within = j % 128;
  const size = QUARTER[Math.min(within, 128 - within)]!;
  return j % 256 < 128 ? size : 0 - size;
}

/** Cosine and sine of j/256 of a turn, in pairs. */
export const CIRCLE: Readonly<Float64Array> = pairs((j) => [sineOfEntry(j + 64), sineOfEntry(j)]);

/** 1/a and -2·ln(a), in pairs, for a = 362/512 … 511/512, 256/256 … 361/256: 256 doubles around 1, by their upper bits. */
export const LOGS: Readonly<Float64Array> = pairs((j) => {
  const below = j < 150;
  const n = below ? 362 + j : 106 + j;
  const logarithm = LOGARITHMS[n - 256]! - (below ? LN2 : 0n);
  return [(below ? 512 : 256) / n, toDouble(-2n * logarithm)];
});

function pairs(entry: (j: number) => readonly [number, number]): Float64Array {
  return Float64Array.from(Array.from({ length: ENTRIES }, (_, j) => entry(j)).flat());
}
