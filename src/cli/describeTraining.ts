import { decimalsFor, formatInterval, formatNumber, formatShare, formatSpeed } from "../report/formatNumber.js";
import type { Regret } from "../solve/regret.js";
import { table } from "../report/table.js";
import { wrap } from "../report/wrap.js";
import type { EpisodeStatistics, EvalSummary, Timing, TrainSummary } from "../train/index.js";

const TITLES = ["episodes", "steps", "mean reward", "sd", "mean length", "clicks"];

/**
 * Describes a training run, a line for each iteration, and below it further sentences. `width` is the terminal's, in characters.
 */
export function describeTraining(
  { settings, iterations }: Pick<TrainSummary, "settings" | "iterations">,
  world: string,
  sentences: readonly string[],
  width: number,
  regrets?: readonly Regret[],
): string {
  const { agent, seed } = settings;
  const rows = iterations.map((each) => [String(each.iteration), formatNumber(each.totalSteps)]);
  const count = iterations.length === 1 ? "1 iteration" : `${formatNumber(iterations.length)} iterations`;
  return [
    wrap([world, `· ${String(agent)}`, `· ${count}`, `· seed ${JSON.stringify(seed)}`], width),
    table([["iteration", "total steps", ...titles(regrets)], ...withStatistics(rows, iterations, regrets)], width),
    ...sentences.map((sentence) => wrap(sentence.split(" "), width)),
  ].join("\n\n");
}

/** Describes evaluations, a line for each checkpoint. */
export function describeEvaluation(
  { settings, evaluations }: Pick<EvalSummary, "settings" | "evaluations">,
  world: string,
  sentences: readonly string[],
  width: number,
  regrets?: readonly Regret[],
): string {
  const { agent, evalSeed } = settings;
  const rows = evaluations.map((each) => [String(each.iteration), formatNumber(each.trainingSteps)]);
  return [
    wrap([world, `· ${String(agent)}`, `· seed ${JSON.stringify(evalSeed)}`], width),
    table([["checkpoint", "trained for", ...titles(regrets)], ...withStatistics(rows, evaluations, regrets)], width),
    ...sentences.map((sentence) => wrap(sentence.split(" "), width)),
  ].join("\n\n");
}

function titles(regrets: readonly Regret[] | undefined): string[] {
  return [...TITLES, ...(regrets === undefined ? [] : ["regret", "95 % interval"])];
}

/** Adds the statistics of the episodes, and regrets, to the rows, with the decimals that the smallest standard error needs. */
function withStatistics(
  rows: readonly (readonly string[])[],
  statistics: readonly EpisodeStatistics[],
  regrets: readonly Regret[] | undefined,
): string[][] {
  const errors = statistics.map(({ stdEpisodeRewards, episodes }) => stdEpisodeRewards / Math.sqrt(episodes));
  const positive = errors.filter((error) => error > 0);
  const decimals = decimalsFor(positive.reduce((least, error) => Math.min(least, error), Infinity));
  const regretCells = ({ mean, ci95 }: Regret): string[] => [
    formatNumber(mean, decimals),
    formatInterval(ci95, decimals),
  ];
  return rows.map((row, i) => [
    ...row,
    ...cellsOf(statistics[i]!, decimals),
    ...(regrets === undefined ? [] : regretCells(regrets[i]!)),
  ]);
}

function cellsOf(statistics: EpisodeStatistics, decimals: number): string[] {
  const { episodes, steps, averageEpisodeRewards, stdEpisodeRewards, averageEpisodeLength, ctr } = statistics;
  return [
    formatNumber(episodes),
    formatNumber(steps),
    formatNumber(averageEpisodeRewards, decimals),
    episodes === 1 ? "–" : formatNumber(stdEpisodeRewards, decimals), // one alone has no spread
    formatNumber(averageEpisodeLength, 1),
    ctr === null ? "–" : formatShare(ctr),
  ];
}

/** Describes the speed; undefined if no step was left to simulate. */
export function describeSpeed({ seconds, timePerStep }: Timing): string | undefined {
  if (!Number.isFinite(timePerStep) || timePerStep === 0) return undefined;
  return `speed   ${formatSpeed(1 / timePerStep)} user-steps, ${formatNumber(seconds, 2)} s`;
}
