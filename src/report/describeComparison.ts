import type { ComparedPair, ComparedPolicy, Comparison } from "../montecarlo/comparison.js";
import type { Metrics } from "../statistics/metrics.js";
import { answers } from "./answers.js";
import { describeEnd, describeExtent } from "./describeRun.js";
import { decimalsForAll, formatInterval, formatNumber, formatShare } from "./formatNumber.js";
import { describeMissing } from "./missingIntervals.js";
import { table } from "./table.js";
import { wrap } from "./wrap.js";

/** More pairs than this are shown against the best policy only. */
const MOST_PAIRS = 15;

const POLICY_TITLES = ["policy", "total engagement", "95 % interval", "final satisfaction", "digest"];
const PAIR_TITLES = ["pair", "difference", "95 % interval", "better off", "like independent users"];

/** The policies by rank, their differences, and the answer in a sentence. `width` is the terminal's, in characters. */
export function describeComparison(comparison: Comparison, world: string, width: number = Infinity): string {
  const { policies, ranking, pairs, precision } = comparison;
  const ranked = ranking.order.map((name) => policies.find(({ policy }) => policy === name)!);
  const sequential = ranking.method === "time-uniform";
  const said = answers(ranked, pairs);
  const shown = pairs.filter(
    ({ a, b }) => pairs.length <= MOST_PAIRS || a === ranking.order[0] || b === ranking.order[0],
  );
  const end = sequential ? { ...comparison, precision: { ...precision!, intervals: [] } } : comparison;
  const missing = describeMissing(
    pairs.map(({ difference }) => difference.simultaneousCi95),
    comparison.users,
  );
  return [
    wrap([world, ...describeExtent(comparison), `· ${comparison.engine} engine`], width),
    table([POLICY_TITLES, ...policyRows(ranked, said.best)], width),
    table([PAIR_TITLES, ...pairRows(shown)], width),
    ...[intervalNote(comparison), ...missing].map((note) => wrap(note.split(" "), width)),
    ...describeEnd(end),
    ...said.sentences.map((sentence) => wrap(sentence.split(" "), width)),
  ].join("\n\n");
}

function policyRows(ranked: readonly ComparedPolicy<Metrics>[], best: string | undefined): string[][] {
  const totals = decimalsForAll(ranked.map(({ metrics }) => metrics.totalEngagement.standardError));
  const ends = decimalsForAll(ranked.map(({ metrics }) => metrics.finalSatisfaction.standardError));
  return ranked.map(({ policy, digest, metrics: { totalEngagement, finalSatisfaction } }) => [
    policy === best ? `${policy} best` : policy,
    formatNumber(totalEngagement.mean, totals),
    formatInterval(totalEngagement.ci95, totals),
    formatNumber(finalSatisfaction.mean, ends),
    digest,
  ]);
}

function pairRows(pairs: readonly ComparedPair[]): string[][] {
  const decimals = decimalsForAll(pairs.map(({ difference }) => difference.standardError));
  return pairs.map((pair) => [
    `${pair.b} against ${pair.a}`,
    signed(pair.difference.mean, decimals),
    formatInterval(pair.difference.simultaneousCi95, decimals),
    formatShare(pair.shareBetter),
    formatNumber(pair.equivalentUsers),
  ]);
}

function intervalNote({ users, pairs, ranking }: Comparison): string {
  const same = "All policies meet the same users and draws";
  if (users === 1) return `${same}.`;
  const wherever = ranking.method === "time-uniform" ? ", wherever the comparison ended" : " (Bonferroni)";
  const together =
    pairs.length > 1
      ? ` The intervals of all ${pairs.length} pairs hold together with 95 % confidence${wherever}.`
      : "";
  return `${same}; independent runs would need the users of the last column for intervals as narrow.${together}`;
}

function signed(value: number, decimals: number): string {
  return `${value < 0 ? "-" : "+"}${formatNumber(Math.abs(value), decimals)}`;
}
