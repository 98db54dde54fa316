import type { Comparison } from "../index.js";
import { distributionFigure } from "../charts/distributionFigure.js";
import type { Figure } from "../charts/figure.js";
import { FRAME as FOREST_FRAME, intervalsFigure, ROW as FOREST_ROW } from "../charts/intervalsFigure.js";
import { linesFigure, type Line } from "../charts/linesFigure.js";
import { againstBaseline, liftText } from "../charts/simulatedFigures.js";
import { meanInterval } from "../numeric/moments.js";
import type { Words } from "./words.js";

/** The charts of the page, by the id of the place of each. */
export type ChartId = "totals" | "differences" | "satisfaction" | "engagement" | "reward" | "distribution";

/** The height of a chart of so many policies, whose names take a row of the legend for every three or so. */
export function heightOf(id: ChartId, policies: number): number {
  if (id === "totals") return FOREST_FRAME + FOREST_ROW * policies;
  if (id === "differences") return FOREST_FRAME + FOREST_ROW * (policies - 1);
  return (id === "distribution" ? 240 : 260) + 28 + 20 * Math.floor((policies - 1) / 4);
}

/** Returns a chart of a comparison in a language; `optimum` is a line where it is known. */
export function chartOf(id: ChartId, comparison: Comparison, optimum: number | null, words: Words): Figure {
  const { satisfaction, engagement, step: x, meanSatisfaction, meanEngagement } = words;
  if (id === "totals") return totals(comparison, optimum, words);
  if (id === "differences") return differences(comparison, words);
  if (id === "distribution") return distribution(comparison, words);
  const titled = {
    satisfaction: { title: satisfaction, y: meanSatisfaction },
    engagement: { title: engagement, y: meanEngagement },
    reward: { title: words.rewardOverSteps, y: words.meanReward },
  };
  return series(comparison, id, { ...titled[id], x });
}

/** Returns the figure with a description in the page's language: what it measures, and rows of its table. */
function described(figure: Figure, label: string, rows = figure.table.rows): Figure {
  const sentences = rows.map(([name = "", ...values]) => `${name}: ${values.join(", ")}.`);
  return { ...figure, description: [`${label}.`, ...sentences].join(" ") };
}

function totals({ policies }: Comparison, optimum: number | null, words: Words): Figure {
  const rows = policies.map(({ policy: name, metrics: { totalReward } }) => {
    return { name, value: totalReward.mean, ci95: totalReward.ci95 };
  });
  const level = optimum === null ? {} : { level: { name: words.optimum, value: optimum } };
  const figure = intervalsFigure(rows, {
    title: words.totals,
    label: words.meanTotal,
    of: words.policy,
    zero: false,
    ...level,
  });
  return described(figure, words.meanTotal);
}

function differences(comparison: Comparison, words: Words): Figure {
  const baseline = comparison.policies[0]!.policy;
  const rows = againstBaseline(comparison as never, baseline).map(({ name, difference, lift }) => {
    return { name, value: difference.mean, ci95: difference.ci95, note: liftText(lift) };
  });
  const figure = intervalsFigure(rows, {
    title: words.differences(baseline),
    label: words.differenceLabel,
    of: words.policy,
    note: words.lift,
    zero: true,
  });
  return described(figure, words.differenceLabel);
}

function series(
  { policies }: Comparison,
  name: "satisfaction" | "engagement" | "reward",
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
  const figure = linesFigure(lines, words);
  const { rows } = figure.table;
  const names = policies.map(({ policy }) => policy).join(", ");
  const ends = [rows[0]!, rows.at(-1)!].map(([step, ...cells]) => {
    return [`${words.x} ${step}`].concat(cells.filter((_, at) => at % 2 === 0)); // without the intervals
  });
  return described(figure, `${words.y}: ${names}`, ends);
}

function distribution({ policies }: Comparison, words: Words): Figure {
  const all = policies.map(({ policy: name, metrics }) => ({ name, distribution: metrics.totalRewardDistribution }));
  const figure = distributionFigure(all as never, words.totalEngagement);
  const rows = all.map(({ name, distribution: { edges, counts } }) => {
    const most = counts.indexOf(Math.max(...counts));
    return [name, `${edges[most]!.toFixed(0)}–${edges[most + 1]!.toFixed(0)}`];
  });
  const options: Figure["options"] = (plot) => {
    const drawn = figure.options(plot);
    return { ...drawn, y: { ...drawn.y, label: words.shareOfUsers } };
  };
  return described({ ...figure, title: words.distribution, options }, words.mostUsers, rows);
}
