import { expectedMistake, numberMistake, objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import type { Interval } from "../numeric/moments.js";
import { log } from "../numeric/log.js";
import { BLOCK_USERS } from "../statistics/blocks.js";
import type { ValueTotals } from "../statistics/valueTotals.js";
import { pairsOf, type Pair } from "./study.js";
import type { StudyTotals } from "./studyTotals.js";
import { totalName } from "../statistics/metrics.js";
import type { World } from "../world/world.js";

/** Interval width at which a study ends: either `halfWidth` or `relative`. */
export interface Precision {
  /** Half-width of the interval, in units of the reward; above 0. */
  readonly halfWidth?: number;
  /** Half of the interval's width as a share of the mean, or for a pair of the earlier one's mean; in (0, 1). */
  readonly relative?: number;
  /** Quantity of the interval: the total reward, or in `compare` a pair of policies by their names. Default: every pair (in `simulate`, total reward). */
  readonly of?: string | readonly [string, string];
}

/** One number whose interval is to be narrow enough. */
export interface PrecisionTarget {
  readonly of: string;
  readonly values: (totals: StudyTotals) => ValueTotals;
  /** Its mean is what a relative half-width is a share of. */
  readonly scale: (totals: StudyTotals) => ValueTotals;
}

/** Intervals at the end of a study with a stopping rule. */
export interface PrecisionReport {
  readonly halfWidth?: number;
  readonly relative?: number;
  /** Whether all intervals were narrow enough; else `maxUsers` or an interruption ended the study. */
  readonly met: boolean;
  readonly method: string;
  /**
   * Intervals with 95 % simultaneous confidence, wherever the study ended; NaN below 4,096 users, or 256 under the estimator
   * "controlled".
   */
  readonly intervals: readonly { readonly of: string; readonly halfWidth: number; readonly ci95: Interval }[];
}

const METHOD = "time-uniform asymptotic confidence sequence (Waudby-Smith et al. 2024)";
/** Probability of error of a study. */
const ERROR = 0.05;
/** The sequence is narrowest at so many times the fewest users, and within a factor of 1.5 of that from these to 25,000 times as many. */
const NARROWEST_AT = 16;

/**
 * Half-width of a confidence interval for a mean that holds at all sample sizes at once, so that one may look after every
 * block and stop when it is narrow enough: σ·sqrt(2(nρ² + 1)/(n²ρ²)·log(sqrt(nρ² + 1)/α)), Robbins' normal mixture with an
 * estimated σ (Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, Time-uniform central limit theory and asymptotic confidence
 * sequences, Annals of Statistics 52, 2024, Theorem 2.2; ρ after their equation for the sample size it is tuned to).
 */
export function timeUniformHalfWidth(stddev: number, count: number, error: number, fewest = BLOCK_USERS): number {
  const tuning = -2 * log(error);
  const rounds = (count / (NARROWEST_AT * fewest)) * (tuning + log(tuning) + 1); // nρ²
  return stddev * Math.sqrt(((2 * (rounds + 1)) / (count * rounds)) * (0.5 * log(rounds + 1) - log(error)));
}

/** Decides whether the intervals of all targets are narrow enough. */
export class StoppingRule {
  private readonly precision: Precision;
  private readonly targets: readonly PrecisionTarget[];
  /** Users of the first look: fewer would be too few for a sequence that is asymptotic. */
  private readonly fewest: number;

  constructor(precision: Precision, targets: readonly PrecisionTarget[], fewest: number) {
    this.precision = precision;
    this.targets = targets;
    this.fewest = fewest;
  }

  isMet(totals: StudyTotals): boolean {
    return this.targets.every((target) => this.halfWidth(target, totals) <= this.limit(target, totals));
  }

  /** Estimates the total number of users needed, from those so far. */
  usersNeeded(totals: StudyTotals): number {
    const shares = this.targets.map((target) => {
      const half = this.halfWidth(target, totals);
      return half === 0 ? 0 : half / this.limit(target, totals); // if all rewards are zero, so is the limit
    });
    return Math.ceil(totals.users * Math.max(...shares) ** 2);
  }

  report(totals: StudyTotals): PrecisionReport {
    const { halfWidth, relative } = this.precision;
    const intervals = this.targets.map((target) => {
      const mean = target.values(totals).mean();
      const half = totals.users < this.fewest ? NaN : this.halfWidth(target, totals);
      return { of: target.of, halfWidth: half, ci95: [mean - half, mean + half] as const };
    });
    const wanted = halfWidth === undefined ? { relative: relative! } : { halfWidth };
    return { ...wanted, met: this.isMet(totals), method: METHOD, intervals };
  }

  /**
   * Returns the half-width of a target's interval. The probability of error is divided evenly among the targets (Bonferroni).
   * Infinity before the first look.
   */
  private halfWidth({ values }: PrecisionTarget, totals: StudyTotals): number {
    if (totals.users < this.fewest) return Infinity;
    const stddev = Math.sqrt(values(totals).variance());
    return timeUniformHalfWidth(stddev, totals.users, ERROR / this.targets.length, this.fewest);
  }

  private limit({ scale }: PrecisionTarget, totals: StudyTotals): number {
    const { halfWidth, relative } = this.precision;
    return halfWidth ?? relative! * Math.abs(scale(totals).mean());
  }
}

/** Returns the errors of a precision. `names` are those of the variants; `returns` those of their returns, the default first. */
export function precisionMistakes(
  precision: unknown,
  names: readonly string[],
  returns: readonly string[],
): (string | undefined)[] {
  const strange = objectMistake("precision", precision);
  if (strange !== undefined) return [strange];
  const { halfWidth, relative, of } = precision as Precision;
  const given = [halfWidth, relative].filter((value) => value !== undefined).length;
  return [
    ...unknownFieldMistakes("field of precision", precision as object, ["halfWidth", "relative", "of"]),
    given === 1 ? undefined : expectedMistake("precision", "either halfWidth or relative", precision),
    halfWidth === undefined
      ? undefined
      : numberMistake("precision.halfWidth", halfWidth, { min: 0, minExcluded: true }),
    relative === undefined ? undefined : relativeMistake(relative),
    isTarget(of, names, returns) ? undefined : ofMistake(of, names, returns),
  ];
}

function relativeMistake(relative: number): string | undefined {
  return numberMistake("precision.relative", relative, { min: 0, minExcluded: true, max: 1, maxExcluded: true });
}

function isTarget(of: unknown, names: readonly string[], returns: readonly string[]): boolean {
  return of === undefined || (typeof of === "string" && returns.includes(of)) || isPair(of, names);
}

function isPair(of: unknown, names: readonly string[]): boolean {
  return Array.isArray(of) && of.length === 2 && of[0] !== of[1] && of.every((name) => names.includes(name as string));
}

function ofMistake(of: unknown, names: readonly string[], [metric]: readonly string[]): string {
  const pair = names.length > 1 ? ` or a pair of ${names.join(", ")}` : "";
  return expectedMistake("precision.of", `"${metric}"${pair}`, of);
}

/** Returns the names of a user's return in a world: the world's name for it first, if it has one. */
export function returnNames({ rewardName }: World): readonly string[] {
  return rewardName === undefined ? ["totalReward"] : [totalName(rewardName), "totalReward"];
}

/** Returns the target for the mean return under the variant at index `place`. */
export function meanReturn(world: World, place: number): PrecisionTarget {
  const values: PrecisionTarget["values"] = ({ variants }) => variants[place]!.totalReward;
  return { of: returnNames(world)[0]!, values, scale: values };
}

/** Returns the target for the mean difference of a pair, relative to the mean of its first variant. */
export function pairDifference([first, second]: Pair, names: readonly string[]): PrecisionTarget {
  const at = pairsOf(names.length).findIndex(([a, b]) => a === first && b === second);
  return {
    of: `${names[second]} against ${names[first]}`,
    values: ({ pairs }) => pairs[at]!.difference,
    scale: ({ variants }) => variants[first]!.totalReward,
  };
}
