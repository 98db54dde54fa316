import { objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { onProgressMistake, signalMistake } from "../montecarlo/optionMistakes.js";
import { traceOptionMistakes } from "../montecarlo/traceOptions.js";
import type { RunPolicy } from "../world/policy.js";
import type { Seed } from "../random/seedKey.js";
import { tableFileMistake } from "../tables/tableFile.js";
import type { World } from "../world/world.js";
import { readUserNumbers, type UserNumbers } from "./userNumbers.js";

/** Options of trajectories: the users, seed and steps. */
export interface TrajectoryOptions {
  /** Numbers of the users: integers in [0, 2^32 - 1], at most 2^24 of them. They are written in ascending order, each once. */
  readonly users: Iterable<number>;
  /** Any text, or a finite number. Default: 0. */
  readonly seed?: Seed;
  /** Steps of each episode, as in `RunOptions`. */
  readonly steps?: number;
  /** Called from time to time, and at the end, with the number of users done. */
  readonly onProgress?: (usersDone: number) => void;
  /** Ends the work early when aborted; nothing is written then, and the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

const NAMES = ["users", "seed", "steps", "onProgress", "signal"];

/** Returns the users, and all errors of a call. */
export function readTrajectoryOptions(
  path: string,
  world: World,
  policy: RunPolicy,
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
  const own = [tableFileMistake("path", path), onProgressMistake(onProgress), signalMistake(signal), noObject];
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
