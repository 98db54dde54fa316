import { refuse } from "../check/refuse.js";
import { displayed } from "../display/displayed.js";
import { metricsOf } from "../statistics/metrics.js";
import { digestText } from "../statistics/userDigest.js";
import { meanReturn, pairDifference, type PrecisionTarget } from "../studies/stoppingRule.js";
import { pairsOf, variantOf } from "../studies/study.js";
import type { MetricTable } from "../world/metrics.js";
import type { RunPolicy } from "../world/policy.js";
import type { World } from "../world/world.js";
import type { WorldTypes } from "../world/worldTypes.js";
import { compareMistakes, variantsOnce, type Variant } from "./compareOptions.js";
import { judge, type ComparedPolicy, type Comparison } from "./comparison.js";
import { demandOf, type CompareOptions, type ReadOptions } from "./options.js";
import { compareOptionsOnce } from "./optionsOnce.js";
import type { WithMetrics } from "./simulate.js";
import { headerOf, resultOf, type StudyResult } from "./studyResult.js";
import { timingOf } from "./timing.js";

/**
 * Simulates the same users under every policy with common random numbers, and compares each pair: differences are of the second
 * less the first, which is the baseline in every pair that it is in. A policy may have another world, with other parameters: `{ policy, world, name }`. Everything else is as in
 * `simulate`.
 */
export async function compare<T extends WorldTypes, const More extends MetricTable<T> = Readonly<Record<never, never>>>(
  world: World<T>,
  policies: readonly (RunPolicy<NoInfer<T>> | Variant<NoInfer<T>>)[],
  options: Omit<CompareOptions, "metrics"> & { readonly metrics?: More },
): Promise<Comparison<WithMetrics<T, More>>> {
  const compared = await compareAny(
    world as World,
    policies as readonly (RunPolicy | Variant)[],
    options as CompareOptions,
  );
  return compared as unknown as Comparison<WithMetrics<T, More>>;
}

async function compareAny(
  world: World,
  given: readonly (RunPolicy | Variant)[],
  givenOptions: CompareOptions,
): Promise<Comparison> {
  const policies = variantsOnce(given);
  const options = compareOptionsOnce(givenOptions);
  refuse(compareMistakes(world, policies, options));
  const named = policies.map((variant) => namedVariant(world, variant));
  const names = named.map(({ name }) => name);
  const demand = demandOf(options, world);
  const variants = await Promise.all(named.map((each) => variantOf(each.world, each.policy, demand, options.engine)));
  const result = await resultOf(variants, options, targetsOf(world, names, options));
  return displayed({
    ...headerOf(world, result, options),
    policies: named.map((each, place) => comparedPolicy(world, each, place, result)),
    ...judge(result.totals, { names, baseline: options.baseline ?? names[0]!, precision: result.end.precision }),
    ...result.end,
    timing: timingOf(result.pace),
  });
}

/** Returns the variant of a study. Default: the comparison's world, and the policy's name. */
function namedVariant(world: World, given: Variant): Required<Variant> {
  return { policy: given.policy, world: given.world ?? world, name: given.name ?? given.policy.name };
}

/** Returns the targets of a precision. Default: every pair. */
function targetsOf(world: World, names: readonly string[], { precision }: ReadOptions): PrecisionTarget[] {
  const of = precision?.of;
  if (typeof of === "string") return names.map((_, place) => meanReturn(world, place));
  if (of === undefined) return pairsOf(names.length).map((pair) => pairDifference(pair, names));
  const [first, second] = of.map((name) => names.indexOf(name)).toSorted((a, b) => a - b);
  return [pairDifference([first!, second!], names)];
}

function comparedPolicy(
  world: World,
  { name, world: own }: Required<Variant>,
  place: number,
  { totals, study: { estimator, warmUp } }: StudyResult,
): ComparedPolicy {
  const ownTotals = totals.variants[place]!;
  return {
    policy: name,
    ...(own.hash === world.hash ? {} : { parameters: own.parameters, world: own.hash }),
    digest: digestText(ownTotals.digest),
    metrics: metricsOf(ownTotals, estimator, warmUp),
  };
}
