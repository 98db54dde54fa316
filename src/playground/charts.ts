import type { Comparison } from "../index.js";
import { distributionFigure } from "../charts/distributionFigure.js";
import type { Figure } from "../charts/figure.js";
import { FRAME as FOREST_FRAME, intervalsFigure, ROW as FOREST_ROW } from "../charts/intervalsFigure.js";
import { linesFigure, type Line } from "../charts/linesFigure.js";
import { againstBaseline, liftText } from "../charts/simulatedFigures.js";
import { meanInterval } from "../numeric/moments.js";
import type { Words } from "./words.js";

/** The charts of the page, by the id of the place of each. */
export type ChartId = "totals" | "differences" | "satisfaction" | "engagement" | "distribution";

/** The height of a chart of so many policies, whose names take a row of the legend for every three or so. */
export function heightOf(id: ChartId, policies: number): number {
  if (id === "totals") return FOREST_FRAME + FOREST_ROW * policies;
  if (id === "differences") return FOREST_FRAME + FOREST_ROW * (policies - 1);
  return (id === "distribution" ? 240 : 260) + 28 + 20 * Math.floor((policies - 1) / 4);
}

/** Returns the charts of a comparison in a language; `optimum` is a line where it is known. */
export function chartsOf(
  comparison: Comparison,
  optimum: number | null,
  words: Words,
): Readonly<Record<ChartId, Figure>> {
  return {
    totals: totals(comparison, optimum, words),
    differences: differences(comparison, words),
    satisfaction: series(comparison, "satisfaction", {
      title: words.satisfaction,
      x: words.step,
      y: words.meanSatisfaction,
    }),
    engagement: series(comparison, "engagement", { title: words.engagement, x: words.step, y: words.meanEngagement }),
    distribution: distribution(comparison, words),
  };
}

function totals({ policies }: Comparison, optimum: number | null, words: Words): Figure {
  const rows = policies.map(({ policy: name, metrics: { totalReward } }) => {
    return { name, value: totalReward.mean, ci95: totalReward.ci95 };
  });
  const level = optimum === null ? {} : { level: { name: words.optimum, value: optimum } };
  return intervalsFigure(rows, {
    title: words.totals,
    label: words.meanTotal,
    of: words.policy,
    zero: false,
    ...level,
  });
}

function differences(comparison: Comparison, words: Words): Figure {
  const baseline = comparison.policies[0]!.policy;
  const rows = againstBaseline(comparison as never, baseline).map(({ name, difference, lift }) => {
    return { name, value: difference.mean, ci95: difference.ci95, note: liftText(lift) };
  });
  return intervalsFigure(rows, {
    title: words.differences(baseline),
    label: words.differenceLabel,
    of: words.policy,
    note: words.lift,
    zero: true,
  });
}

function series(
  { policies }: Comparison,
  name: "satisfaction" | "engagement",
  words: { readonly title: string; readonly x: string; readonly y: string },
): Figure {
  const lines = policies.map(({ policy, metrics: { perStep } }): Line => {
    const { mean, standardError } = (
      perStep as unknown as Record<typeof name, { mean: number[]; standardError: number[] }>
    )[name];
    const points = mean.map((value, step) => {
      return { x: step + 1, mean: value, ci95: meanInterval(value, standardError[step]!, perStep.users[step]!) };
    });
    return { name: policy, points };
  });
  return linesFigure(lines, words);
}

function distribution({ policies }: Comparison, words: Words): Figure {
  const all = policies.map(({ policy: name, metrics }) => ({ name, distribution: metrics.totalRewardDistribution }));
  return { ...distributionFigure(all as never, words.totalEngagement), title: words.distribution };
}
