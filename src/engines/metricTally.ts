import type { BlockTally, UserTally } from "../statistics/blockTally.js";
import { seriesName, type EpisodeMetric, type MetricStep, type NamedMetrics, type RatioMetric, type StepMetric } from "../world/metrics.js";
import { checkedNumber } from "../world/reward.js";

/** What the metrics of one user have come to so far: a number, or an accumulator, for each metric that is no ratio. */
export type MetricState = unknown[];

/** Takes the steps of users into a tally, metric by metric. A metric of the caller's that returns no number is refused by name. */
export class MetricTally {
  private readonly metrics: readonly Column[];
  private readonly warmUp: number;

  constructor(metrics: NamedMetrics, warmUp: number) {
    this.metrics = columnsOf(metrics);
    this.warmUp = warmUp;
  }

  open(): MetricState {
    return this.metrics.flatMap((each) => {
      if (each.kind === "ratio") return [];
      return [each.kind === "episode" ? each.metric.begin() : each.metric.kind === "last" ? NaN : 0];
    });
  }

  add(step: MetricStep, state: MetricState, user: UserTally, tally: BlockTally): void {
    for (const each of this.metrics) {
      if (each.kind === "ratio") {
        const [numerator, denominator] = [each.metric.numerator(step), each.metric.denominator(step)];
        checkedNumber(each.field, numerator);
        tally.addToRatio(user, step.step, each.place, numerator, checkedNumber(each.field, denominator));
      } else if (each.kind === "episode") {
        state[each.place] = each.metric.add(state[each.place] as never, step);
      } else {
        const x = checkedNumber(each.field, each.metric.value(step));
        if (each.column > 0) tally.addToSeries(user, step.step, each.column, x);
        if (each.metric.kind === "last") state[each.place] = x;
        else if (step.step >= this.warmUp) (state[each.place] as number) += x;
      }
    }
  }

  /** One number for each metric that is no ratio, after `length` steps. */
  close(state: MetricState, length: number): number[] {
    const counted = Math.max(0, length - this.warmUp);
    return this.metrics.flatMap((each) => {
      if (each.kind === "ratio") return [];
      const value = state[each.place];
      if (each.kind === "episode") return [checkedNumber(each.field, each.metric.value(value as never))];
      return [each.metric.kind === "mean" ? (counted === 0 ? 0 : (value as number) / counted) : (value as number)];
    });
  }
}

type Column =
  | { readonly kind: "ratio"; readonly field: string; readonly place: number; readonly metric: RatioMetric }
  | { readonly kind: "episode"; readonly field: string; readonly place: number; readonly metric: EpisodeMetric<MetricStep, never> }
  | {
      readonly kind: "step";
      readonly field: string;
      readonly place: number;
      /** Of the series; 0 for none, as that is the reward's. */
      readonly column: number;
      readonly metric: StepMetric;
    };

/** Places count ratios, and all others, for themselves: as the layout does. */
function columnsOf(metrics: NamedMetrics): Column[] {
  let [values, ratios, series] = [0, 0, 0];
  return metrics.map(([name, metric]): Column => {
    const field = `metrics.${name}`;
    if (metric.kind === "ratio") return { kind: "ratio", field, place: ratios++, metric };
    if (metric.kind === "episode") return { kind: "episode", field, place: values++, metric };
    const column = seriesName(name, metric) === undefined ? 0 : ++series;
    return { kind: "step", field, place: values++, column, metric };
  });
}
