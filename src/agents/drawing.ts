import { expectedMistake, numberMistake, objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { AGENT_STREAM, wordSource, type WordSource } from "../random/address.js";
import { Draws } from "../random/draws.js";
import { DEFAULT_SEED, seedKey, seedMistake, seedText, type Seed } from "../random/seedKey.js";
import { fieldRules } from "./snapshots.js";

/** Says where an agent finds its draws. */
export interface DrawingOptions {
  /** Any text, or a finite number. Default: 0. */
  readonly seed?: Seed;
  /** The stream under that seed: an integer in [0, 2^32). Default: the first of the agents' streams. */
  readonly stream?: number;
  /** The number of the first episode to come: an integer in [0, 2^32). Default: 0. */
  readonly firstEpisode?: number;
}

const WORD = { min: 0, max: 2 ** 32 - 1, integer: true };

export function drawingMistakes({
  seed = DEFAULT_SEED,
  stream = AGENT_STREAM,
  firstEpisode = 0,
}: DrawingOptions): (string | undefined)[] {
  return [seedMistake(seed), numberMistake("stream", stream, WORD), numberMistake("firstEpisode", firstEpisode, WORD)];
}

export const OPTION_NAMES = ["seed", "stream", "firstEpisode", "evalMode"];

/** Returns all errors in the options of an agent. */
export function agentOptionMistakes(options: object): (string | undefined)[] {
  const noObject = objectMistake("options", options);
  if (noObject !== undefined) return [noObject];
  const { evalMode = false } = options as { evalMode?: unknown };
  return [
    ...unknownFieldMistakes("option of an agent", options, OPTION_NAMES),
    ...drawingMistakes(options),
    typeof evalMode === "boolean" ? undefined : expectedMistake("evalMode", "true or false", evalMode),
  ];
}

/** Returns the stream of the agent at index `place` inside an agent that has `stream`; no two nested agents share a stream. */
export function innerStream(stream: number, place: number): number {
  return stream * MAX_INNER_AGENTS + 1 + place;
}

/** Returns an error if agents inside one with that stream would run out of streams; with the default stream they are nested too deep. */
export function nestingMistake(stream: number, agents: number): string | undefined {
  if (innerStream(stream, agents - 1) <= WORD.max) return undefined;
  const largest = Math.floor((WORD.max - agents) / MAX_INNER_AGENTS);
  const rule = `a stream of at most ${largest}, as nested agents draw from separate streams: with the default stream, bandits may be nested ${MAX_NESTING} deep`;
  return expectedMistake("stream", rule, stream);
}

/** Depth at which a bandit with the default stream and bandits as arms runs out of streams. */
const MAX_NESTING = 3;

export const MAX_INNER_AGENTS = 256;

export interface DrawingState {
  readonly seed: string;
  readonly stream: number;
  readonly episode: number;
  /** Decisions in this episode so far. */
  readonly step: number;
}

export const drawingRules = {
  seed: fieldRules.seed,
  stream: fieldRules.word,
  episode: fieldRules.word,
  step: fieldRules.word,
} as const;

/** Random numbers of an agent, decision by decision: counter (block, step, episode, stream). */
export class Drawing {
  private now: DrawingState;
  private source: WordSource;

  /** Takes valid options. */
  constructor(options: DrawingOptions) {
    const { seed = DEFAULT_SEED, stream = AGENT_STREAM, firstEpisode = 0 } = options;
    this.now = { seed: seedText(seed), stream, episode: firstEpisode, step: 0 };
    this.source = sourceOf(this.now);
  }

  get state(): DrawingState {
    return this.now;
  }

  set state(state: DrawingState) {
    this.now = state;
    this.source = sourceOf(state);
  }

  /** Returns the draws of the next decision. */
  next(): Draws {
    const { now } = this;
    this.now = { ...now, step: now.step + 1 };
    return new Draws(this.source, now.step);
  }

  endEpisode(): void {
    this.state = { ...this.now, episode: (this.now.episode + 1) >>> 0, step: 0 };
  }
}

function sourceOf({ seed, stream, episode }: DrawingState): WordSource {
  return wordSource(seedKey(seed), stream, episode);
}
