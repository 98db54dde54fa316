import {
  expectedMistake,
  numberMistake,
  objectMistake,
  oneOfMistake,
  unknownFieldMistakes,
} from "../check/mistakes.js";
import { DEFAULT_SEED, seedMistake, seedText, type Seed } from "../random/seedKey.js";
import { LongTermSatisfactionWorld } from "../worlds/longTermSatisfaction/world.js";
import { worldMistake, type World } from "../world/world.js";
import { ESTIMATORS, type Estimator } from "../statistics/estimator.js";
import { storeMistake, type BlockStore } from "../studies/blockStore.js";
import { precisionMistakes, type Precision } from "../studies/precision.js";
import { enginesFor, ENGINES, runPolicyMistakes, type Engine, type RunPolicy } from "../policies/runPolicy.js";

/** Users are numbered with 32 bits. */
const LAST_USER = 2 ** 32 - 1;

export type OnProgress = (usersDone: number, usersExpected: number) => void;

/** How one policy, or several, are lived. */
export interface RunOptions {
  /** Integer in [1, 2^32 - 1]. Not beside `precision`. */
  readonly users?: number;
  /** Instead of `users`: after the first block of 4,096 users at whose end an interval is narrow enough, the run ends. */
  readonly precision?: Precision;
  /** The most users beside `precision`; 100 million, or as many as there are numbers for, unless said otherwise. */
  readonly maxUsers?: number;
  /**
   * Steps of each life that are lived, in [1, timeBudget]; all of them unless said otherwise. A world without a time budget
   * must be told, in [1, 65536].
   */
  readonly steps?: number;
  /** 0 unless said otherwise. */
  readonly seed?: Seed;
  /** Number of the first user, 0 unless said otherwise. See `mergeRuns` for putting parts together. */
  readonly firstUser?: number;
  /** What agents fill, and own worlds, live in TypeScript alone; slates of a batch policy in the kernel alone. */
  readonly engine?: Engine;
  /** What returns are made of: see `Estimator`. "sampled" unless said otherwise, and always in own worlds. */
  readonly estimator?: Estimator;
  /**
   * Threads, in [1, 256], or "auto" for as many as there are cores, where that is worth their start; 1, the calling one, unless said
   * otherwise. Own worlds, and policies that are functions of the caller's, stay in the calling thread (see `importPolicy`).
   * All else about the result is the same for any number.
   */
  readonly workers?: number | "auto";
  /** When it is aborted, the run ends with the users that are finished, or rejects with its reason if there are none. */
  readonly signal?: AbortSignal;
  /** Keeps finished blocks, so that a run that was stopped goes on from there (`slatesim/records` has one for a folder). */
  readonly store?: BlockStore;
  /** Told from time to time, and at the end, how many users are done, and of how many, as far as that can be told. */
  readonly onProgress?: OnProgress;
}

export const TRACE_OPTION_NAMES = ["user", "seed", "steps"];

export const OPTION_NAMES =
  "users precision maxUsers steps seed firstUser engine estimator workers signal store onProgress".split(" ");

const MOST_WORKERS = 256;
const USUAL_MAX_USERS = 100_000_000;

/** The seed as text. */
export function seedOf({ seed = DEFAULT_SEED }: Pick<RunOptions, "seed">): string {
  return seedText(seed);
}

/** The most users that a run may come to. */
export function mostUsers({ users, maxUsers, firstUser = 0 }: RunOptions): number {
  return users ?? maxUsers ?? Math.min(USUAL_MAX_USERS, LAST_USER + 1 - firstUser);
}

/** For the header: named where it is not the usual one. */
export function estimatorOf({ estimator }: RunOptions): { readonly estimator?: "expected" } {
  return estimator === "expected" ? { estimator } : {};
}

/** Everything that is wrong with a run of that policy in that world, a sentence each. */
export function runOptionMistakes(world: World, policy: RunPolicy, options: RunOptions): string[] {
  const noObject = argumentMistakes(world, options);
  if (noObject.length > 0) return noObject;
  const wrongPolicy = runPolicyMistakes(world, policy);
  const engines = wrongPolicy.length > 0 ? ENGINES : enginesFor(world, policy);
  return [
    ...unknownFieldMistakes("run option", options, OPTION_NAMES),
    ...wrongPolicy,
    ...sharedOptionMistakes(options, world, engines),
    ...(options.precision === undefined ? [] : precisionMistakes(options.precision, [], returnName(world))),
  ].filter((mistake) => mistake !== undefined);
}

