import { failureOf } from "../policies/callPolicy.js";
import type { BlockTally } from "../statistics/blockTally.js";
import {
  seriesName,
  type EpisodeMetric,
  type MetricStep,
  type NamedMetrics,
  type RatioMetric,
  type StepMetric,
} from "../world/metrics.js";
import { checkedNumber } from "../world/reward.js";

/** Metrics of one user so far: a number, or an accumulator, for each metric that is no ratio. */
export type MetricState = unknown[];

/** Adds the steps of users to a tally, metric by metric. Refuses, by name, a user-defined metric that returns no number. */
export class MetricTally {
  private readonly metrics: readonly Column[];
  private readonly warmUp: number;

  constructor(metrics: NamedMetrics, warmUp: number) {
    this.metrics = columnsOf(metrics);
    this.warmUp = warmUp;
  }

  open(user: number): MetricState {
    return this.metrics.flatMap((each) => {
      if (each.kind === "ratio") return [];
      if (each.kind === "step") return [0]; // value of an episode without a step
      return [callMetric(each, 0, user, () => each.metric.begin())];
    });
  }

  add(step: MetricStep, state: MetricState, place: number, tally: BlockTally): void {
    for (const each of this.metrics) {
      try {
        this.addTo(each, step, state, place, tally);
      } catch (error) {
        throw metricFailure(each, step.step, step.user, error);
      }
    }
  }

  private addTo(each: Column, step: MetricStep, state: MetricState, place: number, tally: BlockTally): void {
    if (each.kind === "ratio") {
      const [numerator, denominator] = [each.metric.numerator(step), each.metric.denominator(step)];
      checkedNumber(each.field, numerator);
      checkedNumber(each.field, denominator);
      if (denominator !== 0) checkedNumber(each.field, numerator / denominator);
      tally.addToRatio(place, step.step, each.place, numerator, denominator);
    } else if (each.kind === "episode") {
      state[each.place] = each.metric.add(state[each.place], step);
    } else {
      const x = checkedNumber(each.field, each.metric.value(step));
      if (each.column > 0) tally.addToSeries(place, step.step, each.column, x);
      if (each.metric.kind === "last") state[each.place] = x;
      else if (step.step >= this.warmUp) (state[each.place] as number) += x;
    }
  }

  /** One number for each metric that is no ratio, after `length` steps. */
  close(state: MetricState, length: number, user: number): number[] {
    const counted = Math.max(0, length - this.warmUp);
    return this.metrics.flatMap((each) => {
      if (each.kind === "ratio") return [];
      const value = state[each.place];
      if (each.kind === "episode") {
        return [callMetric(each, length, user, () => checkedNumber(each.field, each.metric.value(value)))];
      }
      return [each.metric.kind === "mean" ? (counted === 0 ? 0 : (value as number) / counted) : (value as number)];
    });
  }
}

type Column = { readonly name: string; readonly field: string; readonly place: number } & (
  | { readonly kind: "ratio"; readonly metric: RatioMetric }
  | { readonly kind: "episode"; readonly metric: EpisodeMetric }
  | {
      readonly kind: "step";
      /** Index of the series; 0 for none, because that is the reward's. */
      readonly column: number;
      readonly metric: StepMetric;
    }
);

function callMetric<Result>(column: Column, step: number, user: number, call: () => Result): Result {
  try {
    return call();
  } catch (error) {
    throw metricFailure(column, step, user, error);
  }
}

function metricFailure({ name }: Column, step: number, user: number, error: unknown): Error {
  return failureOf(`metric "${name}"`, step, `user ${user}`, error);
}

/** Places count ratios, and all others, for themselves: as the layout does. */
function columnsOf(metrics: NamedMetrics): Column[] {
  let [values, ratios, series] = [0, 0, 0];
  return metrics.map(([name, metric]): Column => {
    const named = { name, field: `metrics.${name}` };
    if (metric.kind === "ratio") return { kind: "ratio", ...named, place: ratios++, metric };
    if (metric.kind === "episode") return { kind: "episode", ...named, place: values++, metric };
    const column = seriesName(name, metric) === undefined ? 0 : ++series;
    return { kind: "step", ...named, place: values++, column, metric };
  });
}
