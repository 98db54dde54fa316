import type { FigureTable } from "../charts/figure.js";
import { baselineOf } from "../charts/figuresOf.js";
import { curvePoints, statisticsPoints, type LearningPoints } from "../charts/learningFigures.js";
import type { ReadResult, ReadShapes } from "../charts/readResult.js";
import { againstBaseline, liftInterval, liftText, rewardNameOf, type Group } from "../charts/simulatedFigures.js";
import { policiesIn, placeOf, variedIn } from "../charts/sweptCells.js";
import { wordsOf } from "../charts/words.js";
import type { Interval } from "../numeric/moments.js";
import { decimalsFor, formatInterval, formatNumber, formatShare } from "../report/formatNumber.js";

const INTERVAL = "95 % interval";

/** What a report says first: its title, and the main numbers with their intervals. */
export interface Headline {
  readonly title: string;
  readonly sentences: readonly string[];
  readonly table: FigureTable;
}

export function headlineOf({ kind, of }: ReadResult, baseline?: string): Headline {
  switch (kind) {
    case "run":
      return ofRun(of);
    case "comparison":
      return ofComparison(of, baselineOf(of, baseline));
    case "sweep":
      return ofSweep(of);
    case "curve":
      return ofLearning(of.settings, curvePoints(of));
    case "training":
      return ofLearning(of.settings, statisticsPoints(of, of.iterations));
    case "evaluation":
      return ofLearning(of.settings, statisticsPoints(of, of.evaluations));
    case "solution":
      return ofSolution(of);
    case "solutions":
      return ofSolutions(of);
  }
}

/** Returns a mean with two digits of its error, and its interval. */
function estimate(mean: number, ci95: Interval): [string, string] {
  const decimals = decimalsFor((ci95[1] - ci95[0]) / 4);
  return [formatNumber(mean, decimals), formatInterval(ci95, decimals)];
}

function ofRun(run: ReadShapes["run"]): Headline {
  const group = { name: run.policy, metrics: run.metrics };
  const rows = metricNames(group).map((name) => [wordsOf(name)].concat(metricCells(group, name)));
  return {
    title: `${run.scenario}: ${run.policy}`,
    sentences: [extentOf(run), ...interrupted(run)],
    table: { titles: ["metric", "mean", INTERVAL], rows },
  };
}

function ofComparison(comparison: ReadShapes["comparison"], baseline: string): Headline {
  const groups = comparison.policies.map(({ policy, metrics }) => ({ name: policy, metrics }));
  const others = againstBaseline(comparison, baseline);
  const names = metricNames(groups[0]!);
  const rows = groups.map((group) => {
    const against = others.find(({ name }) => name === group.name);
    const lift = against ? [liftText(against.lift), liftInterval(against.lift.ci95)] : ["–", "–"];
    const [total, ...rest] = names.map((name) => metricCells(group, name));
    return [group.name, ...total!, ...lift, against?.significant ? "yes" : "–", ...rest.map(([mean]) => mean)];
  });
  const titles = ["policy", wordsOf(names[0]!), INTERVAL, `lift over ${baseline}`, INTERVAL, "significant"];
  return {
    title: `${comparison.scenario}: ${groups.length} policies on the same users`,
    sentences: [
      extentOf(comparison),
      "A difference is significant if its simultaneous 95 % interval leaves out 0.",
      ...interrupted(comparison),
    ],
    table: { titles: [...titles, ...names.slice(1).map(wordsOf)], rows },
  };
}

/** Returns a row for each policy: in how many cells it is best, and its least and greatest lift. */
function ofSweep({ cells, baseline, users = NaN, ...sweep }: ReadShapes["sweep"]): Headline {
  const policies = policiesIn(cells);
  const scenarios = [...new Set(cells.map(({ scenario }) => scenario))];
  const seeds = [...new Set(cells.map(({ seed }) => seed))];
  const rows = policies.map((name) => {
    const wins = cells.filter(({ best }) => best === name).length;
    const lifts = liftsOf(cells, name);
    return [name, `${wins} of ${cells.length}`, ...[lifts[0], lifts.at(-1)].flatMap((lift) => lift ?? ["–", "–", "–"])];
  });
  return {
    title: `${scenarios.length === 1 ? scenarios[0] : `${scenarios.length} scenarios`}: ${policies.length} policies in ${cells.length} cells`,
    sentences: [
      `${formatNumber(users)} users in each cell, seeds ${seeds.map((seed) => JSON.stringify(seed)).join(", ")}: the same draws in all cells of a seed.`,
      `Lifts are over ${baseline}; their intervals have 95 % confidence for all policies of a cell together.`,
      ...interrupted(sweep),
    ],
    table: {
      titles: ["policy", "best in", "least lift", INTERVAL, "at", "greatest lift", INTERVAL, "at"],
      rows,
    },
  };
}

