import { decimalsFor, formatNumber, formatShare, formatSpeed } from "../report/formatNumber.js";
import { table } from "../report/table.js";
import { wrap } from "../report/wrap.js";
import type { EpisodeStatistics, EvalSummary, Timing, TrainSummary } from "../train/index.js";

const TITLES = ["episodes", "steps", "mean reward", "sd", "mean length", "clicks"];

/** A training run for people, a line an iteration. `width` is the terminal's, in characters. */
export function describeTraining({ settings, iterations, timing }: TrainSummary, world: string, width: number): string {
  const { agent, seed } = settings;
  const rows = iterations.map((each) => row(each.iteration, each.totalSteps, each));
  return [
    wrap([world, `· ${String(agent)}`, `· ${iterations.length} iterations`, `· seed ${JSON.stringify(seed)}`], width),
    table([["iteration", "total steps", ...TITLES], ...rows], width),
    speed(timing),
  ].join("\n\n");
}

/** Evaluations for people, a line a checkpoint. */
export function describeEvaluation(summary: EvalSummary, world: string, width: number): string {
  const { settings, evaluations, timing } = summary;
  const { agent, evalSeed } = settings;
  const rows = evaluations.map((each) => row(each.iteration, each.trainingSteps, each));
  return [
    wrap([world, `· ${String(agent)}`, `· seed ${JSON.stringify(evalSeed)}`], width),
    table([["checkpoint", "trained for", ...TITLES], ...rows], width),
    speed(timing),
  ].join("\n\n");
}

function row(iteration: number, trainingSteps: number, statistics: EpisodeStatistics): string[] {
  const { episodes, steps, averageEpisodeRewards, stdEpisodeRewards, averageEpisodeLength, ctr } = statistics;
  const decimals = decimalsFor(stdEpisodeRewards / Math.sqrt(episodes));
  return [
    String(iteration),
    formatNumber(trainingSteps),
    formatNumber(episodes),
    formatNumber(steps),
    formatNumber(averageEpisodeRewards, decimals),
    formatNumber(stdEpisodeRewards, decimals),
    formatNumber(averageEpisodeLength, 1),
    ctr === null ? "–" : formatShare(ctr),
  ];
}

function speed({ seconds, timePerStep }: Timing): string {
  const perSecond = Number.isNaN(timePerStep) || timePerStep === Infinity ? 0 : 1 / timePerStep;
  return `speed   ${formatSpeed(perSecond)} user-steps, ${formatNumber(seconds, 2)} s`;
}
