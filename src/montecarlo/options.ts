import type { Engine, EngineDemand } from "../engines/openEngine.js";
import { DEFAULT_SEED, seedText, type Seed } from "../random/seedKey.js";
import type { Estimator } from "../statistics/estimator.js";
import type { BlockStore } from "../studies/blockStore.js";
import type { RemoteWorkers } from "../studies/remoteWorkers.js";
import type { Precision } from "../studies/stoppingRule.js";
import type { MetricTable, NamedMetrics } from "../world/metrics.js";
import type { World } from "../world/world.js";

/** Users are numbered with 32 bits. */
export const LAST_USER = 2 ** 32 - 1;

/** Called with the number of users done, and the number expected in all. */
export type OnProgress = (usersDone: number, usersExpected: number) => void;

/** How one policy, or several, are simulated. */
export interface RunOptions {
  /** How many users are simulated: an integer in [1, 2^32 - 1]. Not beside `precision`. */
  readonly users?: number;
  /** How narrow an interval must be: the run ends after the first block of 4,096 users at whose end it is. Not beside `users`. */
  readonly precision?: Precision;
  /** The most users beside `precision`. Default: 100 million, or as many as there are numbers for. */
  readonly maxUsers?: number;
  /**
   * Steps of each episode, in [1, timeBudget]; longer ones are cut off. Default: the time budget. For a world without one it must
   * be given, in [1, 65536].
   */
  readonly steps?: number;
  /** Any text, or a finite number; 7 and "7" are one seed. Default: 0. */
  readonly seed?: Seed;
  /** Number of the first user. Default: 0. See `mergeRuns` for putting parts together. */
  readonly firstUser?: number;
  /** Engine of the run. Default: the kernel where it supports world, policy and options; the reference supports all. */
  readonly engine?: Engine;
  /** Estimator of the returns: see `Estimator`. Default: "sampled", the only one where a world has no expected reward. */
  readonly estimator?: Estimator;
  /** γ in [0, 1]: a reward t steps after the warm-up counts γ^t. Default: 1. */
  readonly discount?: number;
  /** First steps that are left out of returns, averages, ratios and clicks; integer in [0, steps). Default: 0. */
  readonly warmUp?: number;
  /** Metrics beside those of the world, by name: see `metrics`. Their functions are called in the calling thread. */
  readonly metrics?: MetricTable;
  /**
   * Threads, in [1, 256], or "auto" for as many as there are cores, where that is worth their start. Default: 1, the calling one.
   * Worlds, policies and metrics that are the caller's functions stay in the calling thread, unless a module exports the world or policy
   * (see `importWorld`, `importPolicy`, `importAgent`), or the world is a compiled one (`compiledWorld`). Or the workers of a queue (`openQueue` of `slatesim/bullmq`), which need such modules. All else about the result is the same for any number.
   */
  readonly workers?: number | "auto" | RemoteWorkers;
  /**
   * Address from which a page starts its workers, absolute or relative to the page: that of `slatesim/worker`, which a bundler makes a file
   * of its own of. Default: the package's own, which Vite and webpack find by themselves. Not in Node. With `workers` "auto" a page whose
   * workers do not start simulates in the calling thread, after a warning; with a number the run rejects.
   */
  readonly workerUrl?: string | URL;
  /** Ends the run early: when it is aborted, the run ends with the users that are finished, or rejects with its reason if there are none. */
  readonly signal?: AbortSignal;
  /** Keeps finished blocks, so that a run that was stopped resumes from there (`slatesim/records` has one for a folder). */
  readonly store?: BlockStore;
  /** Called from time to time, and at the end. */
  readonly onProgress?: OnProgress;
}

/** How several policies are simulated and compared. */
export interface CompareOptions extends RunOptions {
  /** Name of the policy that the others are compared with: it is `a` in its pairs. Default: the first. */
  readonly baseline?: string;
}

/** Options read once: see `runOptionsOnce`. */
export type ReadOptions = Omit<RunOptions, "metrics" | "workerUrl"> & {
  readonly metrics: NamedMetrics;
  readonly workerUrl?: string;
};
/** Options of a comparison read once. */
export type ReadCompareOptions = ReadOptions & Pick<CompareOptions, "baseline">;

export const OPTION_NAMES =
  "users precision maxUsers steps seed firstUser engine estimator discount warmUp metrics workers workerUrl signal store onProgress".split(
    " ",
  );

export const COMPARE_OPTION_NAMES = [...OPTION_NAMES, "baseline"];

const DEFAULT_MAX_USERS = 100_000_000;

/** Returns the seed as text. */
export function seedOf({ seed = DEFAULT_SEED }: Pick<RunOptions, "seed">): string {
  return seedText(seed);
}

/** Which users a run has. */
type ReadExtent = Pick<RunOptions, "users" | "maxUsers" | "firstUser">;

/** Returns the maximal number of users of a run. */
export function maxUsersOf({ users, maxUsers, firstUser = 0 }: ReadExtent): number {
  return users ?? maxUsers ?? Math.min(DEFAULT_MAX_USERS, LAST_USER + 1 - firstUser);
}

/** Returns the estimator for the header; empty for the default. */
export function estimatorOf({ estimator }: Pick<RunOptions, "estimator">): {
  readonly estimator?: Exclude<Estimator, "sampled">;
} {
  return estimator === undefined || estimator === "sampled" ? {} : { estimator };
}

/** Returns what the options demand of an engine in that world. */
export function demandOf(options: ReadOptions, { timeBudget }: World): EngineDemand {
  const { steps = timeBudget, estimator = "sampled", discount = 1, warmUp = 0, metrics } = options;
  return { seed: seedOf(options), steps, estimator, discount, warmUp, metrics };
}
