// Functions of the real numbers in fixed point: whole multiples of 2^-256, so that what a double gets wrong can be measured.
// Plain series on short intervals; nothing here is shared with src/numeric.

/** A real number times 2^256. */
export type Fixed = bigint;

/** fraction · 2^exponent: for what fixed point alone cannot hold with all its digits. */
export interface Scaled {
  readonly fraction: Fixed;
  readonly exponent: number;
}

const BITS = 256;
const PLACES = BigInt(BITS);
export const ONE: Fixed = 1n << PLACES;

export function times(a: Fixed, b: Fixed): Fixed {
  return (a * b) >> PLACES;
}

export function over(a: Fixed, b: Fixed): Fixed {
  return (a << PLACES) / b;
}

/** Exact for doubles that are multiples of 2^-256. */
export function fixed(x: number): Fixed {
  const { whole, exponent } = wholeTimesPower(x);
  return shift(whole, exponent + BITS);
}

/** A finite double as an integer times a power of two. */
function wholeTimesPower(x: number): { whole: bigint; exponent: number } {
  let [whole, exponent] = [x, 0];
  for (; !Number.isInteger(whole); exponent--) whole *= 2;
  return { whole: BigInt(whole), exponent };
}

function shift(x: bigint, places: number): bigint {
  return places >= 0 ? x << BigInt(places) : x >> BigInt(-places);
}

/** ln 2 = Σ 1 / (n·2^n). */
export const LN2: Fixed = Array.from({ length: BITS }, (_, i) => (ONE >> BigInt(i + 1)) / BigInt(i + 1)).reduce(
  (a, b) => a + b,
);
/** Machin: π = 16·arctan(1/5) - 4·arctan(1/239). */
export const PI: Fixed = 16n * arctanOfInverse(5n) - 4n * arctanOfInverse(239n);

function arctanOfInverse(n: bigint): Fixed {
  let sum = 0n;
  for (let [power, odd] = [ONE / n, 1n]; power !== 0n; [power, odd] = [-power / (n * n), odd + 2n]) sum += power / odd;
  return sum;
}

/** e^x, by a short series and eight squarings; 1/3 < fraction < 3/2. */
export function exp(x: Fixed): Scaled {
  const exponent = Number((x + LN2 / 2n) / LN2);
  let fraction = taylor((x - BigInt(exponent) * LN2) >> 8n);
  for (let squared = 0; squared < 8; squared++) fraction = times(fraction, fraction);
  return { fraction, exponent };
}

function taylor(x: Fixed): Fixed {
  let sum = ONE;
  for (let [term, n] = [x, 1n]; term !== 0n && term !== -1n; term = times(term, x) / ++n) sum += term;
  return sum;
}

/** ln x: any good guess g, made better by ln(x·e^-g). */
export function ln(x: Fixed): Fixed {
  const guess = fixed(Math.log(Number(x) / 2 ** BITS));
  const { fraction, exponent } = exp(-guess);
  const rest = shift(times(x, fraction), exponent) - ONE;
  let sum = 0n;
  for (let [power, n] = [rest, 1n]; n < 8n; [power, n] = [-times(power, rest), n + 1n]) sum += power / n;
  return guess + sum;
}

/** sin x and cos x for |x| ≤ 2. */
export function circle(x: Fixed): { sine: Fixed; cosine: Fixed } {
  return { sine: alternating(x, times(x, x), 1n), cosine: alternating(ONE, times(x, x), 0n) };
}

function alternating(first: Fixed, xx: Fixed, order: bigint): Fixed {
  let sum = 0n;
  for (let [term, n] = [first, order]; term !== 0n && term !== -1n; n += 2n) {
    sum += term;
    term = -times(term, xx) / ((n + 1n) * (n + 2n));
  }
  return sum;
}

/** 1 / (1 + e^-x), with all its digits at both ends. */
export function logistic(x: Fixed): Scaled {
  const { fraction, exponent } = exp(x > 0n ? -x : x);
  const small = shift(fraction, exponent);
  return x > 0n
    ? { fraction: over(ONE, ONE + small), exponent: 0 }
    : { fraction: over(fraction, ONE + small), exponent };
}

const SQRT_2PI = squareRoot(2n * PI);

/** Newton's rule from above, for x ≤ 16. */
function squareRoot(x: Fixed): Fixed {
  const square = x << PLACES;
  let root = square;
  for (let next = ONE * 4n; next < root; next = (root + square / root) >> 1n) root = next;
  return root;
}

/** The standard normal's density. */
export function normalDensity(z: Fixed): Fixed {
  const { fraction, exponent } = exp(-times(z, z) / 2n);
  return shift(over(fraction, SQRT_2PI), exponent);
}

/** Φ(z) - 1/2 = density · (z + z³/3 + z⁵/(3·5) + …). */
export function normalMass(z: Fixed): Fixed {
  const zz = times(z, z);
  let sum = 0n;
  for (let [term, odd] = [z, 3n]; term !== 0n && term !== -1n; odd += 2n) {
    sum += term;
    term = times(term, zz) / odd;
  }
  return times(normalDensity(z), sum);
}

/** How many units in the last place of the exact value a double is off. */
export function ulpsOff(computed: number, exact: Fixed | Scaled): number {
  const { fraction, exponent } = typeof exact === "bigint" ? { fraction: exact, exponent: 0 } : exact;
  if (fraction === 0n) return computed === 0 ? 0 : Infinity;
  const { whole, exponent: power } = wholeTimesPower(computed);
  const distance = shift(whole, power - exponent + BITS) - fraction;
  const digits = (fraction < 0n ? -fraction : fraction).toString(2).length;
  return Number(distance < 0n ? -distance : distance) / 2 ** (digits - 53);
}
