import { oneOfMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import type { NamedFigure } from "./chartKinds.js";
import { decisionsFigure } from "./decisionsFigure.js";
import { intervalsFigure, type IntervalRow } from "./intervalsFigure.js";
import { curvePoints, learningFigures, statisticsPoints } from "./learningFigures.js";
import { lossesFigure } from "./lossesFigure.js";
import type { ReadResult, ReadShapes } from "./readResult.js";
import { differencesFigure, rewardNameOf, simulatedFigures, totalsFigure } from "./simulatedFigures.js";
import { sweepFigures } from "./sweepFigures.js";
import { wordsOf } from "./words.js";

/** Returns the charts of a result, the most telling first. Throws `InvalidInput` for a baseline that is none of the policies. */
export function figuresOf({ kind, of }: ReadResult, baseline?: string): NamedFigure[] {
  if (kind !== "comparison" && baseline !== undefined) refuse([oneOfMistake("baseline", baseline, [])]);
  switch (kind) {
    case "run":
      return simulatedFigures([{ name: of.policy, metrics: of.metrics }], of.estimator);
    case "comparison":
      return comparisonFigures(of, baselineOf(of, baseline));
    case "sweep":
      return sweepFigures(of);
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

/** Returns the baseline of a comparison: its own unless another is named. */
export function baselineOf(comparison: ReadShapes["comparison"], named: string | undefined): string {
  const names = comparison.policies.map(({ policy }) => policy);
  const baseline = named ?? comparison.baseline ?? names[0]!;
  refuse([oneOfMistake("baseline", baseline, names)]);
  return baseline;
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

function exact(name: string, value: number): IntervalRow {
  return { name, value, ci95: [value, value] };
}
