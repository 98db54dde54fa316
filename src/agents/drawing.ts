import { numberMistake } from "../check/mistakes.js";
import { AGENT_STREAM } from "../random/address.js";
import { seedMistake, type Seed } from "../random/seedKey.js";

/** Where an agent that draws finds its draws. */
export interface DrawingOptions {
  /** Default 0. */
  readonly seed?: Seed;
  /** The stream under that seed: an integer in [0, 2^32). Default: the first of the agents' streams. */
  readonly stream?: number;
  /** The number of the first episode to come: an integer in [0, 2^32). Default 0. */
  readonly firstEpisode?: number;
}

export const DRAWING_OPTIONS = ["seed", "stream", "firstEpisode"] as const;

const WORD = { min: 0, max: 2 ** 32 - 1, integer: true };

export function drawingMistakes({
  seed = 0,
  stream = AGENT_STREAM,
  firstEpisode = 0,
}: DrawingOptions): (string | undefined)[] {
  return [seedMistake(seed), numberMistake("stream", stream, WORD), numberMistake("firstEpisode", firstEpisode, WORD)];
}
