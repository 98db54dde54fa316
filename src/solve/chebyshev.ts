import { circlePoint } from "../numeric/circle.js";

/** Cosine of so many turns, in [0, 1/2]. */
function cosineOfTurns(turns: number): number {
  const entry = Math.round(turns * 256);
  return circlePoint(entry, turns - entry / 256).cosine;
}

/**
 * Chebyshev points of the first kind in an interval, and interpolation by the polynomial through them, in barycentric form
 * (Berrut and Trefethen, SIAM Review 46 (2004), 501-517).
 */
export class ChebyshevGrid {
  /** The points, rising. */
  readonly points: Float64Array;
  readonly least: number;
  readonly greatest: number;
  private readonly weights: Float64Array;

  constructor(size: number, least: number, greatest: number) {
    this.least = least;
    this.greatest = greatest;
    const [middle, half] = [(least + greatest) / 2, (greatest - least) / 2];
    this.points = Float64Array.from({ length: size }, (_, i) => middle - half * cosineOfTurns((i + 0.5) / (2 * size)));
    this.weights = Float64Array.from({ length: size }, (_, i) => {
      const sine = Math.sqrt(1 - cosineOfTurns((i + 0.5) / (2 * size)) ** 2);
      return i % 2 === 0 ? sine : -sine;
    });
  }

  /** Adds to `row`, times `factor`, what each point's value counts in the interpolant at `x`. */
  addRow(x: number, factor: number, row: Float64Array): void {
    const { points, weights } = this;
    const same = points.indexOf(x);
    if (same >= 0) {
      row[same]! += factor;
      return;
    }
    let sum = 0;
    for (let i = 0; i < points.length; i++) sum += weights[i]! / (x - points[i]!);
    for (let i = 0; i < points.length; i++) row[i]! += ((weights[i]! / (x - points[i]!)) * factor) / sum;
  }

  /** What each point's value counts in the mean of the interpolant under a distribution with those means of T₀, T₁ … on [-1, 1]. */
  weightsOf(moments: Float64Array): Float64Array {
    const { length: size } = this.points;
    const polynomials = new Float64Array(size);
    return this.points.map((_, i) => {
      chebyshevPolynomials(-cosineOfTurns((i + 0.5) / (2 * size)), polynomials);
      let sum = -moments[0]!;
      for (let j = 0; j < size; j++) sum += 2 * moments[j]! * polynomials[j]!;
      return sum / size;
    });
  }

  /** What each point's value counts in the mean of the interpolant over an interval: exact, by Fejér's first rule. */
  meanRow(least: number, greatest: number): Float64Array {
    const size = this.points.length;
    const row = new Float64Array(size);
    const inner = new ChebyshevGrid(size, least, greatest);
    for (let i = 0; i < size; i++) this.addRow(inner.points[i]!, fejerWeight(i, size), row);
    return row;
  }
}

/** Writes T₀(x), T₁(x) … for x in [-1, 1]. */
export function chebyshevPolynomials(x: number, polynomials: Float64Array): void {
  polynomials[0] = 1;
  polynomials[1] = x;
  for (let j = 2; j < polynomials.length; j++) polynomials[j] = 2 * x * polynomials[j - 1]! - polynomials[j - 2]!;
}

/** Weight of point `i` of `size` in the mean over the interval. */
function fejerWeight(i: number, size: number): number {
  let sum = 1;
  for (let j = 1; 2 * j < size; j++) {
    const turns = ((i + 0.5) * j) / size; // of the angle 2jθ
    const fraction = turns - Math.floor(turns);
    sum -= (2 * cosineOfTurns(Math.min(fraction, 1 - fraction))) / (4 * j * j - 1);
  }
  return sum / size;
}
