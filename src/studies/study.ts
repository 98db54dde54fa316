import type { World } from "../world/world.js";
import type { Users } from "../statistics/blocks.js";
import type { Estimator } from "../statistics/estimator.js";
import { enginesFor, type Engine, type RunPolicy } from "../policies/runPolicy.js";
import type { StudyBlock } from "./studyBlock.js";

/** One policy in one world, and the engine that lives it. */
export interface Contender {
  readonly world: World;
  readonly policy: RunPolicy;
  readonly engine: Engine;
}

/** By the engine that was asked for, or else by the usual one. */
export function contenderOf(world: World, policy: RunPolicy, engine?: Engine): Contender {
  return { world, policy, engine: engine ?? enginesFor(world, policy)[0]! };
}

/** What is lived: the same users with the same draws under every contender. */
export interface Study {
  /** All in worlds of long-term satisfaction, or all in own ones. */
  readonly contenders: readonly Contender[];
  readonly seed: string;
  readonly steps: number;
  readonly estimator: Estimator;
}

/** Two contenders by their places in the study: what does the second bring more than the first? */
export type Pair = readonly [first: number, second: number];

/** Every pair of a study, the earlier contender first. */
export function pairsOf(contenders: number): Pair[] {
  const places = Array.from({ length: contenders }, (_, place) => place);
  return places.flatMap((first) => places.slice(first + 1).map((second): Pair => [first, second]));
}

/** Lives blocks of a study, and adds each up. */
export interface BlockSource {
  /** How many portions it can have in hand at once. */
  readonly width: number;
  /** The blocks of neighbouring users, in their order. Rejects with the cause when they cannot be lived. */
  live(portion: Users): Promise<readonly StudyBlock[]>;
  close(): Promise<void>;
}
