import { ExactSum } from "../numeric/exactSum.js";
import type { ValueSums } from "./blockTotals.js";

/** Exact sums of one number a user (or a click). */
export class ValueTotals {
  readonly sum = new ExactSum();
  readonly sumOfSquares = new ExactSum();
  min = Number.MAX_VALUE;
  max = -Number.MAX_VALUE;

  addSums({ sum, sumOfSquares, min, max }: ValueSums): void {
    this.sum.add(sum);
    this.sumOfSquares.add(sumOfSquares);
    this.stretch(min, max);
  }

  merge(other: ValueTotals): void {
    this.sum.addSum(other.sum);
    this.sumOfSquares.addSum(other.sumOfSquares);
    this.stretch(other.min, other.max);
  }

  private stretch(min: number, max: number): void {
    this.min = Math.min(this.min, min);
    this.max = Math.max(this.max, max);
  }
}
