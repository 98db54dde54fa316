import type { MetricLayout } from "../statistics/metricLayout.js";
import type { WorldTypes } from "./worldTypes.js";

/** One step of an episode as metrics see it. To be read only. */
export interface MetricStep<T extends WorldTypes = WorldTypes, State = unknown> {
  /** Number of the user. */
  readonly user: number;
  /** Steps taken before this one. */
  readonly step: number;
  /** The documents of the slate. */
  readonly slate: readonly T["document"][];
  /** Slot that was clicked; the slate's length for no click. */
  readonly choice: number;
  /** The document clicked, if any. */
  readonly clicked: T["document"] | undefined;
  /** Responses to each document of the slate. */
  readonly responses: readonly T["response"][];
  /** Reward of the step. */
  readonly reward: number;
  /** The user's state after the step. */
  readonly state: State;
}

/** Label and unit of a metric. */
export interface MetricLabel {
  /** Label in reports. Default: its name. */
  readonly label?: string;
  /** The unit, as in "s". Default: none. */
  readonly unit?: string;
}

/** A number at every step: a mean over users for each step, and one number for each user's episode. */
export interface StepMetric<
  Step = MetricStep,
  SeriesName extends string | boolean = string | boolean,
> extends MetricLabel {
  readonly kind: "sum" | "mean" | "last";
  /** The name of the series; true: that of the metric; false: none. */
  readonly series: SeriesName;
  /** The number of one step. */
  value(step: Step): number;
}

/** A number for each episode, from an accumulator that sees every step. */
export interface EpisodeMetric<Step = MetricStep, Accumulator = unknown> extends MetricLabel {
  readonly kind: "episode";
  /** The accumulator before the first step. */
  begin(): Accumulator;
  /** The accumulator after one more step; it may be changed in place. */
  add(accumulator: Accumulator, step: Step): Accumulator;
  /** The number of an episode. */
  value(accumulator: Accumulator): number;
}

/** Σ numerator / Σ denominator over all steps of all users, with a standard error clustered by user. */
export interface RatioMetric<Step = MetricStep> extends MetricLabel {
  readonly kind: "ratio";
  /** Returns the numerator of a step. */
  numerator(step: Step): number;
  /** Returns the denominator of a step. */
  denominator(step: Step): number;
}

/** Something that runs report: see `metrics` for ways to make them. */
export type Metric<Step = MetricStep> = StepMetric<Step> | EpisodeMetric<Step> | RatioMetric<Step>;

/** Metrics by their names in results. */
// oxlint-disable-next-line typescript/no-explicit-any -- a world's types do not include its state
export type MetricTable<T extends WorldTypes = WorldTypes> = Readonly<Record<string, Metric<MetricStep<T, any>>>>;

/** The names of the series of a table. */
export type SeriesNamesOf<Table> = {
  [Name in keyof Table & string]: Table[Name] extends { readonly series: infer Series }
    ? Series extends string
      ? Series
      : Series extends true
        ? Name
        : never
    : never;
}[keyof Table & string];

/** A table in the order of its names, as engines go through it. */
export type NamedMetrics = readonly (readonly [name: string, metric: Metric<never>])[];

/** The order in which sums of those metrics are kept. */
export function layoutOf(metrics: NamedMetrics, rewardName: string | undefined): MetricLayout {
  const namesOf = (kept: (metric: Metric<never>) => boolean): string[] => {
    return metrics.filter(([, metric]) => kept(metric)).map(([name]) => name);
  };
  return {
    values: namesOf(({ kind }) => kind !== "ratio"),
    ratios: namesOf(({ kind }) => kind === "ratio"),
    series: metrics.flatMap(([name, metric]) => seriesName(name, metric) ?? []),
    names: metrics.map(([name]) => name),
    declarations: declarationsOf(metrics),
    rewardName,
  };
}

/** What is known of metrics apart from their functions: name, kind and series of each, as in "rating: mean, series rating". */
export function declarationsOf(metrics: NamedMetrics): string[] {
  return metrics.map(([name, metric]) => {
    const series = seriesName(name, metric);
    return `${name}: ${metric.kind}${series === undefined ? "" : `, series ${series}`}`;
  });
}

export function seriesName(name: string, metric: Metric<never>): string | undefined {
  if (!("series" in metric) || metric.series === false) return undefined;
  return metric.series === true ? name : (metric.series as string);
}
