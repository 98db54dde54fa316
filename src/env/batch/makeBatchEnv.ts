import { readOnce } from "../../check/readOnce.js";
import { refuse } from "../../check/refuse.js";
import { DEFAULT_SEED, seedKey } from "../../random/seedKey.js";
import { kernelHere } from "../../world/kernelHere.js";
import type { World } from "../../world/world.js";
import type { WorldTypes } from "../../world/worldTypes.js";
import { BatchEnv } from "./batchEnv.js";
import { BATCH_OPTION_NAMES, batchOptionMistakes, type BatchEnvOptions } from "./batchOptions.js";
import { EpisodeBackend } from "./episodeBackend.js";

/**
 * Creates environments of many users that step together. The environment at index i returns, bit for bit, what `makeEnv(world, { seed, user: user + i })` shows; its next
 * episode is that of user + i + users, and so on (numbers wrap modulo 2^32). A world with a kernel is simulated by a kernel of the
 * batch's own and observed as the world says, in typed arrays; any other is observed in a list of what each environment would show (if
 * one of its functions throws, some environments have taken the step: reset them all). Rejects with `InvalidInput`, all errors
 * at once.
 */
export async function makeBatchEnv<T extends WorldTypes>(
  world: World<T>,
  options: BatchEnvOptions,
): Promise<BatchEnv<T["batch"]>> {
  const given = readOnce("options", options, BATCH_OPTION_NAMES);
  refuse(batchOptionMistakes(world as World, given));
  const key = seedKey(given.seed ?? DEFAULT_SEED);
  const kernel = await kernelHere(world);
  const inRows = kernel?.openBatch(key, given.users) ?? world.kernel?.openReferenceBatch(key, given.users);
  const backend = (await inRows) ?? new EpisodeBackend(world, given.users, key);
  return new BatchEnv(world as World, backend, given);
}
