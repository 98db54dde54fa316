import { seedKey } from "../random/seedKey.js";
import { LongTermSatisfactionWorld } from "../scenario/longTermSatisfaction/world.js";
import type { World } from "../scenario/world.js";
import type { BlockEngine, BlockTotals } from "./blockTotals.js";
import type { OwnBlockTotals } from "./ownTally.js";
import { isAgentPolicy, isBatchPolicy, type LtsRunPolicy, type OwnRunPolicy } from "./runPolicy.js";
import type { Contender, Study } from "./study/study.js";

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
    const { batchEngine } = await import("./batchEngine.js");
    return batchEngine(world, policy, key, steps, estimator);
  }
  if (isAgentPolicy(policy)) {
    const [{ livesEngine, agentSource }, { LtsTally }] = await Promise.all([livesParts(), import("./ltsTally.js")]);
    const tally = new LtsTally(world.slateSize, steps, estimator);
    return livesEngine(world, agentSource(world, policy, seed), key, steps, tally);
  }
  const open =
    engine === "reference"
      ? (await import("./referenceEngine.js")).referenceEngine
      : (await import("./kernelEngine.js")).kernelEngine;
  return open(world, policy, key, steps, estimator);
}

async function openOwnEngine(
  world: World,
  policy: OwnRunPolicy,
  { seed, steps }: Pick<Study, "seed" | "steps">,
): Promise<BlockEngine<OwnBlockTotals>> {
  const [parts, { OwnTally }] = await Promise.all([livesParts(), import("./ownTally.js")]);
  const source = isBatchPolicy(policy)
    ? parts.batchSource(world, policy, seed)
    : isAgentPolicy(policy)
      ? parts.agentSource(world, policy, seed)
      : parts.blindSource(world, policy, seed);
  return parts.livesEngine(world, source, seedKey(seed), steps, new OwnTally(world.slateSize, steps));
}

async function livesParts() {
  const [engine, sources] = await Promise.all([import("./livesEngine.js"), import("./slateSources.js")]);
  return { ...engine, ...sources };
}
