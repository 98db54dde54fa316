import { engineHere, metricsOfRun, type Engine, type EngineDemand } from "../engines/openEngine.js";
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

/** A study: the same users under every variant, with common random numbers. */
export interface Study extends EngineDemand {
  readonly variants: readonly StudyVariant[];
}

/** Returns the variant with the engine of the options, or else the default one. */
export async function variantOf(
  world: World,
  policy: RunPolicy,
  { metrics }: Pick<EngineDemand, "metrics">,
  engine?: Engine,
): Promise<StudyVariant> {
  return { world, policy, engine: await engineHere(world, policy, metrics, engine) };
}

/** Returns the shape of a study's sums of one of its variants. */
export function totalsShape({ world }: StudyVariant, { metrics, steps }: Study): TotalsShape {
  const layout = layoutOf(metricsOfRun(world, metrics), world.rewardName);
  return { layout, slateSize: world.slateSize, steps };
}

/** Two variants by their indices in the study; differences are of the second less the first. */
export type Pair = readonly [first: number, second: number];

/** Returns every pair of a study, the variant with the lower index first. */
export function pairsOf(variants: number): Pair[] {
  const places = Array.from({ length: variants }, (_, place) => place);
  return places.flatMap((first) => places.slice(first + 1).map((second): Pair => [first, second]));
}

/** Consecutive users of a study: the one at index `study` of its simulator. Default: the first. */
export interface StudyChunk extends UserRange {
  readonly study?: number;
}

/** Simulates chunks of a study, or of several one after another: the calling thread, or a pool of workers. */
export interface ChunkSimulator {
  /** Number of chunks that it can simulate at once; that of remote workers changes as they come and go. */
  readonly width: number;
  /** Returns the blocks of consecutive users, in order. Rejects with the cause if they cannot be simulated. */
  simulate(chunk: StudyChunk): Promise<readonly StudyBlock[]>;
  close(): Promise<void>;
}
