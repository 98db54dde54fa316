/** Points and weights for the mean of a function of a standard normal. */
export interface NormalQuadrature {
  readonly points: readonly number[];
  readonly weights: readonly number[];
}

/** Newton's method doubles its digits, so that this is far more than enough. */
const ITERATIONS = 50;

/**
 * Gauss-Hermite quadrature: exact for polynomials up to degree 2·size - 1. The points are the roots of the Hermite polynomials, found by
 * bisection between those of the polynomial before, then by Newton's method.
 */
export function gaussHermite(size: number): NormalQuadrature {
  let points: readonly number[] = [];
  for (let degree = 1; degree <= size; degree++) points = rootsBetween(points, degree);
  return { points, weights: points.map((x) => weightAt(x, size)) };
}

/** The roots of a degree lie between those of the degree before, and the outermost within 2·sqrt(degree). */
function rootsBetween(before: readonly number[], degree: number): number[] {
  const edges = [-2 * Math.sqrt(degree), ...before, 2 * Math.sqrt(degree)];
  return edges.slice(1).map((right, i) => rootBetween(edges[i]!, right, degree));
}

function rootBetween(left: number, right: number, degree: number): number {
  let [low, high] = [left, right];
  const sign = Math.sign(hermite(left, degree).value);
  for (let i = 0; i < ITERATIONS; i++) {
    const middle = (low + high) / 2;
    if (Math.sign(hermite(middle, degree).value) === sign) low = middle;
    else high = middle;
  }
  const x = (low + high) / 2;
  const { value, before } = hermite(x, degree);
  return x - value / (Math.sqrt(degree) * before); // He_n' = n·He_(n-1)
}

/** 1 / (n·h_(n-1)(x)²), with h normalised. */
function weightAt(x: number, size: number): number {
  const { before } = hermite(x, size);
  return 1 / (size * before * before);
}

/** The Hermite polynomial of that degree, of mean square 1 under the normal distribution, and the one before. */
function hermite(x: number, degree: number): { readonly value: number; readonly before: number } {
  let [before, value] = [0, 1];
  for (let n = 1; n <= degree; n++) {
    [before, value] = [value, (x * value - Math.sqrt(n - 1) * before) / Math.sqrt(n)];
  }
  return { value, before };
}
