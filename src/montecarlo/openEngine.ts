import { seedKey } from "../random/seedKey.js";
import { LongTermSatisfactionWorld } from "../scenario/longTermSatisfaction/world.js";
import type { World } from "../scenario/world.js";
import { batchEngine } from "./batchEngine.js";
import type { BlockEngine, BlockTotals } from "./blockTotals.js";
import { kernelEngine } from "./kernelEngine.js";
import { livesEngine } from "./livesEngine.js";
import { LtsTally } from "./ltsTally.js";
import { OwnTally, type OwnBlockTotals } from "./ownTally.js";
import { referenceEngine } from "./referenceEngine.js";
import { isAgentPolicy, isBatchPolicy, type LtsRunPolicy, type OwnRunPolicy } from "./runPolicy.js";
import type { Contender, Study } from "./study/study.js";
import { agentSource, batchSource, blindSource } from "./slateSources.js";

/** The engine that lives a contender. */
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
  if (isBatchPolicy(policy)) return batchEngine(world, policy, key, steps, estimator);
  if (isAgentPolicy(policy)) {
    return livesEngine(
      world,
      agentSource(world, policy, seed),
      key,
      steps,
      new LtsTally(world.slateSize, steps, estimator),
    );
  }
  const open = engine === "reference" ? referenceEngine : kernelEngine;
  return open(world, policy, key, steps, estimator);
}

function openOwnEngine(
  world: World,
  policy: OwnRunPolicy,
  { seed, steps }: Pick<Study, "seed" | "steps">,
): BlockEngine<OwnBlockTotals> {
  const source = isBatchPolicy(policy)
    ? batchSource(world, policy, seed)
    : isAgentPolicy(policy)
      ? agentSource(world, policy, seed)
      : blindSource(world, policy, seed);
  return livesEngine(world, source, seedKey(seed), steps, new OwnTally(world.slateSize, steps));
}
