import { compare, type Comparison, type World } from "../index.js";
import type { ReadyExperiment } from "./experiment.js";

/** Users of the first comparison, which is there in an instant; each next one has eight times as many. */
const FIRST_USERS = 4096;
const GROWTH = 8;
/** User-steps that the page's own thread simulates faster than workers start, and without keeping the reader waiting. */
const STEPS_IN_PAGE = 1_000_000;
/** The most Web Workers that a page starts. */
const MAX_WORKERS = 16;

/** A comparison of the experiment's policies on its first users. */
export interface PartialComparison {
  readonly comparison: Comparison;
  /** Whether these are all of its users. */
  readonly complete: boolean;
}

/** How `compareMoreAndMore` works, and whom it tells. */
export interface Watch {
  /** Web Workers, in [2, 256], for all but the shortest comparisons. */
  readonly workers: number;
  readonly signal: AbortSignal;
  /** How much of the whole work is done, in [0, 1]. */
  onProgress(share: number): void;
}

/**
 * Compares the policies on more and more users, the same ones first, until all are simulated or the signal ends it. Each comparison begins
 * when the caller asks for it, so that the last one can be drawn before workers take the cores.
 */
export async function* compareMoreAndMore(
  { world, policies, seed, users, steps = world.timeBudget }: ReadyExperiment<World>,
  { workers, signal, onProgress }: Watch,
): AsyncGenerator<PartialComparison, void> {
  const sizes = sizesUpTo(users);
  const all = sizes.reduce((sum, size) => sum + size, 0);
  let done = 0;
  for (const size of sizes) {
    const short = size * policies.length * steps <= STEPS_IN_PAGE;
    const comparison = await compare(world, policies, {
      users: size,
      steps,
      seed,
      signal,
      workers: short ? 1 : workers,
      onProgress: (finished) => onProgress((done + finished) / all),
    });
    if (signal.aborted) return;
    done += size;
    yield { comparison: comparison as Comparison, complete: size === users };
  }
}

/** Returns how many users the comparisons have, one after another: the last has all. */
export function sizesUpTo(users: number): number[] {
  const sizes: number[] = [];
  for (let size = FIRST_USERS; size < users; size *= GROWTH) sizes.push(size);
  return [...sizes, users];
}

/** Returns how many workers simulate: as many as there are cores, and not fewer than two, as one means the page's own thread. */
export function workersHere(): number {
  return Math.min(MAX_WORKERS, Math.max(2, navigator.hardwareConcurrency));
}
