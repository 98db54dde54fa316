import type { SeenStep } from "./episode.js";
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
  /** Slot of the slate that was clicked; null when none was. */
  readonly choice: number | null;
  readonly reward: number;
  /** With what was clicked; null in worlds that tell of none. */
  readonly engagement: number | null;
  readonly terminated: boolean;
  readonly truncated: boolean;
}

/** Keeps the steps of a run; after `endIteration` all of them are in files. */
export interface EpisodeLog {
  add(row: EpisodeRow): void;
  /** Tells of the iteration's own file, where each has one. */
  endIteration(iteration: number): Promise<Mark | undefined>;
  /** Of each file that grows, by its name in the folder. */
  marks(): Readonly<Record<string, Mark>>;
}

export function rowOf(iteration: number, episode: number, seen: SeenStep): EpisodeRow {
  const { step, user, slate, clicks, terminated, truncated } = seen;
  const reward = seen.reward + 0; // not -0, which JSON Lines would hold as a text
  const { choice, engagement } = clicks;
  return { iteration, episode, step, user, slate: [...slate], choice, reward, engagement, terminated, truncated };
}
