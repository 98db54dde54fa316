import { meanInterval, type Interval } from "../numeric/moments.js";
import type { Parameters } from "../worlds/longTermSatisfaction/parameters.js";
import type { Metrics, OwnMetrics } from "../statistics/metrics.js";
import type { OwnRunHeader } from "./ownRun.js";
import type { RunEnd, RunHeader, Timing } from "./run.js";
import type { PrecisionReport } from "../studies/precision.js";
import { pairsOf, type Pair } from "../studies/study.js";
import { returnTotals, type StudyTotals } from "../studies/studyTotals.js";

/** What one of the policies came to. */
export interface ComparedPolicy<PolicyMetrics> {
  /** The policy's name, or the contender's own. */
  readonly policy: string;
  /** Of the world that it was in, if that was another than the comparison's. */
  readonly parameters?: Readonly<Parameters>;
  /** The same world's hash. */
  readonly world?: string;
  readonly digest: string;
  readonly metrics: PolicyMetrics;
}

/** What `b` brings the same users more than `a`, with the same draws. */
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
  /** Users that each of two independent runs would need for an interval as narrow. */
  readonly equivalentUsers: number;
  /** Whether the simultaneous interval leaves out 0. */
  readonly settled: boolean;
}

/** A pair, but for the interval that it is judged by. */
type UnjudgedPair = Omit<ComparedPair, "difference" | "settled"> & {
  readonly difference: Omit<ComparedPair["difference"], "simultaneousCi95">;
};

export interface Ranking {
  /**
   * How the simultaneous intervals allow for the number of pairs; those that a precision of all pairs was to make narrow hold
   * wherever the comparison ended, too.
   */
  readonly method: "Bonferroni" | "time-uniform";
  /** The policies by falling mean return. */
  readonly order: readonly string[];
  /** The pairs of which this many users cannot tell the better one. */
  readonly unsettled: readonly { readonly a: string; readonly b: string }[];
}

interface Compared<PolicyMetrics> extends RunEnd {
  readonly policies: readonly ComparedPolicy<PolicyMetrics>[];
  /** Every two policies once, in their order. */
  readonly pairs: readonly ComparedPair[];
  readonly ranking: Ranking;
  readonly timing: Timing;
}

/** Several policies on the same users and draws. */
export interface Comparison extends Omit<RunHeader, "policy">, Compared<Metrics> {}

/** The same in an own world. */
export interface OwnComparison extends Omit<OwnRunHeader, "policy">, Compared<OwnMetrics> {}

/** Pairs and ranking of a study whose contenders have those names, and which ended by that precision, if by any. */
export function judge(
  totals: StudyTotals,
  names: readonly string[],
  precision: PrecisionReport | undefined,
): Pick<Compared<never>, "pairs" | "ranking"> {
  const means = totals.contenders.map((contender) => returnTotals(contender).mean());
  const order = means.map((_, place) => place).toSorted((a, b) => means[b]! - means[a]!);
  const alone = pairsOf(names.length).map((pair) => comparedPair(totals, names, pair));
  const ruled = precision?.intervals ?? [];
  const sequential =
    ruled.length === alone.length && alone.every(({ a, b }, at) => ruled[at]!.of === `${b} against ${a}`);
  const pairs = sequential ? alone.map((pair, at) => settledBy(pair, ruled[at]!.ci95)) : alone;
  const unsettled = pairs.filter(({ settled }) => !settled).map(({ a, b }) => ({ a, b }));
  const method = sequential ? "time-uniform" : "Bonferroni";
  return { pairs, ranking: { method, order: order.map((place) => names[place]!), unsettled } };
}

/** The pair, judged by that interval. NaN settles nothing. */
function settledBy(pair: UnjudgedPair, simultaneousCi95: Interval): ComparedPair {
  const [low, high] = simultaneousCi95;
  return { ...pair, difference: { ...pair.difference, simultaneousCi95 }, settled: low > 0 || high < 0 };
}

function comparedPair(totals: StudyTotals, names: readonly string[], [first, second]: Pair): ComparedPair {
  const { users, contenders, pairs } = totals;
  const at = pairsOf(names.length).findIndex(([a, b]) => a === first && b === second);
  const { difference, better, worse } = pairs[at]!;
  const mean = difference.mean();
  const paired = difference.variance();
  const standardError = Math.sqrt(paired / users);
  const independent = [first, second].map((place) => returnTotals(contenders[place]!).variance());
  const varianceRatio = (independent[0]! + independent[1]!) / paired;
  const pair = {
    a: names[first]!,
    b: names[second]!,
    difference: { mean, standardError, ci95: meanInterval(mean, standardError, users) },
    shareBetter: better / users,
    shareWorse: worse / users,
    varianceRatio,
    equivalentUsers: users * varianceRatio,
  };
  return settledBy(pair, meanInterval(mean, standardError, users, 0.05 / pairs.length));
}
