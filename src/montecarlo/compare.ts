import { refuse } from "../check/refuse.js";
import { streamVersion } from "../random/streamVersion.js";
import { LongTermSatisfactionWorld } from "../scenario/longTermSatisfaction/world.js";
import type { World } from "../scenario/world.js";
import { compareMistakes, type Rival } from "./compareOptions.js";
import { judge, type ComparedPolicy, type Comparison, type OwnComparison } from "./comparison.js";
import { metricsOf, ownMetricsOf, stepsOf, type Metrics, type OwnMetrics } from "./metrics.js";
import { estimatorOf, type RunOptions } from "./options.js";
import type { Timing } from "./run.js";
import type { LtsRunPolicy, OwnRunPolicy, RunPolicy } from "./runPolicy.js";
import { OwnTotals, RunTotals } from "./runTotals.js";
import { conduct, type Conducted } from "./study/conduct.js";
import { meanReturn, pairDifference } from "./study/precisionTargets.js";
import { contenderOf, pairsOf, type Contender } from "./study/study.js";
import { digestText } from "./userDigest.js";

/**
 * Lives the same users with the same draws under every policy, and says for each pair what the second brings them more
 * than the first. A policy may stand in a world of its own, whose parameters differ: `{ policy, world, name }`. Everything
 * else is as in `simulate`.
 */
export async function compare(
  world: LongTermSatisfactionWorld,
  policies: readonly (LtsRunPolicy | Rival<LtsRunPolicy, LongTermSatisfactionWorld>)[],
  options: RunOptions,
): Promise<Comparison>;
export async function compare<User, Shown, Response>(
  world: World<User, Shown, Response>,
  policies: readonly (
    | OwnRunPolicy<User, Shown, Response>
    | Rival<OwnRunPolicy<User, Shown, Response>, World<User, Shown, Response>>
  )[],
  options: RunOptions,
): Promise<OwnComparison>;
export async function compare(
  world: World,
  policies: readonly (RunPolicy | Rival<RunPolicy, World>)[],
  options: RunOptions,
): Promise<Comparison | OwnComparison> {
  refuse(compareMistakes(world, policies, options));
  const rivals = policies.map((given) => rivalOf(world, given));
  const contenders = rivals.map((rival) => contenderOf(rival.world, rival.policy, options.engine));
  const names = rivals.map(({ name }) => name);
  const conducted = await conduct(contenders, options, targetsOf(world, names, options));
  const { totals, extent, end } = conducted;
  const { scenario } = world;
  const verdict = { ...judge(totals, names), ...end, timing: timingOf(conducted) };
  const compared = rivals.map((rival, place) => comparedPolicy(world, rival, totals.contenders[place]!, conducted));
  if (world instanceof LongTermSatisfactionWorld) {
    const header = {
      scenario,
      parameters: world.parameters,
      ...extent,
      engine: engineOf(contenders),
      streamVersion,
      ...estimatorOf(options),
    };
    return { ...header, policies: compared as ComparedPolicy<Metrics>[], ...verdict };
  }
  const header = { scenario, world: world.hash, ...extent, streamVersion };
  return { ...header, policies: compared as ComparedPolicy<OwnMetrics>[], ...verdict };
}

/** A policy in the comparison's world under its own name, unless something else was said. */
function rivalOf(world: World, given: RunPolicy | Rival<RunPolicy, World>): Required<Rival<RunPolicy, World>> {
  if (!("policy" in given)) return { policy: given, world, name: given.name };
  return { policy: given.policy, world: given.world ?? world, name: given.name ?? given.policy.name };
}

/** Of every pair, unless the precision says of what. */
function targetsOf(world: World, names: readonly string[], { precision }: RunOptions) {
  const of = precision?.of;
  if (typeof of === "string") return names.map((_, place) => meanReturn(world, place));
  if (of === undefined) return pairsOf(names.length).map((pair) => pairDifference(pair, names));
  const [first, second] = of.map((name) => names.indexOf(name)).toSorted((a, b) => a - b);
  return [pairDifference([first!, second!], names)];
}

function comparedPolicy(
  world: World,
  rival: Required<Rival<RunPolicy, World>>,
  totals: RunTotals | OwnTotals,
  { extent, estimator }: Conducted,
): ComparedPolicy<Metrics | OwnMetrics> {
  const other = rival.world;
  return {
    policy: rival.name,
    ...(other.hash === world.hash ? {} : worldOf(other)),
    digest: digestText(totals.digest),
    metrics: totals instanceof RunTotals ? metricsOf(totals, extent.steps, estimator) : ownMetricsOf(totals),
  };
}

function worldOf(world: World): Pick<ComparedPolicy<never>, "parameters" | "world"> {
  return world instanceof LongTermSatisfactionWorld ? { parameters: world.parameters } : { world: world.hash };
}

/** "kernel" if that lived them all; the bits are the same anyway. */
function engineOf(contenders: readonly Contender[]): Contender["engine"] {
  return contenders.every(({ engine }) => engine === "kernel") ? "kernel" : "reference";
}

function timingOf({ totals, extent, timing: { seconds, workers, shareLived } }: Conducted): Timing {
  const steps = totals.contenders.map((each) =>
    each instanceof OwnTotals ? stepsOf(each.lived) : extent.users * extent.steps,
  );
  const lived = shareLived * steps.reduce((sum, count) => sum + count, 0);
  return { seconds, userStepsPerSecond: lived / seconds, workers };
}
