import {
  expectedMistake,
  numberMistake,
  objectMistake,
  oneOfMistake,
  unknownFieldMistakes,
} from "../check/mistakes.js";
import { policyMistakes } from "../policy/parsePolicy.js";
import type { Policy } from "../policy/policy.js";
import { seedMistake, type Seed } from "../random/seedKey.js";
import type { LongTermSatisfactionWorld } from "../scenario/longTermSatisfaction/world.js";
import { worldMistake } from "../scenario/world.js";

export const ENGINES = ["kernel", "reference"] as const;
/** "kernel": WebAssembly. "reference": the same lives in plain TypeScript, bit for bit, some seventy times slower (`npm run bench`). */
export type Engine = (typeof ENGINES)[number];

/** Users are numbered with 32 bits. */
const LAST_USER = 2 ** 32 - 1;

export interface RunOptions {
  /** Integer in [1, 2^32 - 1]. */
  readonly users: number;
  /** Steps of each life that are lived, in [1, timeBudget]; all of them unless said otherwise. */
  readonly steps?: number;
  readonly seed: Seed;
  /** Number of the first user, 0 unless said otherwise. See `mergeRuns` for putting parts together. */
  readonly firstUser?: number;
  readonly engine?: Engine;
  /** Told from time to time, and at the end, how many users are done. */
  readonly onProgress?: (usersDone: number) => void;
}

const OPTION_NAMES = ["users", "steps", "seed", "firstUser", "engine", "onProgress"];

/** Everything that is wrong with a run of that policy in that world, a sentence each. */
export function runOptionMistakes(world: LongTermSatisfactionWorld, policy: Policy, options: RunOptions): string[] {
  const noObject = argumentMistakes(world, options);
  if (noObject.length > 0) return noObject;
  const { users, steps, seed, firstUser = 0, engine = "kernel", onProgress } = options;
  const { timeBudget, slateSize } = world.parameters;
  const own = [
    numberMistake("users", users, { min: 1, max: LAST_USER, integer: true }),
    stepsMistake(steps, timeBudget),
    seedMistake(seed),
    numberMistake("firstUser", firstUser, { min: 0, max: LAST_USER, integer: true }),
    firstUser + users - 1 > LAST_USER && users <= LAST_USER && firstUser <= LAST_USER
      ? expectedMistake("firstUser", `at most ${LAST_USER + 1 - users} beside ${users} users`, firstUser)
      : undefined,
    oneOfMistake("engine", engine, ENGINES),
    onProgress === undefined || typeof onProgress === "function"
      ? undefined
      : expectedMistake("onProgress", "a function", onProgress),
  ].filter((mistake) => mistake !== undefined);
  return [...unknownFieldMistakes("run option", options, OPTION_NAMES), ...policyMistakes(policy, slateSize), ...own];
}

export interface TraceOptions {
  /** Integer in [0, 2^32 - 1]. */
  readonly user: number;
  readonly seed: Seed;
  /** Steps to live, in [1, timeBudget]; all of them unless said otherwise. */
  readonly steps?: number;
}

/** The same for a trace. */
export function traceOptionMistakes(world: LongTermSatisfactionWorld, policy: Policy, options: TraceOptions): string[] {
  const noObject = argumentMistakes(world, options);
  if (noObject.length > 0) return noObject;
  const own = [
    numberMistake("user", options.user, { min: 0, max: LAST_USER, integer: true }),
    stepsMistake(options.steps, world.parameters.timeBudget),
    seedMistake(options.seed),
  ].filter((mistake) => mistake !== undefined);
  const unknown = unknownFieldMistakes("trace option", options, ["user", "seed", "steps"]);
  return [...unknown, ...policyMistakes(policy, world.parameters.slateSize), ...own];
}

/** Without a world and options there is nothing further to check. */
function argumentMistakes(world: LongTermSatisfactionWorld, options: object): string[] {
  return [worldMistake(world), objectMistake("options", options)].filter((mistake) => mistake !== undefined);
}

function stepsMistake(steps: number | undefined, timeBudget: number): string | undefined {
  return steps === undefined ? undefined : numberMistake("steps", steps, { min: 1, max: timeBudget, integer: true });
}
