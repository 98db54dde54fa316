import { workerUrlMistake } from "#workerAddress";
import { isArray } from "../check/lists.js";
import {
  expectedMistake,
  numberMistake,
  objectMistake,
  oneOfMistake,
  unknownFieldMistakes,
} from "../check/mistakes.js";
import { enginesFor, ENGINES, type Engine } from "../engines/openEngine.js";
import { policyMistakes } from "../policies/policyMistakes.js";
import { DEFAULT_SEED, seedMistake } from "../random/seedKey.js";
import { ESTIMATORS, type Estimator } from "../statistics/estimator.js";
import { storeMistake } from "../studies/blockStore.js";
import { isRemoteWorkers } from "../studies/remoteWorkers.js";
import { precisionMistakes, returnNames } from "../studies/stoppingRule.js";
import { metricMistakes } from "../world/metricMistakes.js";
import type { RunPolicy } from "../world/policy.js";
import { worldMistake, type World } from "../world/world.js";
import { LAST_USER, maxUsersOf, OPTION_NAMES, type ReadOptions } from "./options.js";

const MAX_WORKERS = 256;
/** Maximal number of steps in a world without a time budget. */
const MAX_STEPS = 65_536;

/** Returns all errors in a run of that policy in that world. */
export function runOptionMistakes(world: World, policy: RunPolicy, options: ReadOptions): string[] {
  const noObject = argumentMistakes(world, options);
  if (noObject.length > 0) return noObject;
  const wrongPolicy = policyMistakes(world, policy, options.steps ?? world.timeBudget);
  const engines = wrongPolicy.length > 0 ? ENGINES : supportedEngines(world, policy, options);
  return [
    ...unknownFieldMistakes("run option", options, OPTION_NAMES),
    ...wrongPolicy,
    ...sharedOptionMistakes(options, world, engines),
    ...(options.precision === undefined ? [] : precisionMistakes(options.precision, [], returnNames(world))),
  ].filter((mistake) => mistake !== undefined);
}

/** Returns the engines that can simulate the policy under those options. */
export function supportedEngines(world: World, policy: RunPolicy, { metrics }: ReadOptions): readonly Engine[] {
  return enginesFor(world, policy, isArray(metrics) ? metrics : []);
}

/** Returns the errors in options that do not depend on the policies; `engines` can simulate these. */
export function sharedOptionMistakes(
  options: ReadOptions,
  world: World,
  engines: readonly Engine[],
): (string | undefined)[] {
  const { steps = world.timeBudget, seed = DEFAULT_SEED, engine, estimator, workers = 1 } = options;
  const { discount = 1, warmUp = 0, metrics, workerUrl, signal, store, onProgress } = options;
  const wrongSteps = stepsMistake(steps, world.timeBudget);
  const maxWarmUp = wrongSteps === undefined ? steps - 1 : MAX_STEPS - 1;
  return [
    ...extentMistakes(options),
    wrongSteps,
    seedMistake(seed),
    estimator === undefined ? undefined : estimatorMistake(estimator, world),
    numberMistake("discount", discount, { min: 0, max: 1 }),
    numberMistake("warmUp", warmUp, { min: 0, max: maxWarmUp, integer: true }),
    ...metricMistakes("metrics", metrics, Object.entries(world.metrics), world.rewardName),
    engine === undefined ? undefined : engineMistake(engine, engines),
    isRemoteWorkers(workers) ? undefined : workersMistake(workers),
    workerUrlMistake(workerUrl),
    signalMistake(signal),
    store === undefined ? undefined : storeMistake(store),
    onProgressMistake(onProgress),
  ];
}

const abortedOf = Object.getOwnPropertyDescriptor(AbortSignal.prototype, "aborted")!.get!;

/** Not what only has its prototype. */
function isAbortSignal(signal: unknown): boolean {
  try {
    abortedOf.call(signal);
    return signal instanceof AbortSignal;
  } catch {
    return false;
  }
}

function extentMistakes(options: ReadOptions): (string | undefined)[] {
  const { users, precision, maxUsers, firstUser = 0 } = options;
  const most = maxUsersOf(typeof firstUser === "number" ? options : { ...options, firstUser: 0 });
  const numbers = typeof most === "number" && typeof firstUser === "number";
  const inRange = numbers && most <= LAST_USER && firstUser <= LAST_USER;
  return [
    precision === undefined || users !== undefined
      ? numberMistake("users", users, { min: 1, max: LAST_USER, integer: true })
      : undefined,
    precision === undefined || users === undefined
      ? undefined
      : expectedMistake("users", "nothing beside precision (maxUsers bounds it)", users),
    maxUsers === undefined ? undefined : numberMistake("maxUsers", maxUsers, { min: 1, max: LAST_USER, integer: true }),
    maxUsers === undefined || precision !== undefined
      ? undefined
      : expectedMistake("maxUsers", "nothing without precision", maxUsers),
    numberMistake("firstUser", firstUser, { min: 0, max: LAST_USER, integer: true }),
    inRange && firstUser + most - 1 > LAST_USER
      ? expectedMistake("firstUser", `at most ${LAST_USER + 1 - most} beside ${most} users`, firstUser)
      : undefined,
  ];
}

export function workersMistake(workers: number | "auto"): string | undefined {
  const rule = { min: 1, max: MAX_WORKERS, integer: true };
  if (workers === "auto" || numberMistake("workers", workers, rule) === undefined) return undefined;
  return expectedMistake("workers", `"auto" or an integer in [1, ${MAX_WORKERS}]`, workers);
}

export function signalMistake(signal: unknown): string | undefined {
  const legal = signal === undefined || isAbortSignal(signal);
  return legal ? undefined : expectedMistake("signal", "an AbortSignal", signal);
}

export function onProgressMistake(onProgress: unknown): string | undefined {
  const legal = onProgress === undefined || typeof onProgress === "function";
  return legal ? undefined : expectedMistake("onProgress", "a function", onProgress);
}

function estimatorMistake(estimator: Estimator, { hasExpectedReward, controlVariates }: World): string | undefined {
  const unknown = oneOfMistake("estimator", estimator, ESTIMATORS);
  if (unknown !== undefined || estimator === "sampled") return unknown;
  if (!hasExpectedReward)
    return expectedMistake("estimator", '"sampled", as the world has no users.expectedReward', estimator);
  if (estimator === "expected" || controlVariates !== undefined) return undefined;
  return expectedMistake("estimator", '"sampled" or "expected", as the world has no controlVariates', estimator);
}

function engineMistake(engine: Engine, supported: readonly Engine[]): string | undefined {
  const unknown = oneOfMistake("engine", engine, ENGINES);
  if (unknown !== undefined || supported.includes(engine)) return unknown;
  return expectedMistake("engine", `"${supported[0]}", which supports this world, policy and options`, engine);
}

/** Returns the errors that prevent further validation: no world, or no options. */
export function argumentMistakes(world: World, options: object): string[] {
  return [worldMistake(world), objectMistake("options", options)].filter((mistake) => mistake !== undefined);
}

export function stepsMistake(steps: number, timeBudget: number): string | undefined {
  if (steps === Infinity && timeBudget === Infinity) {
    const reason = "as the world has no timeBudget (in a world file: export const timeBudget)";
    return expectedMistake("steps", `an integer in [1, ${MAX_STEPS}], ${reason}`, steps);
  }
  return numberMistake("steps", steps, { min: 1, max: Math.min(timeBudget, MAX_STEPS), integer: true });
}
