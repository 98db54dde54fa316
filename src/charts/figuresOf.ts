import { oneOfMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { decisionsFigure } from "./decisionsFigure.js";
import type { Figure } from "./figure.js";
import { intervalsFigure } from "./intervalsFigure.js";
import { curvePoints, learningFigures, statisticsPoints } from "./learningFigures.js";
import { lossesFigure } from "./lossesFigure.js";
import type { ReadResult, ReadShapes } from "./readResult.js";
import { differencesFigure, rewardNameOf, simulatedFigures, totalsFigure } from "./simulatedFigures.js";
import { wordsOf } from "./words.js";

/** Kinds of charts; `chartKinds` says what each shows. */
export const chartKinds = Object.freeze({
  differences: "paired differences from the baseline, with its lift in per cent: a forest plot",
  totals: "mean returns with their intervals",
  series: "a mean over users at every step, with its band",
  distribution: "how returns are spread over users",
  clicks: "how often each slot was clicked",
  regrets: "distances from the optimum",
  curve: "what an agent brings after each iteration",
  values: "the optimum, and the values of policies",
  decisions: "which mix is best when",
  losses: "what the myopic answer loses, over two parameters: a heat map",
});

/** Name of a kind of chart. */
export type ChartKind = keyof typeof chartKinds;

/** A chart of a result, by its kind, and by the name of its series if it has one. */
export interface NamedFigure {
  readonly kind: ChartKind;
  readonly series?: string;
  readonly figure: Figure;
}

/** Returns the charts of a result, the most telling first. Throws `InvalidInput` for a baseline that is none of the policies. */
export function figuresOf({ kind, of }: ReadResult, baseline?: string): NamedFigure[] {
  if (kind !== "comparison" && baseline !== undefined) refuse([oneOfMistake("baseline", baseline, [])]);
  switch (kind) {
    case "run":
      return simulatedFigures([{ name: of.policy, metrics: of.metrics }], of.estimator);
    case "comparison":
      return comparisonFigures(of, baselineOf(of, baseline));
    case "curve":
      return learningFigures(curvePoints(of));
    case "training":
      return learningFigures(statisticsPoints(of, of.iterations));
    case "evaluation":
      return learningFigures(statisticsPoints(of, of.evaluations));
    case "solution":
      return solutionFigures(of);
    case "solutions":
      return [{ kind: "losses", figure: lossesFigure(of) }];
  }
}

/** Returns the baseline of a comparison: the first policy unless another is named. */
export function baselineOf({ policies }: ReadShapes["comparison"], baseline: string | undefined): string {
  const names = policies.map(({ policy }) => policy);
  if (baseline !== undefined) refuse([oneOfMistake("baseline", baseline, names)]);
  return baseline ?? names[0]!;
}

function comparisonFigures(comparison: ReadShapes["comparison"], baseline: string): NamedFigure[] {
  const { policies, estimator, regrets = [] } = comparison;
  const groups = policies.map(({ policy, metrics }) => ({ name: policy, metrics }));
  const reward = wordsOf(rewardNameOf(groups[0]!.metrics));
  const rows = regrets.map(({ policy, mean, ci95 }) => ({ name: policy, value: mean, ci95 }));
  const words = { title: "Regret", label: `optimum less mean total ${reward}`, of: "policy", zero: true };
  return [
    ...differencesFigure(comparison, baseline),
    totalsFigure(groups),
    ...simulatedFigures(groups, estimator),
    ...(rows.length === 0 ? [] : [{ kind: "regrets" as const, figure: intervalsFigure(rows, words) }]),
  ];
}

function solutionFigures({
  value,
  valueError,
  myopicValue,
  policies,
  heldValues,
  table,
}: ReadShapes["solution"]): NamedFigure[] {
  const exact = (name: string, of: number) => ({ name, value: of, ci95: [of, of] as const });
  const rows = [
    { name: "optimal", value, ci95: [value - valueError, value + valueError] as const },
    ...heldValues.map(({ length, value: held }) => exact(`held for ${length}`, held)),
    ...Object.entries(policies).map(([name, of]) => exact(name, of)),
    exact("best for one step", myopicValue),
  ];
  const words = { title: "Values of policies", label: "mean return", of: "policy", zero: false };
  const known = table.states.length > 1 && table.mix.length > 0;
  return [
    ...(known ? [{ kind: "decisions" as const, figure: decisionsFigure(table) }] : []),
    { kind: "values", figure: intervalsFigure(rows, words) },
  ];
}
