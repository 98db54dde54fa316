import { exactly, ExactSum, overCommonDenominator, roundFraction } from "./exactSum.js";

/**
 * Sums of some numbers about one of them, the pivot: numbers that are large beside their differences lose nothing then. As
 * the pivot is one of the numbers, rounding moves their variance by a few thousand units in the last place at most.
 */
export interface PivotSums {
  readonly count: number;
  /** The first of the numbers; 0 where there are none. */
  readonly pivot: number;
  /** Σ(x - pivot) */
  readonly sum: number;
  /** Σ(x - pivot)² */
  readonly sumOfSquares: number;
}

/** Count, Σx and Σx² of any number of groups, without rounding: groups may come in any order and have any pivots. */
export class ExactMoments {
  count = 0;
  readonly sum = new ExactSum();
  readonly sumOfSquares = new ExactSum();

  addSums({ count, pivot, sum, sumOfSquares }: PivotSums): void {
    this.count += count;
    const n = BigInt(count);
    const p = exactly(pivot);
    const s = exactly(sum);
    // Σx = s + n·p, Σx² = Σ(x - p)² + 2·p·s + n·p²
    this.sum.addExact(s);
    this.sum.addExact({ units: n * p.units, exponent: p.exponent });
    this.sumOfSquares.add(sumOfSquares);
    this.sumOfSquares.addExact({ units: 2n * p.units * s.units, exponent: p.exponent + s.exponent });
    this.sumOfSquares.addExact({ units: n * p.units * p.units, exponent: 2 * p.exponent });
  }

  mergeMoments(other: ExactMoments): void {
    this.count += other.count;
    this.sum.addExact(other.sum);
    this.sumOfSquares.addExact(other.sumOfSquares);
  }

  /** Σx / count, rounded once; NaN for no numbers. */
  mean(): number {
    if (this.count === 0) return NaN;
    const { numerators, denominator } = overCommonDenominator([this.sum]);
    return roundFraction({ numerator: numerators[0]!, denominator: denominator * BigInt(this.count) });
  }

  /** Sample variance: (n·Σx² - (Σx)²) / (n·(n - 1)), in whole numbers until the end, so nothing cancels. NaN below two. */
  variance(): number {
    if (this.count < 2) return NaN;
    const n = BigInt(this.count);
    const { numerators, denominator } = overCommonDenominator([this.sum, this.sumOfSquares]);
    const [sum, squares] = numerators as [bigint, bigint];
    const spread = n * squares * denominator - sum * sum;
    if (spread < 0n) return 0; // squares of differences below 1e-154 have vanished
    return roundFraction({ numerator: spread, denominator: n * (n - 1n) * denominator * denominator });
  }
}
