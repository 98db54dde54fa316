import { expectedMistake, objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { BLOCK_USERS, cut } from "../statistics/blocks.js";
import { runOptionMistakes, type RunOptions } from "../montecarlo/options.js";
import type { Run } from "../montecarlo/run.js";
import type { LtsRunPolicy } from "../policies/runPolicy.js";
import { simulate } from "../montecarlo/simulate.js";
import { trace } from "../montecarlo/trace.js";
import { digestText } from "../statistics/userDigest.js";
import { originOf } from "../policies/importPolicy.js";
import type { Parameters } from "../worlds/longTermSatisfaction/parameters.js";
import type { LongTermSatisfactionWorld } from "../worlds/longTermSatisfaction/world.js";
import { kernelSha256 } from "../wasm/bytes.js";
import { BlockDigests } from "./blockDigests.js";
import { evenly } from "./evenly.js";

/** One step of a life on record: slot clicked (the slate's size for none), engagement, exposure after it. */
export type LockedStep = readonly [choice: number, engagement: number, exposure: number];

/** A run as it must stay, bit for bit. */
export interface Lock {
  readonly format: typeof LOCK_FORMAT;
  readonly version: typeof LOCK_VERSION;
  readonly scenario: string;
  readonly parameters: Readonly<Parameters>;
  /** Hash over the parameters. */
  readonly world: string;
  readonly policy: string;
  /** Where a policy in TypeScript comes from, as `file:///…/policies.js#export`; in the file as seen from there, if it lies at or below the lock's folder. */
  readonly policyModule?: string;
  readonly users: number;
  readonly firstUser: number;
  readonly steps: number;
  readonly seed: string;
  readonly streamVersion: number;
  /** SHA-256 of the compiled kernel, which may change when the bits do not. */
  readonly kernel: string;
  readonly digest: string;
  /** The headline, for people who read a difference between two versions of the file. */
  readonly means: {
    readonly totalEngagement: number;
    readonly finalSatisfaction: number;
    readonly finalExposure: number;
  };
  /** The digest of every block of 4,096 users. */
  readonly blocks: readonly string[];
  /** A few whole lives, the first of their blocks: what tells user, step and values where a block has changed. */
  readonly lives: readonly { readonly user: number; readonly steps: readonly LockedStep[] }[];
}

export const LOCK_FORMAT = "slatesim lock";
export const LOCK_VERSION = 2;
export const MEANS: readonly (keyof Lock["means"])[] = ["totalEngagement", "finalSatisfaction", "finalExposure"];
const MOST_LIVES = 4;

export type LockOptions = Pick<
  RunOptions,
  "users" | "steps" | "seed" | "firstUser" | "workers" | "signal" | "onProgress"
>;

const OPTION_NAMES = "users steps seed firstUser workers signal onProgress".split(" ");

/**
 * Runs a policy and records what must not change: a built-in one, or one that `importPolicy` brought. Rejects with
 * `InvalidInput`, or when it is interrupted.
 */
export async function makeLock(
  world: LongTermSatisfactionWorld,
  policy: LtsRunPolicy,
  options: LockOptions,
): Promise<Lock> {
  refuse([objectMistake("options", options)]);
  refuse([...unknownFieldMistakes("lock option", options, OPTION_NAMES), ...runOptionMistakes(world, policy, options)]);
  const origin = originOf(policy);
  const rule = "a built-in one, or one of a module, brought by importPolicy";
  refuse(["rule" in policy || origin ? undefined : expectedMistake("policy", rule, policy.name)]);
  const digests = new BlockDigests();
  const run = await simulate(world, policy, { ...options, store: digests });
  options.signal?.throwIfAborted();
  const blocks = [...cut(run, BLOCK_USERS)].map(({ firstUser }) => firstUser);
  const lives = evenly(blocks, MOST_LIVES).map((user) => ({ user, steps: lockedSteps(world, policy, run, user) }));
  return {
    format: LOCK_FORMAT,
    version: LOCK_VERSION,
    scenario: run.scenario,
    parameters: run.parameters,
    world: world.hash,
    policy: run.policy,
    ...(origin && { policyModule: `${origin.url}#${origin.name}` }),
    users: run.users,
    firstUser: run.firstUser,
    steps: run.steps,
    seed: run.seed,
    streamVersion: run.streamVersion,
    kernel: kernelSha256,
    digest: run.digest,
    means: meansOf(run),
    blocks: digests.inOrder().map(digestText),
    lives,
  };
}

export function meansOf({ metrics }: Run): Lock["means"] {
  const { totalEngagement, finalSatisfaction, finalExposure } = metrics;
  return {
    totalEngagement: totalEngagement.mean,
    finalSatisfaction: finalSatisfaction.mean,
    finalExposure: finalExposure.mean,
  };
}

/** A user's life in plain TypeScript, as it stands in a lock. */
export function lockedSteps(
  world: LongTermSatisfactionWorld,
  policy: LtsRunPolicy,
  { seed, steps }: Pick<Run, "seed" | "steps">,
  user: number,
): LockedStep[] {
  return trace(world, policy, { user, seed, steps }).steps.map(({ choice, engagement, exposure }) => {
    return [choice, engagement, exposure];
  });
}
