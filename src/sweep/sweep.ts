import { expectedMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { displayed } from "../display/displayed.js";
import { runOptionMistakes } from "../montecarlo/optionMistakes.js";
import { demandOf, estimatorOf, type ReadOptions } from "../montecarlo/options.js";
import { timingOf } from "../montecarlo/timing.js";
import { policyOnce } from "../policies/policyOnce.js";
import { streamVersion } from "../random/streamVersion.js";
import { seedText, type Seed } from "../random/seedKey.js";
import type { Solution } from "../solve/solution.js";
import { solve } from "../solve/solve.js";
import { variantOf, type Study } from "../studies/study.js";
import type { RunPolicy } from "../world/policy.js";
import type { World } from "../world/world.js";
import type { WorldTypes } from "../world/worldTypes.js";
import { runCells } from "./runCells.js";
import { isSolvedPolicy, type SolvedPolicy } from "./solvedPolicy.js";
import {
  needsSolutions,
  policiesOnce,
  solveOptionsOf,
  sweepMistakes,
  sweepOptionsOnce,
  worldsOnce,
  type ReadSweep,
  type SweepOptions,
} from "./sweepOptions.js";
import { cellOf, type Sweep, type SweepCell } from "./sweepResult.js";
import { sharedParameters } from "./sharedParameters.js";
import type { SweepWorld } from "./worldGrid.js";

/**
 * Simulates the same users under every policy in every world, seed by seed, with common random numbers: see `worldGrid`. Cells share one
 * pool of workers, and each says what `simulate` says of its world, bit for bit, at any number of workers. A `SolvedPolicy` is made anew
 * of the solution of each world. A store is opened for each cell anew. Rejects with `InvalidInput`, every error at once.
 */
export async function sweep<T extends WorldTypes>(
  worlds: readonly (World<T> | SweepWorld<T>)[],
  policies: readonly (RunPolicy<NoInfer<T>> | SolvedPolicy)[],
  options: SweepOptions,
): Promise<Sweep> {
  return sweepAny(worlds as readonly (World | SweepWorld)[], policies as ReadSweep["policies"], options);
}

async function sweepAny(
  worlds: readonly (World | SweepWorld)[],
  policies: ReadSweep["policies"],
  options: SweepOptions,
): Promise<Sweep> {
  const read = { worlds: worldsOnce(worlds), policies: policiesOnce(policies), options: sweepOptionsOnce(options) };
  refuse(sweepMistakes(read));
  const start = performance.now();
  const { run, seeds } = read.options;
  const { firstUser = 0, users = 0, discount = 1, warmUp = 0 } = run;
  const solutions = await solutionsOf(read);
  const places = read.worlds.flatMap((at) => seeds.map((seed) => ({ at, seed })));
  const studies = await Promise.all(places.map(({ at, seed }) => studyOf(at, seed, read, solutions)));
  const cells: SweepCell[] = [];
  const { interrupted, ...pace } = await runCells(studies, run, (place, totals) => {
    const { at } = places[place]!;
    const solution = read.options.regret ? solutions.get(at.world.hash) : undefined;
    cells.push(cellOf(at, studies[place]!, totals, solution));
  });
  return displayed({
    users,
    firstUser,
    seeds: seeds.map(seedText),
    streamVersion,
    ...estimatorOf(run),
    ...(discount !== 1 && { discount }),
    ...(warmUp !== 0 && { warmUp }),
    parameters: sharedParameters(read.worlds),
    baseline: read.policies[0]!.name,
    cells,
    ...(interrupted && { interrupted }),
    timing: timingOf({ ...pace, seconds: (performance.now() - start) / 1000 }),
  });
}

type Solutions = ReadonlyMap<string, Solution>;

async function studyOf(
  { world }: SweepWorld,
  seed: Seed,
  { policies, options: { run } }: ReadSweep,
  solutions: Solutions,
): Promise<Study> {
  const demand = demandOf({ ...run, seed }, world);
  const made = policies.map((policy) => (isSolvedPolicy(policy) ? madeOf(policy, world, run, solutions) : policy));
  const variants = made.map((policy) => variantOf(world, policy, demand, run.engine));
  return { variants: await Promise.all(variants), ...demand };
}

/** Returns the policy of the world's solution. */
function madeOf({ name, of }: SolvedPolicy, world: World, run: ReadOptions, solutions: Solutions): RunPolicy {
  const policy = policyOnce("policy", of(solutions.get(world.hash)!));
  refuse(runOptionMistakes(world, policy, run));
  if (policy.name !== name)
    refuse([expectedMistake("policy.name", `${JSON.stringify(name)}, as the sweep calls it`, policy.name)]);
  return policy;
}

/** Solves the worlds one after another, if regret or a policy asks for it. */
async function solutionsOf({ worlds, policies, options }: ReadSweep): Promise<Solutions> {
  const solutions = new Map<string, Solution>();
  const isPart = options.run.store?.openPart !== undefined; // which reports no regret
  if (!needsSolutions(policies, options.regret && !isPart)) return solutions;
  for (const [place, { world }] of worlds.entries()) {
    if (!solutions.has(world.hash)) solutions.set(world.hash, await solve(world, solveOptionsOf(options.run)));
    options.onSolved?.(place + 1, worlds.length);
  }
  return solutions;
}
