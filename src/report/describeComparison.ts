import type { ComparedPair, ComparedPolicy, Comparison } from "../montecarlo/comparison.js";
import type { Metrics } from "../montecarlo/metrics.js";
import { describeEnd, describeExtent, describeSpeed } from "./describeRun.js";
import { decimalsFor, formatInterval, formatNumber, formatShare } from "./formatNumber.js";
import { table } from "./table.js";
import { wrap } from "./wrap.js";

/** More pairs than this are shown against the best policy only. */
const MOST_PAIRS = 15;

const POLICY_TITLES = ["policy", "total engagement", "95 % interval", "final satisfaction", "digest"];
const PAIR_TITLES = ["pair", "difference", "95 % interval", "better off", "like independent users"];

/** The policies by rank, their differences, and the answer in a sentence. `width` is the terminal's, in characters. */
export function describeComparison(comparison: Comparison, world: string, width: number = Infinity): string {
  const { policies, ranking, pairs } = comparison;
  const ranked = ranking.order.map((name) => policies.find(({ policy }) => policy === name)!);
  const shown = pairs.length > MOST_PAIRS ? pairs.filter(({ a, b }) => [a, b].includes(ranking.order[0]!)) : pairs;
  return [
    wrap([world, ...describeExtent(comparison), `· ${comparison.engine} engine`], width),
    table([POLICY_TITLES, ...ranked.map(policyRow)], width),
    table([PAIR_TITLES, ...shown.map(pairRow)], width),
    wrap(intervalNote(pairs.length).split(" "), width),
    ...describeEnd(comparison),
    ...sentences(comparison, ranked).map((sentence) => wrap(sentence.split(" "), width)),
    describeSpeed(comparison.timing),
  ].join("\n\n");
}

function policyRow({ policy, digest, metrics }: ComparedPolicy<Metrics>, rank: number): string[] {
  const { totalEngagement: total, finalSatisfaction: satisfaction } = metrics;
  const decimals = decimalsFor(total.standardError);
  return [
    rank === 0 ? `${policy} best` : policy,
    formatNumber(total.mean, decimals),
    formatInterval(total.ci95, decimals),
    formatNumber(satisfaction.mean, decimalsFor(satisfaction.standardError)),
    digest,
  ];
}

function pairRow({ a, b, difference, shareBetter, equivalentUsers }: ComparedPair): string[] {
  const decimals = decimalsFor(difference.standardError);
  return [
    `${b} against ${a}`,
    signed(difference.mean, decimals),
    formatInterval(difference.simultaneousCi95, decimals),
    formatShare(shareBetter),
    formatNumber(equivalentUsers),
  ];
}

function intervalNote(pairs: number): string {
  const together =
    pairs > 1 ? ` The intervals of all ${pairs} pairs hold together with 95 % confidence (Bonferroni).` : "";
  return `All policies meet the same users and draws; independent runs would need the users of the last column for intervals as narrow.${together}`;
}

function sentences({ ranking, pairs }: Comparison, [best, next]: readonly ComparedPolicy<Metrics>[]): string[] {
  const names = [best!.policy, next!.policy];
  const pair = pairs.find(({ a, b }) => names.includes(a) && names.includes(b))!;
  const unsettled = ranking.unsettled.map(({ a, b }) => `${a} and ${b}`);
  return [
    answer(names[0]!, names[1]!, pair.difference),
    ...(unsettled.length > 0 ? [`Not settled with so many users: ${unsettled.join("; ")}.`] : []),
  ];
}

function answer(best: string, next: string, { mean, standardError }: ComparedPair["difference"]): string {
  if (mean === 0) return `${best} brings most, as does ${next}.`;
  const gain = formatNumber(Math.abs(mean), decimalsFor(standardError));
  return `${best} brings most: ${gain} s of engagement per user more than ${next}, the next.`;
}

function signed(value: number, decimals: number): string {
  return `${value < 0 ? "-" : "+"}${formatNumber(Math.abs(value), decimals)}`;
}
