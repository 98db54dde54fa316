import { meanInterval, type Interval } from "../numeric/moments.js";
import type { Metrics } from "../statistics/metrics.js";
import type { PrecisionReport } from "../studies/stoppingRule.js";
import { pairsOf, type Pair } from "../studies/study.js";
import type { StudyTotals } from "../studies/studyTotals.js";
import type { AnyWorldTypes, WorldTypes } from "../world/worldTypes.js";
import { liftOf, momentsOf, type Lift, type PairedMoments } from "./lift.js";
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
  /** The difference as a share of a's mean return. */
  readonly lift: Lift;
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
  /** Name of the policy that stands first, as `a`, in every pair that it is in. */
  readonly baseline: string;
  /** Every two policies once, in their order. */
  readonly pairs: readonly ComparedPair[];
  readonly ranking: Ranking;
  readonly timing: Timing;
}

/** Returns the pairs to show: all, or those of the baseline. */
export function shownPairs(
  { pairs, baseline }: Pick<Comparison, "pairs" | "baseline">,
  all: boolean,
): readonly ComparedPair[] {
  return all ? pairs : pairs.filter(({ a }) => a === baseline);
}

/** How a study is judged: the names of its variants, which of them is the baseline, and the precision by which it ended, if any. */
interface Judging {
  readonly names: readonly string[];
  readonly baseline: string;
  readonly precision: PrecisionReport | undefined;
}

/** Returns pairs and ranking of a study. */
export function judge(
  totals: StudyTotals,
  { names, baseline, precision }: Judging,
): Pick<Comparison, "baseline" | "pairs" | "ranking"> {
  const means = totals.variants.map(({ totalReward }) => totalReward.mean());
  const order = means.map((_, place) => place).toSorted((a, b) => means[b]! - means[a]!);
  const places = pairsOf(names.length);
  const ruled = precision?.intervals ?? [];
  const sequential =
    ruled.length === places.length && places.every(([a, b], at) => ruled[at]!.of === `${names[b]} against ${names[a]}`);
  const pairs = places.map((pair, at) => {
    const turned = pair[1] === names.indexOf(baseline);
    return comparedPair(
      pairOf(totals, pair, at, turned),
      names,
      sequential ? ruled[at]!.halfWidth : undefined,
      places.length,
    );
  });
  const inconclusive = pairs.filter(({ significant }) => !significant).map(({ a, b }) => ({ a, b }));
  const method = sequential ? "time-uniform" : "Bonferroni";
  return { baseline, pairs, ranking: { method, order: order.map((place) => names[place]!), inconclusive } };
}

/** A pair of a study by the places of its variants. */
interface StudyPair extends PairedMoments {
  readonly places: Pair;
  /** Users whose return is larger under the second, and smaller. */
  readonly better: number;
  readonly worse: number;
}

/** Returns the pair at index `at` of a study, or that pair turned round. */
function pairOf(
  { users, variants, pairs }: StudyTotals,
  [first, second]: Pair,
  at: number,
  turned: boolean,
): StudyPair {
  const [a, b] = [momentsOf(variants[first]!.totalReward), momentsOf(variants[second]!.totalReward)];
  const { difference, better, worse } = pairs[at]!;
  const { mean, variance } = momentsOf(difference);
  if (!turned) return { users, places: [first, second], a, b, difference: { mean, variance }, better, worse };
  const opposite = { mean: 0 - mean, variance };
  return { users, places: [second, first], a: b, b: a, difference: opposite, better: worse, worse: better };
}

/** `halfWidth` is that of the simultaneous interval. Default: Bonferroni's for so many pairs. A pair is not significant for NaN. */
function comparedPair(
  pair: StudyPair,
  names: readonly string[],
  halfWidth: number | undefined,
  pairs: number,
): ComparedPair {
  const { users, places, a, b, better, worse } = pair;
  const { mean, variance } = pair.difference;
  const standardError = Math.sqrt(variance / users);
  const ci95 = meanInterval(mean, standardError, users);
  const simultaneousCi95: Interval =
    halfWidth === undefined
      ? meanInterval(mean, standardError, users, 0.05 / pairs)
      : [mean - halfWidth, mean + halfWidth];
  const varianceRatio = (a.variance + b.variance) / variance;
  const [low, high] = simultaneousCi95;
  return {
    a: names[places[0]]!,
    b: names[places[1]]!,
    difference: { mean, standardError, ci95, simultaneousCi95 },
    lift: liftOf(pair, ci95, simultaneousCi95),
    shareBetter: better / users,
    shareWorse: worse / users,
    varianceRatio,
    equivalentSampleSize: users * varianceRatio,
    significant: low > 0 || high < 0,
  };
}
