import { exactly, ExactSum, overCommonDenominator, roundFraction, type Exact } from "../numeric/exactSum.js";
import type { RatioSums } from "./blockSums.js";

/** Exact sums for a ratio Σa / Σb over any number of blocks: over observations, and by user for its standard error. */
export class RatioTotals {
  /** Observations: steps with b ≠ 0. */
  count = 0;
  /** Users with an observation. */
  users = 0;
  min = Number.MAX_VALUE;
  max = -Number.MAX_VALUE;
  private readonly exact = {
    /** Σa, Σb, Σa², Σab, Σb² over observations. */
    a: new ExactSum(),
    b: new ExactSum(),
    aa: new ExactSum(),
    ab: new ExactSum(),
    bb: new ExactSum(),
    /** Σ A², Σ AB, Σ B² over users, with a user's sums A and B. */
    userAA: new ExactSum(),
    userAB: new ExactSum(),
    userBB: new ExactSum(),
  };

  /** The block's sums are about a pivot p: a = d + p·b. */
  addSums(sums: RatioSums): void {
    const p = exactly(sums.pivot);
    const { a, b, aa, ab, bb, userAA, userAB, userBB } = this.exact;
    addMoments({ a, aa, ab, bb }, p, {
      b: exactly(sums.weight),
      d: exactly(sums.residual),
      dd: exactly(sums.squaredResidual),
      db: exactly(sums.weightedResidual),
      bb: exactly(sums.squaredWeight),
    });
    b.add(sums.weight);
    addSquares({ aa: userAA, ab: userAB, bb: userBB }, p, {
      dd: exactly(sums.squaredResiduals),
      db: exactly(sums.products),
      bb: exactly(sums.squaredWeights),
    });
    this.count += sums.count;
    this.users += sums.users;
    this.stretch(sums.min, sums.max);
  }

  merge(other: RatioTotals): void {
    this.count += other.count;
    this.users += other.users;
    this.stretch(other.min, other.max);
    for (const [name, sum] of Object.entries(this.exact)) sum.addExact(other.exact[name as keyof typeof this.exact]);
  }

  /** Σa / Σb, rounded once; NaN without an observation or where Σb is 0. */
  mean(): number {
    const [a, b] = this.over(["a", "b"]);
    return b === 0n ? NaN : roundFraction(positiveBelow(a!, b!));
  }

  /**
   * Sample variance of the residuals a - R·b over observations, with R = Σa / Σb, in units of the mean b: where every b is 1, the
   * sample variance of the a. NaN below two observations.
   */
  variance(): number {
    const { count } = this;
    const [a, b, aa, ab, bb, unit] = this.over(["a", "b", "aa", "ab", "bb"]) as [
      bigint,
      bigint,
      bigint,
      bigint,
      bigint,
      bigint,
    ];
    if (count < 2 || b === 0n) return NaN;
    // Σ(a - R·b)² · B²/unit³, and (mean b)² = (B / (n·unit))²
    const squares = aa * b * b - 2n * a * b * ab + a * a * bb;
    if (squares < 0n) return 0;
    const n = BigInt(count);
    return roundFraction({ numerator: squares * n * n * unit, denominator: (n - 1n) * b ** 4n });
  }

  /**
   * Standard error of the ratio over `users` users, whose own steps may hang together: sqrt(N/(N-1) · Σᵤ (Aᵤ - R·Bᵤ)²) / Σb
   * (Cochran, Sampling Techniques, 6.3: a ratio of two sums).
   */
  clusteredError(users: number): number {
    const [a, b, aa, ab, bb, unit] = this.over(["a", "b", "userAA", "userAB", "userBB"]) as [
      bigint,
      bigint,
      bigint,
      bigint,
      bigint,
      bigint,
    ];
    if (users < 2 || b === 0n) return NaN;
    const numerator = aa * b * b - 2n * a * b * ab + a * a * bb;
    const squares = numerator < 0n ? 0 : roundFraction({ numerator, denominator: b * b * unit });
    const total = roundFraction({ numerator: b < 0n ? -b : b, denominator: unit });
    return Math.sqrt((squares * users) / (users - 1)) / total;
  }

  /** Numerators over one denominator, which comes last. */
  private over(names: readonly (keyof typeof this.exact)[]): bigint[] {
    const { numerators, denominator } = overCommonDenominator(names.map((name) => this.exact[name]));
    return [...numerators, denominator];
  }

  private stretch(min: number, max: number): void {
    this.min = Math.min(this.min, min);
    this.max = Math.max(this.max, max);
  }
}

interface Squares<Sum> {
  readonly aa: Sum;
  readonly ab: Sum;
  readonly bb: Sum;
}

type Residuals = Readonly<Record<"dd" | "db" | "bb", Exact>>;

/** Σa = Σd + p·Σb, and the squares. */
function addMoments(
  { a, ...squares }: Squares<ExactSum> & { readonly a: ExactSum },
  p: Exact,
  { b, d, ...residuals }: Residuals & { readonly b: Exact; readonly d: Exact },
): void {
  a.addExact(d);
  a.addExact(product(p, b));
  addSquares(squares, p, residuals);
}

/** Σab = Σdb + p·Σb², Σa² = Σd² + 2p·Σdb + p²·Σb² */
function addSquares({ aa, ab, bb }: Squares<ExactSum>, p: Exact, residuals: Residuals): void {
  bb.addExact(residuals.bb);
  ab.addExact(residuals.db);
  ab.addExact(product(p, residuals.bb));
  aa.addExact(residuals.dd);
  aa.addExact(product({ units: 2n * p.units, exponent: p.exponent }, residuals.db));
  aa.addExact(product(product(p, p), residuals.bb));
}

function product(x: Exact, y: Exact): Exact {
  return { units: x.units * y.units, exponent: x.exponent + y.exponent };
}

function positiveBelow(a: bigint, b: bigint): { numerator: bigint; denominator: bigint } {
  return b < 0n ? { numerator: -a, denominator: -b } : { numerator: a, denominator: b };
}
