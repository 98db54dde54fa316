import { shownPairs, type ComparedPair, type ComparedPolicy, type Comparison } from "../montecarlo/comparison.js";
import { metricsByName } from "../statistics/metrics.js";
import { answers } from "./answers.js";
import { describeEnd, describeExtent } from "./describeRun.js";
import {
  decimalsForAll,
  formatInterval,
  formatNumber,
  decimalsOfRatio,
  formatShare,
  formatWorth,
} from "./formatNumber.js";
import { describeMissing } from "./missingIntervals.js";
import { table } from "./table.js";
import { wrap } from "./wrap.js";
import { metricLabels, rewardWord, type DescribedWorld } from "./worldWords.js";

const BETTER_TITLE = "users better";
const PAIR_TITLES = [
  "pair",
  "difference",
  "95 % interval",
  "lift in %",
  "95 % interval of lift",
  BETTER_TITLE,
  "independent users needed",
];

/**
 * Describes the policies by rank, the differences from the baseline, or of all pairs, and the conclusion. `width` is the terminal's, in
 * characters.
 */
export function describeComparison(
  comparison: Comparison,
  world: DescribedWorld,
  width: number = Infinity,
  allPairs: boolean = false,
): string {
  const { policies, ranking, pairs, precision } = comparison;
  const ranked = ranking.order.map((name) => policies.find(({ policy }) => policy === name)!);
  const sequential = ranking.method === "time-uniform";
  const said = answers(world, ranked, pairs);
  const end = sequential ? { ...comparison, precision: { ...precision!, intervals: [] } } : comparison;
  const missing = describeMissing(
    pairs.map(({ difference }) => difference.simultaneousCi95),
    comparison.users,
  );
  return [
    wrap([world.label, ...describeExtent(comparison), `· ${comparison.engine} engine`], width),
    table(policyTable(world, ranked, said.best), width),
    table(pairTable(shownPairs(comparison, allPairs), comparison.estimator), width),
    ...[intervalNote(comparison), ...worthNote(comparison, ranked[0]!), ...missing].map((note) =>
      wrap(note.split(" "), width),
    ),
    ...describeEnd(end, "the mean of a pair's first policy"),
    ...said.sentences.map((sentence) => wrap(sentence.split(" "), width)),
  ].join("\n\n");
}

/** Returns the table of total reward and, if there is one, the first metric of the world. */
function policyTable(world: DescribedWorld, ranked: readonly ComparedPolicy[], best: string | undefined): string[][] {
  const [first] = metricLabels(world, metricsByName(ranked[0]!.metrics));
  const totals = decimalsForAll(ranked.map(({ metrics }) => metrics.totalReward.standardError));
  const others = decimalsForAll(
    ranked.map(({ metrics }) => (first ? metricsByName(metrics)[first[0]]!.standardError : NaN)),
  );
  const ratios = Math.max(...ranked.map(({ metrics }) => decimalsOfRatio(metrics.varianceRatio ?? Infinity)));
  const rows = ranked.map(({ policy, digest, metrics }) => [
    policy === best ? `${policy} best` : policy,
    formatNumber(metrics.totalReward.mean, totals),
    formatInterval(metrics.totalReward.ci95, totals),
    ...(metrics.varianceRatio === undefined ? [] : [formatNumber(metrics.varianceRatio, ratios)]),
    ...(first ? [formatNumber(metricsByName(metrics)[first[0]]!.mean, others)] : []),
    digest,
  ]);
  const ratio = ranked[0]!.metrics.varianceRatio === undefined ? [] : ["variance ratio"];
  const metric = first ? [first[1]] : [];
  return [["policy", `total ${rewardWord(world)}`, "95 % interval", ...ratio, ...metric, "digest"], ...rows];
}

/** Under the estimator "controlled" the returns of single users say nothing of them, so nor does the share of users better. */
function pairTable(pairs: readonly ComparedPair[], estimator: Comparison["estimator"]): string[][] {
  const rows = [PAIR_TITLES, ...pairRows(pairs)];
  const left = estimator === "controlled" ? PAIR_TITLES.indexOf(BETTER_TITLE) : -1;
  return rows.map((row) => row.filter((_, column) => column !== left));
}

function pairRows(pairs: readonly ComparedPair[]): string[][] {
  const decimals = decimalsForAll(pairs.map(({ difference }) => difference.standardError));
  const liftDecimals = decimalsForAll(pairs.map(({ lift }) => 100 * lift.standardError));
  return pairs.map((pair) => [
    `${pair.b} against ${pair.a}`,
    signed(pair.difference.mean, decimals),
    formatInterval(pair.difference.simultaneousCi95, decimals),
    signed(100 * pair.lift.ratio, liftDecimals),
    formatInterval([100 * pair.lift.simultaneousCi95[0], 100 * pair.lift.simultaneousCi95[1]], liftDecimals),
    formatShare(pair.shareBetter),
    formatNumber(pair.equivalentSampleSize),
  ]);
}

function intervalNote({ users, pairs, ranking }: Comparison): string {
  const same = "All policies use common random numbers";
  if (users === 1) return `${same}.`;
  const wherever = ranking.method === "time-uniform" ? ", wherever the comparison ended" : " (Bonferroni)";
  const together =
    pairs.length > 1
      ? ` The intervals of all ${pairs.length} pairs hold together with 95 % confidence${wherever}.`
      : "";
  return `${same}. Last column: users that independent runs would need for intervals of the same width.${together}`;
}

function worthNote({ users }: Comparison, { policy, metrics: { varianceRatio } }: ComparedPolicy): string[] {
  if (varianceRatio === undefined) return [];
  return [
    `Variance ratio: variance of sampled rewards over that of the estimates. ${policy}: ${formatWorth(users, varianceRatio)}.`,
  ];
}

function signed(value: number, decimals: number): string {
  if (Number.isNaN(value)) return formatNumber(value);
  return `${value < 0 ? "-" : "+"}${formatNumber(Math.abs(value), decimals)}`;
}
