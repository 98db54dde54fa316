import type { EpisodeStep } from "./episode.js";
import type { Mark } from "./growingFile.js";

/** One step of a run, as logged. */
export interface EpisodeRow {
  /** From 1 on. */
  readonly iteration: number;
  /** From 1 on, through all iterations. */
  readonly episode: number;
  /** From 1 on. */
  readonly step: number;
  readonly user: number;
  /** Positions among the candidates. */
  readonly slate: readonly number[];
  /** Probability of the slate, in its order, in (0, 1]; null where the agent does not state it. */
  readonly slatePropensity: number | null;
  /** Slot of the slate that was clicked; null when none was. */
  readonly choice: number | null;
  readonly reward: number;
  /** Engagement with the clicked document; null in worlds that report none. */
  readonly engagement: number | null;
  readonly terminated: boolean;
  readonly truncated: boolean;
}

/** Logs the steps of a run; after `endIteration` all of them are in files. */
export interface EpisodeLog {
  add(row: EpisodeRow): void;
  /** Ends an iteration. Returns the mark of its file if each iteration has one. */
  endIteration(iteration: number): Promise<Mark | undefined>;
  /** Returns the mark of each growing file, by its name in the folder. */
  marks(): Readonly<Record<string, Mark>>;
}

export function rowOf(iteration: number, episode: number, taken: EpisodeStep): EpisodeRow {
  const { step, user, slate, slatePropensity, clicks, terminated, truncated } = taken;
  const reward = taken.reward + 0; // not -0, which JSON Lines would hold as a text
  const { choice, engagement } = clicks;
  return {
    iteration,
    episode,
    step,
    user,
    slate: [...slate],
    slatePropensity,
    choice,
    reward,
    engagement,
    terminated,
    truncated,
  };
}
