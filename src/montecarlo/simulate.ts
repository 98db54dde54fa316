import { refuse } from "../check/refuse.js";
import { policyOnce } from "../policies/policyOnce.js";
import { meanReturn } from "../studies/stoppingRule.js";
import { variantOf } from "../studies/study.js";
import type { MetricTable, SeriesNamesOf } from "../world/metrics.js";
import type { RunPolicy } from "../world/policy.js";
import type { World } from "../world/world.js";
import type { WorldTypes } from "../world/worldTypes.js";
import { runOptionMistakes } from "./optionMistakes.js";
import { demandOf, type RunOptions } from "./options.js";
import { runOptionsOnce } from "./optionsOnce.js";
import { finishRun, type Run } from "./run.js";
import { headerOf, resultOf } from "./studyResult.js";

/** Types of a world with further metrics; names that are no literals are known at run time only, and omitted. */
export type WithMetrics<T extends WorldTypes, More> = Omit<T, "metrics" | "series"> & {
  readonly metrics: T["metrics"] | (string extends keyof More ? never : keyof More & string);
  readonly series: T["series"] | (string extends keyof More ? never : SeriesNamesOf<More>);
} & WorldTypes;

/**
 * Simulates `users` users of a world under a policy and sums them up. The same arguments give the same bits on every machine,
 * with either engine and any number of workers; memory does not grow with `users`. Rejects with `InvalidInput`, every error at
 * once; user code that throws, and illegal slates, end the run with an error that names user and step.
 */
export async function simulate<
  T extends WorldTypes,
  const More extends MetricTable<T> = Readonly<Record<never, never>>,
>(
  world: World<T>,
  policy: RunPolicy<NoInfer<T>>,
  options: Omit<RunOptions, "metrics"> & { readonly metrics?: More },
): Promise<Run<WithMetrics<T, More>>> {
  return (await simulateAny(world as World, policy as RunPolicy, options as RunOptions)) as unknown as Run<
    WithMetrics<T, More>
  >;
}

async function simulateAny(world: World, given: RunPolicy, givenOptions: RunOptions): Promise<Run> {
  const policy = policyOnce("policy", given);
  const options = runOptionsOnce(givenOptions);
  refuse(runOptionMistakes(world, policy, options));
  const variant = await variantOf(world, policy, demandOf(options, world), options.engine);
  const result = await resultOf([variant], options, [meanReturn(world, 0)]);
  const header = headerOf(world, result, options, policy.name);
  return finishRun(header, result.totals.variants[0]!, result.pace, result.end);
}
