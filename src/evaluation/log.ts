/** One step of a logged episode. */
export interface LoggedStep {
  /** What the logging policy saw; in logs of `logEpisodes` the observation of the user's environment. Only models and policies read it. */
  readonly context?: unknown;
  /** Positions of the documents shown: one for each slot. */
  readonly slate: readonly number[];
  /** Probability of this slate, in this order, under the logging policy: in (0, 1]. */
  readonly propensity: number;
  /** For each slot the probability that the logging policy shows there what it showed, whatever the other slots show: in (0, 1]. */
  readonly slotPropensities?: readonly number[];
  /** For slots 1 to k, all k, the probability that the logging policy shows in them what it showed; the last is `propensity`. */
  readonly prefixPropensities?: readonly number[];
  /** Reward of the step: a finite number. */
  readonly reward: number;
  /** For each slot its share of the reward, finite numbers whose sum is the reward. */
  readonly slotRewards?: readonly number[];
}

/** One user's episode as it was logged. */
export interface LoggedEpisode {
  /** The user's number: episodes of one number are one observation of the intervals. */
  readonly user: number;
  /** The steps in their order; none for an episode that ended before the first. */
  readonly steps: readonly LoggedStep[];
}

/** Episodes that one policy logged. */
export interface EpisodeLog {
  /** Name of the logging policy, for errors. */
  readonly policy: string;
  /** At least one episode. */
  readonly episodes: readonly LoggedEpisode[];
}

/** Lists of a step with one number for each slot, which only some estimators need. */
export const SLOT_FIELDS = ["slotPropensities", "prefixPropensities", "slotRewards"] as const;
export type SlotField = (typeof SLOT_FIELDS)[number];
