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
  /** Name of the variant or policy. */
  readonly policy: string;
  /** Parameters of the world that it was in, if that was another than the comparison's. */
  readonly parameters?: T["parameters"];
  /** Hash of that world. */
  readonly world?: string;
  /** 16 hexadecimal digits over the bits of all its episodes. */
  readonly digest: string;
  readonly metrics: Metrics<T["metrics"], T["series"]>;
}

/** The paired difference of `b` and `a` on the same users with common random numbers. */
export interface ComparedPair {
  /** Name of the first policy. */
  readonly a: string;
  /** Name of the second policy. */
  readonly b: string;
  /** Return under b less the return under a, over users. */
  readonly difference: {
    readonly mean: number;
    readonly standardError: number;
    /** 95 % interval of this pair alone. */
    readonly ci95: Interval;
    /** Interval with 95 % simultaneous confidence for all pairs, by the ranking's method. */
    readonly simultaneousCi95: Interval;
  };
  /** Share of users whose return is larger under b. */
  readonly shareBetter: number;
  /** Share of users whose return is smaller under b. */
  readonly shareWorse: number;
  /** Variance of the difference between two independent users over that of the paired difference. */
  readonly varianceRatio: number;
  /** Equivalent independent sample size: users that each of two independent runs would need for an interval as narrow. */
  readonly equivalentSampleSize: number;
  /** Whether the simultaneous 95 % interval leaves out 0. */
  readonly significant: boolean;
}

/** A pair without its simultaneous interval, which decides whether it is significant. */
type UnjudgedPair = Omit<ComparedPair, "difference" | "significant"> & {
  readonly difference: Omit<ComparedPair["difference"], "simultaneousCi95">;
};

/** Ranking of the policies, and the pairs whose order is not significant. */
export interface Ranking {
  /**
   * Method of the simultaneous intervals. "time-uniform": the stopping rule was for all pairs; the intervals also hold wherever the
   * comparison ended.
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

/** Returns pairs and ranking of a study whose variants have those names, and which ended by that precision, if any. */
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

/** Returns the pair with that simultaneous interval; not significant for NaN. */
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
