import type { ScalarStateModel } from "../world/scalarState.js";
import type { ChebyshevGrid } from "./chebyshev.js";

/** Documents, equally spaced, at which gains are compared. */
const POINTS = 65;

/**
 * Tells where no slate can beat the documents of one end. A slate is worth more than λ by Σ wᵢ·(qᵢ - λ); where w·(q - λ) rises with the
 * document for every λ that a slate may be worth, from the least to the greatest q, the top documents are best in every set of candidates,
 * and where it falls, those from the bottom.
 */
export class MonotoneGains {
  private readonly noClickWeight: number;
  private readonly weights: Float64Array;
  /** [point][document of the grid]: what each document of the grid counts in the interpolant at the point. */
  private readonly rows: Float64Array;
  private readonly values = new Float64Array(POINTS);

  constructor({ choiceWeight, noClickWeight }: ScalarStateModel, documents: ChebyshevGrid) {
    const points = Float64Array.from(this.values, (_, i) => i / (POINTS - 1));
    const { length } = documents.points;
    this.noClickWeight = noClickWeight;
    this.weights = points.map((document) => choiceWeight(document));
    this.rows = new Float64Array(POINTS * length);
    points.forEach((document, i) => documents.addRow(document, 1, this.rows.subarray(i * length, (i + 1) * length)));
  }

  /** Returns 1 where gains rise with the document, -1 where they fall, else 0; from the values of the grid's documents. */
  direction(onGrid: Float64Array, noClickValue: number): 1 | 0 | -1 {
    this.interpolate(onGrid);
    const { values, noClickWeight } = this;
    let [least, greatest] = noClickWeight > 0 ? [noClickValue, noClickValue] : [Infinity, -Infinity];
    for (const value of values) {
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
    if (this.moves(1, least) && this.moves(1, greatest)) return 1;
    return this.moves(-1, least) && this.moves(-1, greatest) ? -1 : 0;
  }

  private interpolate(onGrid: Float64Array): void {
    const { rows, values } = this;
    for (let i = 0, at = 0; i < POINTS; i++) {
      let value = 0;
      for (let j = 0; j < onGrid.length; j++) value += rows[at++]! * onGrid[j]!;
      values[i] = value;
    }
  }

  /** Whether gains over `worth` rise (1) or fall (-1) from every point to the next. They are linear in `worth`. */
  private moves(sign: 1 | -1, worth: number): boolean {
    const { weights, values } = this;
    for (let i = 1; i < POINTS; i++) {
      const before = weights[i - 1]! * (values[i - 1]! - worth);
      if (!(sign * (weights[i]! * (values[i]! - worth) - before) > 0)) return false;
    }
    return true;
  }
}
