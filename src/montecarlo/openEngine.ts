import { seedKey } from "../random/seedKey.js";
import type { LongTermSatisfactionWorld } from "../scenario/longTermSatisfaction/world.js";
import type { World } from "../scenario/world.js";
import { batchEngine } from "./batchEngine.js";
import type { BlockEngine } from "./blockTotals.js";
import { kernelEngine } from "./kernelEngine.js";
import { livesEngine } from "./livesEngine.js";
import { LtsTally } from "./ltsTally.js";
import { OwnTally, type OwnBlockTotals } from "./ownTally.js";
import { referenceEngine } from "./referenceEngine.js";
import type { RunHeader } from "./run.js";
import { isAgentPolicy, isBatchPolicy, type LtsRunPolicy, type OwnRunPolicy } from "./runPolicy.js";
import { agentSource, batchSource, blindSource } from "./slateSources.js";

/** The engine that a run's header names, for the policy. */
export async function openLtsEngine(
  world: LongTermSatisfactionWorld,
  policy: LtsRunPolicy,
  { seed, steps, engine }: Pick<RunHeader, "seed" | "steps" | "engine">,
): Promise<BlockEngine> {
  const key = seedKey(seed);
  if (isBatchPolicy(policy)) return batchEngine(world, policy, key, steps);
  if (isAgentPolicy(policy)) {
    return livesEngine(world, agentSource(world, policy, seed), key, steps, new LtsTally(world.slateSize, steps));
  }
  const open = engine === "reference" ? referenceEngine : kernelEngine;
  return open(world, policy, key, steps);
}

/** The engine of all other worlds. */
export function openOwnEngine(
  world: World,
  policy: OwnRunPolicy,
  { seed, steps }: Pick<RunHeader, "seed" | "steps">,
): BlockEngine<OwnBlockTotals> {
  const source = isBatchPolicy(policy)
    ? batchSource(world, policy, seed)
    : isAgentPolicy(policy)
      ? agentSource(world, policy, seed)
      : blindSource(world, policy, seed);
  return livesEngine(world, source, seedKey(seed), steps, new OwnTally(world.slateSize, steps));
}
