import type { Figure } from "./figure.js";

/** Kinds of charts; `chartKinds` says what each shows. */
export const chartKinds = Object.freeze({
  differences: "paired differences from the baseline, with its lift in per cent: a forest plot",
  totals: "mean returns with their intervals",
  series: "a mean over users at every step, with its band",
  distribution: "how returns are spread over users",
  clicks: "how often each slot was clicked",
  regrets: "distances from the optimum",
  means: "mean return of every policy, over a parameter",
  lifts: "best policy of every cell of a sweep, and its lift over the baseline: a heat map or a forest plot",
  curve: "what an agent brings after each iteration",
  values: "the optimum, and the values of policies",
  decisions: "which mix is best when",
  losses: "what the myopic answer loses, over two parameters: a heat map",
});

/** Name of a kind of chart. */
export type ChartKind = keyof typeof chartKinds;

/** The kinds that results of a command may have; which of them one has depends on its options. */
export const KINDS_OF: Readonly<Record<string, readonly ChartKind[]>> = {
  run: ["series", "distribution", "clicks"],
  compare: ["differences", "totals", "series", "distribution", "clicks", "regrets"],
  sweep: ["lifts", "means", "totals", "regrets"],
  train: ["curve", "regrets"],
  eval: ["curve", "regrets"],
  solve: ["decisions", "values", "losses"],
};

/** A chart of a result, by its kind, and by the name of its series if it has one. */
export interface NamedFigure {
  readonly kind: ChartKind;
  readonly series?: string;
  readonly figure: Figure;
}
