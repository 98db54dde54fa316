import { refuse } from "../check/refuse.js";
import { LongTermSatisfactionWorld } from "../worlds/longTermSatisfaction/world.js";
import type { World } from "../world/world.js";
import { streamVersion } from "../random/streamVersion.js";
import { estimatorOf, runOptionMistakes, type RunOptions } from "./options.js";
import { runOptionsOnce } from "./optionsOnce.js";
import { finishOwnRun, type OwnRun } from "./ownRun.js";
import { policyOnce } from "../policies/policyOnce.js";
import { finishRun, type Run } from "./run.js";
import type { RunPolicy, RunPolicyIn } from "../policies/runPolicy.js";
import type { OwnTotals, RunTotals } from "../statistics/runTotals.js";
import { conduct } from "./conduct.js";
import { meanReturn } from "../studies/precisionTargets.js";
import { contenderOf } from "../studies/study.js";

/** What a run brings in a world of that type. */
type RunIn<W extends World> = W extends LongTermSatisfactionWorld ? Run : OwnRun;

/**
 * Lives `users` lives of a world under a policy and sums them up. The same arguments give the same bits on every machine,
 * with either engine and any number of workers; memory does not grow with `users`. Rejects with `InvalidInput`, every mistake at
 * once; a policy of the caller's that throws, or leaves illegal slates, ends the run with an error that names user and step.
 */
export function simulate<W extends World>(world: W, policy: RunPolicyIn<W>, options: RunOptions): Promise<RunIn<W>>;
export async function simulate(world: World, given: RunPolicy, givenOptions: RunOptions): Promise<Run | OwnRun> {
  const policy = policyOnce("policy", given);
  const options = runOptionsOnce(givenOptions);
  refuse(runOptionMistakes(world, policy, options));
  const contender = contenderOf(world, policy, options.engine);
  const { totals, extent, end, pace } = await conduct([contender], options, [meanReturn(world, 0)]);
  const { scenario } = world;
  const [only] = totals.contenders;
  if (world instanceof LongTermSatisfactionWorld) {
    const { parameters } = world;
    const header = {
      scenario,
      parameters,
      policy: policy.name,
      ...extent,
      engine: contender.engine,
      streamVersion,
      ...estimatorOf(options),
    };
    return finishRun(header, only as RunTotals, pace, end);
  }
  const header = { scenario, world: world.hash, policy: policy.name, ...extent, streamVersion };
  return finishOwnRun(header, only as OwnTotals, pace, end);
}