/** What is wrong with options whoever the policies are, that `engines` can live. */
export function sharedOptionMistakes(
  options: RunOptions,
  world: World,
  engines: readonly Engine[],
): (string | undefined)[] {
  const {
    steps = world.timeBudget,
    seed = DEFAULT_SEED,
    engine,
    estimator,
    workers = 1,
    signal,
    store,
    onProgress,
  } = options;
  return [
    ...extentMistakes(options),
    stepsMistake(steps, world.timeBudget),
    seedMistake(seed),
    estimator === undefined ? undefined : estimatorMistake(estimator, world),
    engine === undefined ? undefined : engineMistake(engine, engines),
    workersMistake(workers),
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

/** What a user's return is called in that world's metrics. */
export function returnName(world: World): "totalEngagement" | "totalReward" {
  return world instanceof LongTermSatisfactionWorld ? "totalEngagement" : "totalReward";
}

function extentMistakes(options: RunOptions): (string | undefined)[] {
  const { users, precision, maxUsers, firstUser = 0 } = options;
  const most = mostUsers(typeof firstUser === "number" ? options : { ...options, firstUser: 0 });
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
  const rule = { min: 1, max: MOST_WORKERS, integer: true };
  if (workers === "auto" || numberMistake("workers", workers, rule) === undefined) return undefined;
  return expectedMistake("workers", `"auto" or an integer in [1, ${MOST_WORKERS}]`, workers);
}

export function signalMistake(signal: unknown): string | undefined {
  const legal = signal === undefined || isAbortSignal(signal);
  return legal ? undefined : expectedMistake("signal", "an AbortSignal", signal);
}

export function onProgressMistake(onProgress: unknown): string | undefined {
  const legal = onProgress === undefined || typeof onProgress === "function";
  return legal ? undefined : expectedMistake("onProgress", "a function", onProgress);
}

function estimatorMistake(estimator: Estimator, world: World): string | undefined {
  const unknown = oneOfMistake("estimator", estimator, ESTIMATORS);
  if (unknown !== undefined || estimator === "sampled" || world instanceof LongTermSatisfactionWorld) return unknown;
  return expectedMistake("estimator", '"sampled", as no closed form is known in an own world', estimator);
}

function engineMistake(engine: Engine, able: readonly Engine[]): string | undefined {
  const unknown = oneOfMistake("engine", engine, ENGINES);
  if (unknown !== undefined || able.includes(engine)) return unknown;
  if (able.length === 0) return expectedMistake("engine", "none, as no engine lives all of these policies", engine);
  return expectedMistake("engine", `"${able[0]}", the one that lives this policy in this world`, engine);
}

export interface TraceOptions {
  /** Integer in [0, 2^32 - 1]. */
  readonly user: number;
  /** 0 unless said otherwise. */
  readonly seed?: Seed;
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
    seedMistake(options.seed ?? DEFAULT_SEED),
  ].filter((mistake) => mistake !== undefined);
  const unknown = unknownFieldMistakes("trace option", options, TRACE_OPTION_NAMES);
  return [...unknown, ...runPolicyMistakes(world, policy), ...own];
}

function foreignMistake(world: World): string {
  const rule = "one of long-term satisfaction, as a trace shows its numbers (step an own world through `makeEnv`)";
  return expectedMistake("world", rule, world.scenario);
}

/** Without a world and options there is nothing further to check. */
export function argumentMistakes(world: World, options: object): string[] {
  return [worldMistake(world), objectMistake("options", options)].filter((mistake) => mistake !== undefined);
}

/** Lives are cut off there where a world sets no end of its own. */
const MOST_STEPS = 65_536;

function stepsMistake(steps: number, timeBudget: number): string | undefined {
  return numberMistake("steps", steps, { min: 1, max: Math.min(timeBudget, MOST_STEPS), integer: true });
}
