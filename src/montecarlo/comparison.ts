import { meanInterval, type Interval } from "../numeric/moments.js";
import type { Metrics } from "../statistics/metrics.js";
import type { PrecisionReport } from "../studies/stoppingRule.js";
import { pairsOf, type Pair } from "../studies/study.js";
import type { StudyTotals } from "../studies/studyTotals.js";
import type { AnyWorldTypes, WorldTypes } from "../world/worldTypes.js";
import type { RunEnd, RunHeader } from "./run.js";
import type { Timing } from "./timing.js";

/** The results of one of the policies. */
export interface ComparedPolicy<T extends WorldTypes = AnyWorldTypes> {
  /** The policy's name, or the variant's own. */
  readonly policy: string;
  /** Of the world that it was in, and its hash, if that was another than the comparison's. */
  readonly parameters?: T["parameters"];
  readonly world?: string;
  readonly digest: string;
  readonly metrics: Metrics<T["metrics"], T["series"]>;
}

/** The paired difference of `b` and `a` on the same users with common random numbers. */
export interface ComparedPair {
  readonly a: string;
  readonly b: string;
  /** Return under b less the return under a, over users. */
  readonly difference: {
    readonly mean: number;
    readonly standardError: number;
    /** Of this pair alone. */
    readonly ci95: Interval;
    /** All pairs' intervals of this kind hold together with 95 % confidence, by the ranking's method. */
    readonly simultaneousCi95: Interval;
  };
  /** Share of users whose return is larger under b, and smaller. */
  readonly shareBetter: number;
  readonly shareWorse: number;
  /** Variance of the difference between two independent users over that of the paired difference. */
  readonly varianceRatio: number;
  /** Equivalent independent sample size: users that each of two independent runs would need for an interval as narrow. */
  readonly equivalentSampleSize: number;
  /** At 95 %: whether the simultaneous interval leaves out 0. */
  readonly significant: boolean;
}

/** A pair without the interval that decides whether it is significant. */
type UnjudgedPair = Omit<ComparedPair, "difference" | "significant"> & {
  readonly difference: Omit<ComparedPair["difference"], "simultaneousCi95">;
};

/** Which policies are better, as far as so many users tell. */
export interface Ranking {
  /**
   * How the simultaneous intervals allow for the number of pairs; those that a precision of all pairs was to make narrow hold
   * wherever the comparison ended, too.
   */
  readonly method: "Bonferroni" | "time-uniform";
  /** The policies by descending mean return. */
  readonly order: readonly string[];
  /** The pairs whose difference is not significant at 95 % with so many users. */
  readonly inconclusive: readonly { readonly a: string; readonly b: string }[];
}

/** Several policies on the same users with common random numbers. */
export interface Comparison<T extends WorldTypes = AnyWorldTypes> extends Omit<RunHeader<T>, "policy">, RunEnd {
  readonly policies: readonly ComparedPolicy<T>[];
  /** Every two policies once, in their order. */
  readonly pairs: readonly ComparedPair[];
  readonly ranking: Ranking;
  readonly timing: Timing;
}

/** Pairs and ranking of a study whose variants have those names, and which ended by that precision, if by any. */
export function judge(
  totals: StudyTotals,
  names: readonly string[],
  precision: PrecisionReport | undefined,
): Pick<Comparison, "pairs" | "ranking"> {
  const means = totals.variants.map(({ totalReward }) => totalReward.mean());
  const order = means.map((_, place) => place).toSorted((a, b) => means[b]! - means[a]!);
  const alone = pairsOf(names.length).map((pair) => comparedPair(totals, names, pair));
  const ruled = precision?.intervals ?? [];
  const sequential =
    ruled.length === alone.length && alone.every(({ a, b }, at) => ruled[at]!.of === `${b} against ${a}`);
  const pairs = sequential ? alone.map((pair, at) => withInterval(pair, ruled[at]!.ci95)) : alone;
  const inconclusive = pairs.filter(({ significant }) => !significant).map(({ a, b }) => ({ a, b }));
  const method = sequential ? "time-uniform" : "Bonferroni";
  return { pairs, ranking: { method, order: order.map((place) => names[place]!), inconclusive } };
}

/** The pair with that simultaneous interval. NaN makes nothing significant. */
function withInterval(pair: UnjudgedPair, simultaneousCi95: Interval): ComparedPair {
  const [low, high] = simultaneousCi95;
  return { ...pair, difference: { ...pair.difference, simultaneousCi95 }, significant: low > 0 || high < 0 };
}

function comparedPair(totals: StudyTotals, names: readonly string[], [first, second]: Pair): ComparedPair {
  const { users, variants, pairs } = totals;
  const at = pairsOf(names.length).findIndex(([a, b]) => a === first && b === second);
  const { difference, better, worse } = pairs[at]!;
  const mean = difference.mean();
  const paired = difference.variance();
  const standardError = Math.sqrt(paired / users);
  const independent = [first, second].map((place) => variants[place]!.totalReward.variance());
  const varianceRatio = (independent[0]! + independent[1]!) / paired;
  const pair = {
    a: names[first]!,
    b: names[second]!,
    difference: { mean, standardError, ci95: meanInterval(mean, standardError, users) },
    shareBetter: better / users,
    shareWorse: worse / users,
    varianceRatio,
    equivalentSampleSize: users * varianceRatio,
  };
  return withInterval(pair, meanInterval(mean, standardError, users, 0.05 / pairs.length));
}
