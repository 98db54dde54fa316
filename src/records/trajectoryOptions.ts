import { objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { onProgressMistake, signalMistake, traceOptionMistakes } from "../montecarlo/options.js";
import type { LtsRunPolicy } from "../policies/runPolicy.js";
import type { Seed } from "../random/seedKey.js";
import type { LongTermSatisfactionWorld } from "../worlds/longTermSatisfaction/world.js";
import { trajectoryFileMistake } from "./trajectoryFile.js";
import { readUserNumbers, type UserNumbers } from "./userNumbers.js";

export interface TrajectoryOptions {
  /** Whose lives: integers in [0, 2^32 - 1], at most 2^24 of them. They are written rising, each once. */
  readonly users: Iterable<number>;
  /** 0 unless said otherwise. */
  readonly seed?: Seed;
  /** Steps to live, in [1, timeBudget]; all of them unless said otherwise. */
  readonly steps?: number;
  /** Told from time to time, and at the end, how many users are done. */
  readonly onProgress?: (usersDone: number) => void;
  /** Ends the work early; nothing is written then, and the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

const NAMES = ["users", "seed", "steps", "onProgress", "signal"];

/** The users, and all that is wrong with a call. */
export function readTrajectoryOptions(
  path: string,
  world: LongTermSatisfactionWorld,
  policy: LtsRunPolicy,
  options: TrajectoryOptions,
): UserNumbers {
  const noObject = objectMistake("options", options);
  const {
    users: given,
    seed,
    steps,
    onProgress,
    signal,
  } = noObject === undefined ? options : ({} as TrajectoryOptions);
  const { users, mistakes: wrongUsers } = readUserNumbers("users", given);
  const own = [trajectoryFileMistake("path", path), onProgressMistake(onProgress), signalMistake(signal), noObject];
  if (noObject !== undefined) return { users, mistakes: own.filter((mistake) => mistake !== undefined) };
  const traced = { user: 0, ...(seed !== undefined && { seed }), ...(steps !== undefined && { steps }) };
  const mistakes = [
    ...unknownFieldMistakes("trajectory option", options, NAMES),
    ...own.filter((mistake) => mistake !== undefined),
    ...traceOptionMistakes(world, policy, traced),
    ...wrongUsers,
  ];
  return { users, mistakes };
}
