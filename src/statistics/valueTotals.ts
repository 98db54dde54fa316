import { ExactMoments } from "../numeric/exactMoments.js";
import type { ValueSums } from "./blockSums.js";

/** Exact sums of one number for each user, and their range. */
export class ValueTotals extends ExactMoments {
  min = Number.MAX_VALUE;
  max = -Number.MAX_VALUE;

  override addSums(sums: ValueSums): void {
    super.addSums(sums);
    this.stretch(sums.min, sums.max);
  }

  merge(other: ValueTotals): void {
    this.mergeMoments(other);
    this.stretch(other.min, other.max);
  }

  private stretch(min: number, max: number): void {
    this.min = Math.min(this.min, min);
    this.max = Math.max(this.max, max);
  }
}
