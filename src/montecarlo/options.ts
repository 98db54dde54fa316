import {
  expectedMistake,
  numberMistake,
  objectMistake,
  oneOfMistake,
  unknownFieldMistakes,
} from "../check/mistakes.js";
import { seedMistake, type Seed } from "../random/seedKey.js";
import { LongTermSatisfactionWorld } from "../scenario/longTermSatisfaction/world.js";
import { worldMistake, type World } from "../scenario/world.js";
import { enginesFor, ENGINES, runPolicyMistakes, type Engine, type RunPolicy } from "./runPolicy.js";

/** Users are numbered with 32 bits. */
const LAST_USER = 2 ** 32 - 1;

export interface RunOptions {
  /** Integer in [1, 2^32 - 1]. */
  readonly users: number;
  /**
   * Steps of each life that are lived, in [1, timeBudget]; all of them unless said otherwise. A world without a time budget
   * must be told, in [1, 65536].
   */
  readonly steps?: number;
  readonly seed: Seed;
  /** Number of the first user, 0 unless said otherwise. See `mergeRuns` for putting parts together. */
  readonly firstUser?: number;
  /** What agents fill, and own worlds, live in TypeScript alone; slates of a batch policy in the kernel alone. */
  readonly engine?: Engine;
  /** Told from time to time, and at the end, how many users are done. */
  readonly onProgress?: (usersDone: number) => void;
}

const OPTION_NAMES = ["users", "steps", "seed", "firstUser", "engine", "onProgress"];

/** Everything that is wrong with a run of that policy in that world, a sentence each. */
export function runOptionMistakes(world: World, policy: RunPolicy, options: RunOptions): string[] {
  const noObject = argumentMistakes(world, options);
  if (noObject.length > 0) return noObject;
  const { users, steps = world.timeBudget, seed, firstUser = 0, engine, onProgress } = options;
  const wrongPolicy = runPolicyMistakes(world, policy);
  const own = [
    numberMistake("users", users, { min: 1, max: LAST_USER, integer: true }),
    stepsMistake(steps, world.timeBudget),
    seedMistake(seed),
    numberMistake("firstUser", firstUser, { min: 0, max: LAST_USER, integer: true }),
    firstUser + users - 1 > LAST_USER && users <= LAST_USER && firstUser <= LAST_USER
      ? expectedMistake("firstUser", `at most ${LAST_USER + 1 - users} beside ${users} users`, firstUser)
      : undefined,
    engine === undefined
      ? undefined
      : engineMistake(engine, wrongPolicy.length > 0 ? ENGINES : enginesFor(world, policy)),
    onProgress === undefined || typeof onProgress === "function"
      ? undefined
      : expectedMistake("onProgress", "a function", onProgress),
  ].filter((mistake) => mistake !== undefined);
  return [...unknownFieldMistakes("run option", options, OPTION_NAMES), ...wrongPolicy, ...own];
}

function engineMistake(engine: Engine, able: readonly Engine[]): string | undefined {
  const unknown = oneOfMistake("engine", engine, ENGINES);
  if (unknown !== undefined || able.includes(engine)) return unknown;
  return expectedMistake("engine", `"${able[0]}", the one that lives this policy in this world`, engine);
}

export interface TraceOptions {
  /** Integer in [0, 2^32 - 1]. */
  readonly user: number;
  readonly seed: Seed;
  /** Steps to live, in [1, timeBudget]; all of them unless said otherwise. */
  readonly steps?: number;
}

/** The same for a trace. */
export function traceOptionMistakes(
  world: LongTermSatisfactionWorld,
  policy: RunPolicy,
  options: TraceOptions,
): string[] {
  const noObject = argumentMistakes(world, options);
  if (noObject.length > 0) return noObject;
  if (!(world instanceof LongTermSatisfactionWorld)) return [foreignMistake(world)];
  const own = [
    numberMistake("user", options.user, { min: 0, max: LAST_USER, integer: true }),
    stepsMistake(options.steps ?? world.timeBudget, world.timeBudget),
    seedMistake(options.seed),
  ].filter((mistake) => mistake !== undefined);
  const unknown = unknownFieldMistakes("trace option", options, ["user", "seed", "steps"]);
  return [...unknown, ...runPolicyMistakes(world, policy), ...own];
}

function foreignMistake(world: World): string {
  const rule = "one of long-term satisfaction, as a trace shows its numbers (step an own world through `makeEnv`)";
  return expectedMistake("world", rule, world.scenario);
}

/** Without a world and options there is nothing further to check. */
function argumentMistakes(world: World, options: object): string[] {
  return [worldMistake(world), objectMistake("options", options)].filter((mistake) => mistake !== undefined);
}

/** Lives are cut off there where a world sets no end of its own. */
const MOST_STEPS = 65_536;

function stepsMistake(steps: number, timeBudget: number): string | undefined {
  return numberMistake("steps", steps, { min: 1, max: Math.min(timeBudget, MOST_STEPS), integer: true });
}
