import { objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { runOptionMistakes } from "../montecarlo/optionMistakes.js";
import type { RunOptions } from "../montecarlo/options.js";
import { runOptionsOnce } from "../montecarlo/optionsOnce.js";
import { simulate } from "../montecarlo/simulate.js";
import { recordedSteps, type RecordedStep } from "../montecarlo/tracedEpisodes.js";
import { BLOCK_USERS, splitUsers } from "../statistics/blocks.js";
import { metricsByName, type CommonMetrics } from "../statistics/metrics.js";
import { digestText } from "../statistics/userDigest.js";
import { returnNames } from "../studies/stoppingRule.js";
import { layoutOf } from "../world/metrics.js";
import type { RunPolicy } from "../world/policy.js";
import type { World } from "../world/world.js";
import type { WorldTypes } from "../world/worldTypes.js";
import { writtenParameters } from "../world/writtenParameters.js";
import { BlockDigests } from "./blockDigests.js";
import { evenly } from "./evenly.js";
import { sourcesOf, type LockSources } from "./lockSources.js";

/** A run as it must stay, bit for bit. */
export interface Lock extends LockSources {
  readonly format: typeof LOCK_FORMAT;
  readonly version: typeof LOCK_VERSION;
  readonly scenario: string;
  readonly parameters: unknown;
  /** Hash of the world. */
  readonly world: string;
  readonly policy: string;
  readonly users: number;
  readonly firstUser: number;
  readonly steps: number;
  readonly seed: string;
  readonly streamVersion: number;
  /** SHA-256 of the compiled kernel of the world, which may change when the bits do not. */
  readonly kernel: string;
  readonly digest: string;
  /** The experiment that `slatesim run --config` repeats, in locks of the command line. */
  readonly config?: object;
  /** The headline, for people who read a difference between two versions of the file. */
  readonly means: Readonly<Record<string, number>>;
  /** The digest of every block of 4,096 users. */
  readonly blocks: readonly string[];
  /**
   * A few whole episodes, the first of their blocks: what tells user, step and values where a block has changed. A step is the slot
   * clicked (the slate's size for none), the reward, and the numbers of the state after it.
   */
  readonly lives: readonly { readonly user: number; readonly steps: readonly RecordedStep[] }[];
}

export const LOCK_FORMAT = "slatesim lock";
export const LOCK_VERSION = 2;
const MAX_EPISODES = 4;

/** Options of a run that can be locked. */
export type LockOptions = Pick<
  RunOptions,
  "users" | "steps" | "seed" | "firstUser" | "workers" | "signal" | "onProgress"
>;

const OPTION_NAMES = "users steps seed firstUser workers signal onProgress".split(" ");

/**
 * Runs a policy in a world, and records the results that must not change. The lock names the modules of `importWorld`, `importPolicy` and
 * `importAgent`; of any other custom world, table of users, policy in TypeScript or optimal policy it says that it was handed over as a
 * value, which `readLock` then needs. Rejects with `InvalidInput`, or when it is interrupted.
 */
export async function makeLock<T extends WorldTypes>(
  world: World<T>,
  policy: RunPolicy<NoInfer<T>>,
  options: LockOptions,
): Promise<Lock> {
  return makeAnyLock(world as World, policy as RunPolicy, options);
}

async function makeAnyLock(world: World, policy: RunPolicy, options: LockOptions): Promise<Lock> {
  refuse([objectMistake("options", options)]);
  refuse([
    ...unknownFieldMistakes("lock option", options, OPTION_NAMES),
    ...runOptionMistakes(world, policy, runOptionsOnce(options)),
  ]);
  const digests = new BlockDigests();
  const run = await simulate(world, policy, { ...options, store: digests });
  options.signal?.throwIfAborted();
  const blocks = [...splitUsers(run, BLOCK_USERS)].map(({ firstUser }) => firstUser);
  const lives = evenly(blocks, MAX_EPISODES).map((user) => ({ user, steps: recordedSteps(world, policy, run, user) }));
  return {
    format: LOCK_FORMAT,
    version: LOCK_VERSION,
    scenario: run.scenario,
    parameters: writtenParameters(world.parameters),
    world: world.hash,
    policy: run.policy,
    ...sourcesOf(world, policy),
    users: run.users,
    firstUser: run.firstUser,
    steps: run.steps,
    seed: run.seed,
    streamVersion: run.streamVersion,
    kernel: kernelOf(world),
    digest: run.digest,
    means: meansOf(world, run),
    blocks: digests.inOrder().map(digestText),
    lives,
  };
}

/** Returns the hash of a world's kernel; sixty-four zeros for a world without one. */
export function kernelOf({ kernel }: World): string {
  return kernel?.sha256 ?? "0".repeat(64);
}

/** Returns the names of the means in locks of that world. */
export function meanNames(world: World): string[] {
  return [returnNames(world)[0]!, ...layoutOf(Object.entries(world.metrics), world.rewardName).values];
}

export function meansOf(world: World, { metrics }: { readonly metrics: CommonMetrics }): Lock["means"] {
  return Object.fromEntries(meanNames(world).map((name) => [name, metricsByName(metrics)[name]!.mean]));
}
