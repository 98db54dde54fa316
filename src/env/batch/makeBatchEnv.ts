import { readOnce } from "../../check/readOnce.js";
import { refuse } from "../../check/refuse.js";
import { DEFAULT_SEED, seedKey } from "../../random/seedKey.js";
import { LongTermSatisfactionWorld } from "../../worlds/longTermSatisfaction/world.js";
import type { OwnWorld, World } from "../../world/world.js";
import type { Observation } from "../../spaces/observation.js";
import { BatchEnv } from "./batchEnv.js";
import { BATCH_OPTION_NAMES, batchOptionMistakes, type BatchEnvOptions } from "./batchOptions.js";
import { KernelBatch, type LtsBatchObservation } from "../../worlds/longTermSatisfaction/kernel/kernelBatch.js";
import { KernelLanes } from "../../worlds/longTermSatisfaction/kernel/kernelLanes.js";
import { LifeLanes } from "./lifeLanes.js";

/**
 * Many users at once. Lane i lives, bit for bit, what `makeEnv(world, { seed, user: user + i })` lives; its next episode is that of
 * user + i + users, and so on (numbers go round at 2^32). The long-term satisfaction world is led by a kernel of the batch's
 * own and shown in typed arrays; of any other world, each lane shows what its environment would show, in a list (if one of its
 * functions throws, some lanes have lived the step: reset them all). Rejects with `InvalidInput`, all mistakes at once.
 */
export async function makeBatchEnv(
  world: LongTermSatisfactionWorld,
  options: BatchEnvOptions,
): Promise<BatchEnv<LtsBatchObservation>>;
export async function makeBatchEnv<User, Shown, Response>(
  world: OwnWorld<User, Shown, Response>,
  options: BatchEnvOptions,
): Promise<BatchEnv<readonly Observation<User, Shown, Response>[]>>;
/** Of which kind a world is that is only known as one, its observations show. */
export async function makeBatchEnv(
  world: World,
  options: BatchEnvOptions,
): Promise<BatchEnv<LtsBatchObservation | readonly Observation[]>>;
export async function makeBatchEnv(world: World, options: BatchEnvOptions): Promise<BatchEnv<unknown>> {
  const given = readOnce("options", options, BATCH_OPTION_NAMES);
  refuse(batchOptionMistakes(world, given));
  const key = seedKey(given.seed ?? DEFAULT_SEED);
  if (!(world instanceof LongTermSatisfactionWorld)) {
    return new BatchEnv(world, new LifeLanes(world, given.users, key), given);
  }
  const batch = await KernelBatch.load(world, key, given.users);
  return new BatchEnv(world, new KernelLanes(world, batch, key), given);
}
