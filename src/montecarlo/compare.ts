import { refuse } from "../check/refuse.js";
import { streamVersion } from "../random/streamVersion.js";
import { LongTermSatisfactionWorld } from "../worlds/longTermSatisfaction/world.js";
import type { World } from "../world/world.js";
import { readCompareMistakes, rivalsOnce, type Rival } from "./compareOptions.js";
import { judge, type ComparedPolicy, type Comparison, type OwnComparison } from "./comparison.js";
import { metricsOf, ownMetricsOf, type Metrics, type OwnMetrics } from "../statistics/metrics.js";
import { estimatorOf, type RunOptions } from "./options.js";
import { runOptionsOnce } from "./optionsOnce.js";
import { timingOf } from "./run.js";
import type { RunPolicy, RunPolicyIn } from "../policies/runPolicy.js";
import { RunTotals, type OwnTotals } from "../statistics/runTotals.js";
import { conduct, type Conducted } from "./conduct.js";
import { meanReturn, pairDifference } from "../studies/precisionTargets.js";
import { contenderOf, pairsOf, type Contender } from "../studies/study.js";
import { digestText } from "../statistics/userDigest.js";

/** What a comparison in a world of that type brings. */
type ComparisonIn<W extends World> = W extends LongTermSatisfactionWorld ? Comparison : OwnComparison;

/** The worlds that a policy may stand in beside it. */
type RivalWorldIn<W extends World> = W extends LongTermSatisfactionWorld
  ? LongTermSatisfactionWorld
  : W extends World<infer User, infer Shown, infer Response>
    ? World<User, Shown, Response>
    : never;

/**
 * Lives the same users with the same draws under every policy, and says for each pair what the second brings them more
 * than the first. A policy may stand in a world of its own, whose parameters differ: `{ policy, world, name }`. Everything
 * else is as in `simulate`.
 */
export function compare<W extends World>(
  world: W,
  policies: readonly (RunPolicyIn<W> | Rival<RunPolicyIn<W>, RivalWorldIn<W>>)[],
  options: RunOptions,
): Promise<ComparisonIn<W>>;
export async function compare(
  world: World,
  given: readonly (RunPolicy | Rival<RunPolicy, World>)[],
  givenOptions: RunOptions,
): Promise<Comparison | OwnComparison> {
  const policies = rivalsOnce(given);
  const options = runOptionsOnce(givenOptions);
  refuse(readCompareMistakes(world, policies, options));
  const rivals = policies.map((rival) => rivalOf(world, rival));
  const contenders = rivals.map((rival) => contenderOf(rival.world, rival.policy, options.engine));
  const names = rivals.map(({ name }) => name);
  const conducted = await conduct(contenders, options, targetsOf(world, names, options));
  const { totals, extent, end } = conducted;
  const { scenario } = world;
  const verdict = { ...judge(totals, names, end.precision), ...end, timing: timingOf(conducted.pace) };
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
function rivalOf(world: World, given: Rival<RunPolicy, World>): Required<Rival<RunPolicy, World>> {
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
