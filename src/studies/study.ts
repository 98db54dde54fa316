import { enginesFor, kernelDemand, metricsOfRun, type Engine, type EngineDemand } from "../engines/openEngine.js";
import type { UserRange } from "../statistics/blocks.js";
import { layoutOf } from "../world/metrics.js";
import type { TotalsShape } from "../statistics/runTotals.js";
import type { RunPolicy } from "../world/policy.js";
import type { World } from "../world/world.js";
import type { StudyBlock } from "./studyBlock.js";

/** One policy in one world, and the engine that simulates it. */
export interface StudyVariant {
  readonly world: World;
  readonly policy: RunPolicy;
  readonly engine: Engine;
}

/** What is simulated: the same users under every variant, with common random numbers. */
export interface Study extends EngineDemand {
  readonly variants: readonly StudyVariant[];
}

/** With the engine that was asked for, or else the usual one. */
export function variantOf(
  world: World,
  policy: RunPolicy,
  demand: Parameters<typeof kernelDemand>[0],
  engine?: Engine,
): StudyVariant {
  return { world, policy, engine: engine ?? enginesFor(world, policy, kernelDemand(demand))[0]! };
}

/** What a study's sums of one of its variants are over. */
export function totalsShape({ world }: StudyVariant, { metrics, steps }: Study): TotalsShape {
  const layout = layoutOf(metricsOfRun(world, metrics), world.rewardName);
  return { layout, slateSize: world.slateSize, steps };
}

/** Two variants by their places in the study; differences are of the second less the first. */
export type Pair = readonly [first: number, second: number];

/** Every pair of a study, the earlier variant first. */
export function pairsOf(variants: number): Pair[] {
  const places = Array.from({ length: variants }, (_, place) => place);
  return places.flatMap((first) => places.slice(first + 1).map((second): Pair => [first, second]));
}

/** Simulates chunks of a study: the calling thread, or a pool of workers. */
export interface ChunkSimulator {
  /** How many chunks it can have in hand at once. */
  readonly width: number;
  /** The blocks of neighbouring users, in their order. Rejects with the cause when they cannot be simulated. */
  simulate(chunk: UserRange): Promise<readonly StudyBlock[]>;
  close(): Promise<void>;
}