/** Returns a policy's lifts with their intervals and cells, the least first. */
function liftsOf(cells: ReadShapes["sweep"]["cells"], name: string): [string, string, string][] {
  const varied = variedIn(cells);
  const found = cells.flatMap((cell) => {
    const lift = cell.policies.find(({ policy }) => policy === name)?.lift;
    return lift && Number.isFinite(lift.ratio) ? [{ cell, lift }] : [];
  });
  return found
    .toSorted((a, b) => a.lift.ratio - b.lift.ratio)
    .map(({ cell, lift }) => [liftText(lift), liftInterval(lift.simultaneousCi95), placeOf(cell, varied)]);
}

function ofLearning(
  settings: Readonly<Record<string, unknown>>,
  { agent, points, regrets, optimum }: LearningPoints,
): Headline {
  const rows = [points[0], points.at(-1)].flatMap((point) =>
    point ? [[String(point.x), ...estimate(point.mean, point.ci95)]] : [],
  );
  const last = regrets.at(-1);
  const regret = last ? [`Regret at the end: ${estimate(last.mean, last.ci95).join(", 95 % interval ")}.`] : [];
  return {
    title: `${String(settings["scenario"] ?? "A world")}: ${agent}`,
    sentences: [...(optimum === undefined ? [] : [`The optimum is ${formatNumber(optimum, 2)}.`]), ...regret],
    table: { titles: ["iteration", "mean return", INTERVAL], rows },
  };
}

function ofSolution({ scenario, value, valueError, policies, myopicValue, steps }: ReadShapes["solution"]): Headline {
  const decimals = decimalsFor(valueError);
  const rows = [["optimal", value] as const, ...Object.entries(policies), ["best for one step", myopicValue] as const];
  return {
    title: `${scenario}: the optimum`,
    sentences: [
      `${formatNumber(value, decimals)} ±${formatNumber(valueError, decimals)} per user in ${formatNumber(steps ?? NaN)} steps, for somebody who knows every user's state.`,
    ],
    table: {
      titles: ["policy", "mean return", "of the optimum"],
      rows: rows.map(([name, of]) => [name, formatNumber(of, decimals), formatShare(of / value)]),
    },
  };
}

function ofSolutions(cells: ReadShapes["solutions"]): Headline {
  const names = Object.keys(cells[0]!.at);
  const rows = cells.map(({ at, solution: { value, myopicValue } }) => [
    ...names.map((name) => String(at[name])),
    formatNumber(value, 2),
    formatShare((value - myopicValue) / value),
  ]);
  return {
    title: `${cells[0]!.solution.scenario}: the optimum of ${cells.length} worlds`,
    sentences: [],
    table: { titles: [...names, "optimum", "best for one step loses"], rows },
  };
}

/** Returns the total first, then all that the world and the caller measure; a second name of the total is left out. */
function metricNames({ metrics }: Group): string[] {
  const reward = rewardNameOf(metrics);
  const total = `total${reward.charAt(0).toUpperCase()}${reward.slice(1)}`;
  const others = Object.entries(metrics).filter(
    ([name, of]) => isMoments(of) && !["totalReward", total].includes(name),
  );
  return [Object.hasOwn(metrics, total) ? total : "totalReward", ...others.map(([name]) => name)];
}

function metricCells({ metrics }: Group, name: string): [string, string] {
  const { mean, ci95 } = (metrics as Readonly<Record<string, unknown>>)[name] as {
    mean: number | null;
    ci95: readonly (number | null)[];
  };
  return estimate(mean ?? NaN, [ci95[0] ?? NaN, ci95[1] ?? NaN]);
}

function isMoments(value: unknown): boolean {
  const { mean, ci95 } = Object(value) as { mean?: unknown; ci95?: unknown };
  return (typeof mean === "number" || mean === null) && Array.isArray(ci95);
}

function extentOf({
  users = NaN,
  steps = NaN,
  seed = "0",
}: Pick<ReadShapes["run"], "users" | "steps" | "seed">): string {
  return `${formatNumber(users)} users × ${formatNumber(steps)} steps, seed ${JSON.stringify(seed)}.`;
}

function interrupted({ interrupted: early }: Pick<ReadShapes["run"], "interrupted">): string[] {
  return early ? ["Interrupted: these are the users that were finished."] : [];
}
