import type { Episode } from "./episode.js";
import type { Scalar } from "./eventRecords.js";

/** Statistics of whole episodes, with RecSim's names. */
export interface EpisodeStatistics {
  readonly episodes: number;
  readonly steps: number;
  /** Mean over the episodes of their summed rewards. */
  readonly averageEpisodeRewards: number;
  /** Population standard deviation of the summed rewards. */
  readonly stdEpisodeRewards: number;
  /** Mean number of steps. */
  readonly averageEpisodeLength: number;
  /** Share of steps with a click; null if responses report no clicks. */
  readonly ctr: number | null;
}

/** Results of one iteration. */
export interface IterationSummary extends EpisodeStatistics {
  /** From 1 on. */
  readonly iteration: number;
  /** Steps taken since the beginning of the run, this iteration included. */
  readonly totalSteps: number;
}

/** Returns the statistics of at least one episode. Sums are taken in the order of the episodes. */
export function episodeStatistics(episodes: readonly Episode[]): EpisodeStatistics {
  const steps = sum(episodes.map((episode) => episode.steps));
  const mean = sum(episodes.map(({ reward }) => reward)) / episodes.length;
  const variance = sum(episodes.map(({ reward }) => (reward - mean) * (reward - mean))) / episodes.length;
  const reportClicks = episodes.some((episode) => episode.reportsClicks);
  return {
    episodes: episodes.length,
    steps,
    averageEpisodeRewards: mean,
    stdEpisodeRewards: Math.sqrt(variance),
    averageEpisodeLength: steps / episodes.length,
    ctr: reportClicks ? sum(episodes.map(({ clicks }) => clicks)) / steps : null,
  };
}

/** RecSim's tags for TensorBoard. Its `TimePerStep` is wall clock, which no two runs share: it is in no file. */
export function scalarsOf(statistics: EpisodeStatistics, suffix: "train" | "eval"): Scalar[] {
  const { averageEpisodeLength, averageEpisodeRewards, stdEpisodeRewards, ctr } = statistics;
  const scalars: [string, number][] = [
    ["AverageEpisodeLength", averageEpisodeLength],
    ["AverageEpisodeRewards", averageEpisodeRewards],
    ["StdEpisodeRewards", stdEpisodeRewards],
  ];
  if (ctr !== null) scalars.push(["CTR", ctr]);
  return scalars.map(([tag, value]) => [`${tag}/${suffix}`, value]);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
