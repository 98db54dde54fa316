import { expectedMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import type { ControlledReturn } from "../control/controlledReturn.js";
import { seedKey } from "../random/seedKey.js";
import type { Estimator } from "../statistics/estimator.js";
import { rewardWeights } from "../statistics/rewardWeights.js";
import type { BlockEngine, EngineOptions } from "../world/blockEngine.js";
import { kernelHere } from "../world/kernelHere.js";
import { layoutOf, type NamedMetrics } from "../world/metrics.js";
import type { RunPolicy } from "../world/policy.js";
import type { World } from "../world/world.js";
import type { WorldTypes } from "../world/worldTypes.js";

export const ENGINES = ["kernel", "reference"] as const;
/**
 * What simulates a run. "kernel": WebAssembly. "reference": TypeScript, the same episodes bit for bit, some fifty times slower.
 * @useDeclaredType
 */
export type Engine = (typeof ENGINES)[number];

/** Demands of a run on an engine, beside world and policy. */
export interface EngineDemand {
  readonly seed: string;
  readonly steps: number;
  readonly estimator: Estimator;
  readonly discount: number;
  readonly warmUp: number;
  /** Metrics beside those that the world declares. */
  readonly metrics: NamedMetrics;
}

/** Returns the engines that can simulate a policy in a world, the default one first. */
export function enginesFor(world: World, policy: RunPolicy, moreMetrics: NamedMetrics): readonly Engine[] {
  return world.kernel?.supports(policy, moreMetrics) === true ? ENGINES : ["reference"];
}

/**
 * Returns the engine of a policy in a world on this host: the one that is wanted, or else the default one. Where this host cannot run the
 * world's kernel, that is the reference, and a wanted kernel is refused.
 */
export async function engineHere(
  world: World,
  policy: RunPolicy,
  moreMetrics: NamedMetrics,
  wanted?: Engine,
): Promise<Engine> {
  const engine = wanted ?? enginesFor(world, policy, moreMetrics)[0]!;
  if (engine === "reference") return engine;
  if (wanted === undefined) return (await kernelHere(world)) === undefined ? "reference" : engine;
  const obstacle = await world.kernel!.obstacle();
  if (obstacle !== undefined) refuse([expectedMistake("engine", `"reference", as this host ${obstacle}`, wanted)]);
  return engine;
}

/** Returns all metrics of a run: the world's, then the caller's. */
export function metricsOfRun(world: World, more: NamedMetrics): NamedMetrics {
  return [...Object.entries(world.metrics), ...more];
}

/** Opens an engine. Imports the TypeScript one only if needed: most commands do not use it. */
export async function openEngine(
  world: World,
  policy: RunPolicy,
  engine: Engine,
  { seed, steps, estimator, discount, warmUp, metrics: more }: EngineDemand,
): Promise<BlockEngine> {
  const metrics = metricsOfRun(world, more);
  const options: EngineOptions = {
    seed,
    key: seedKey(seed),
    steps,
    estimator,
    weights: rewardWeights(steps, discount, warmUp),
    metrics,
    layout: layoutOf(metrics, world.rewardName),
  };
  if (engine === "kernel") return world.kernel!.openEngine(policy, options);
  const [{ episodeEngine }, { slateFiller }] = await Promise.all([
    import("./episodeEngine.js"),
    import("../policies/slateFiller.js"),
  ]);
  const controlled = estimator === "controlled" ? await controlledReturn(world, policy, options) : undefined;
  return episodeEngine(world, slateFiller(world, policy, seed), options, controlled);
}

/** The returns of the estimator "controlled", with coefficients of this policy in this world. */
async function controlledReturn(
  world: World,
  policy: RunPolicy,
  options: EngineOptions,
): Promise<ControlledReturn<WorldTypes>> {
  const [{ ControlledReturn }, { fitToPilots }] = await Promise.all([
    import("../control/controlledReturn.js"),
    import("./pilotEpisodes.js"),
  ]);
  const control = world.controlVariates!(policy);
  return new ControlledReturn(control, fitToPilots(world, policy, control, options), options.weights);
}
