import { seedKey } from "../random/seedKey.js";
import { LongTermSatisfactionWorld } from "../worlds/longTermSatisfaction/world.js";
import type { World } from "../world/world.js";
import type { BlockEngine, BlockTotals } from "../statistics/blocks.js";
import type { OwnBlockTotals } from "../montecarlo/ownTally.js";
import { isAgentPolicy, isBatchPolicy, type LtsRunPolicy, type OwnRunPolicy } from "../policies/runPolicy.js";
import type { Contender, Study } from "../studies/study.js";

/** The engine that lives a contender. Only that one is loaded: the others are half of all there is to load. */
export async function openContender(
  { world, policy, engine }: Contender,
  study: Study,
): Promise<BlockEngine<BlockTotals | OwnBlockTotals>> {
  if (!(world instanceof LongTermSatisfactionWorld)) return openOwnEngine(world, policy as OwnRunPolicy, study);
  return openLtsEngine(world, policy as LtsRunPolicy, { ...study, engine });
}

async function openLtsEngine(
  world: LongTermSatisfactionWorld,
  policy: LtsRunPolicy,
  { seed, steps, estimator, engine }: Study & Pick<Contender, "engine">,
): Promise<BlockEngine> {
  const key = seedKey(seed);
  if (isBatchPolicy(policy)) {
    const { batchEngine } = await import("../worlds/longTermSatisfaction/kernel/batchEngine.js");
    return batchEngine(world, policy, key, steps, estimator);
  }
  if (isAgentPolicy(policy)) {
    const [{ livesEngine, agentSource }, { LtsTally }] = await Promise.all([livesParts(), import("../montecarlo/ltsTally.js")]);
    const tally = new LtsTally(world.slateSize, steps, estimator);
    return livesEngine(world, agentSource(world, policy, seed), key, steps, tally);
  }
  const open =
    engine === "reference"
      ? (await import("../montecarlo/referenceEngine.js")).referenceEngine
      : (await import("../worlds/longTermSatisfaction/kernel/kernelEngine.js")).kernelEngine;
  return open(world, policy, key, steps, estimator);
}

async function openOwnEngine(
  world: World,
  policy: OwnRunPolicy,
  { seed, steps }: Pick<Study, "seed" | "steps">,
): Promise<BlockEngine<OwnBlockTotals>> {
  const [parts, { OwnTally }] = await Promise.all([livesParts(), import("../montecarlo/ownTally.js")]);
  const source = isBatchPolicy(policy)
    ? parts.batchSource(world, policy, seed)
    : isAgentPolicy(policy)
      ? parts.agentSource(world, policy, seed)
      : parts.blindSource(world, policy, seed);
  return parts.livesEngine(world, source, seedKey(seed), steps, new OwnTally(world.slateSize, steps));
}

async function livesParts() {
  const [engine, sources] = await Promise.all([import("./episodeEngine.js"), import("../policies/slateSources.js")]);
  return { ...engine, ...sources };
}
