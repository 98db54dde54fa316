import { shownPairs, type ComparedPair, type Comparison } from "../montecarlo/comparison.js";
import type { Run, RunHeader } from "../montecarlo/run.js";
import { meanInterval, type Interval, type Moments } from "../numeric/moments.js";
import { metricsByName, type CommonMetrics, type Series } from "../statistics/metrics.js";
import type { ColumnType, Row, Table } from "../tables/table.js";
import { isMoments } from "./worldWords.js";

/** The first columns of a result's table. */
export const RESULT_COLUMNS = ["table", "scenario"];

/** A row is of a policy's metric, or of a step of one of its series, by the column `table`: "metric" or "step". */
const POLICY: Readonly<Record<string, ColumnType>> = {
  table: "text",
  scenario: "text",
  seed: "text",
  policy: "text",
  metric: "text",
  step: "integer",
  users: "integer",
  mean: "number",
  standardError: "number",
  low: "number",
  high: "number",
  variance: "number",
  min: "number",
  max: "number",
};

/** Columns of the differences, in the rows "pair". */
const PAIR: Readonly<Record<string, ColumnType>> = {
  baseline: "text",
  simultaneousLow: "number",
  simultaneousHigh: "number",
  significant: "boolean",
  lift: "number",
  liftStandardError: "number",
  liftLow: "number",
  liftHigh: "number",
  liftSimultaneousLow: "number",
  liftSimultaneousHigh: "number",
  shareBetter: "number",
  shareWorse: "number",
  varianceRatio: "number",
  equivalentSampleSize: "number",
};

/** Returns the metrics of a run and the steps of its series as one long table. */
export function runTable(run: Run): Table {
  return { columns: POLICY, rows: policyRows(run, run.policy, run.metrics) };
}

/** Returns the same of every policy, then the pairs of the baseline, or all. */
export function comparisonTable(comparison: Comparison, allPairs: boolean): Table {
  const rows = comparison.policies.flatMap(({ policy, metrics }) => policyRows(comparison, policy, metrics));
  const pairs = shownPairs(comparison, allPairs).map((pair) => pairRow(comparison, pair));
  return { columns: { ...POLICY, ...PAIR }, rows: [...rows, ...pairs] };
}

type Described = Pick<RunHeader, "scenario" | "seed" | "users">;

function policyRows({ scenario, seed, users }: Described, policy: string, given: CommonMetrics): Row[] {
  const metrics = metricsByName(given);
  const { users: counts, ...series } = metrics.perStep;
  const named = { scenario, seed, policy };
  const found = Object.entries(metrics).filter((entry): entry is [string, Moments] => isMoments(entry[1]));
  return [
    ...found.map(([metric, moments]) => metricRow({ table: "metric", ...named, metric, users }, moments)),
    ...Object.entries(series as Readonly<Record<string, Series>>).flatMap(([metric, each]) =>
      counts.map((count, step) => stepRow({ table: "step", ...named, metric, step, users: count }, each)),
    ),
  ];
}

function metricRow(named: Row, { mean, standardError, ci95, variance, min, max }: Moments): Row {
  return { ...named, mean, standardError, ...ends("low", "high", ci95), variance, min, max };
}

function stepRow(named: Row & { readonly step: number; readonly users: number }, series: Series): Row {
  const [mean, standardError] = [series.mean[named.step]!, series.standardError[named.step]!];
  return { ...named, mean, standardError, ...ends("low", "high", meanInterval(mean, standardError, named.users)) };
}

function pairRow({ scenario, seed, users }: Described, pair: ComparedPair): Row {
  const { a, b, difference, lift, shareBetter, shareWorse, varianceRatio, equivalentSampleSize, significant } = pair;
  const { mean, standardError } = difference;
  return {
    table: "pair",
    scenario,
    seed,
    policy: b,
    baseline: a,
    metric: "totalReward",
    users,
    mean,
    standardError,
    ...ends("low", "high", difference.ci95),
    ...ends("simultaneousLow", "simultaneousHigh", difference.simultaneousCi95),
    significant,
    lift: lift.ratio,
    liftStandardError: lift.standardError,
    ...ends("liftLow", "liftHigh", lift.ci95),
    ...ends("liftSimultaneousLow", "liftSimultaneousHigh", lift.simultaneousCi95),
    shareBetter,
    shareWorse,
    varianceRatio,
    equivalentSampleSize,
  };
}

function ends(lowName: string, highName: string, [low, high]: Interval): Row {
  return { [lowName]: low, [highName]: high };
}
