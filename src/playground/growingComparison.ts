import { compare, type Comparison } from "../index.js";
import type { ReadyExperiment } from "./experiment.js";

/** Users of the first comparison, which is there in an instant; each next one has four times as many. */
const FIRST_USERS = 16_384;
const GROWTH = 4;

/** A comparison of the experiment's policies on its first users. */
export interface Partial {
  readonly comparison: Comparison;
  /** Whether these are all of its users. */
  readonly complete: boolean;
}

/** Calls of `compareMoreAndMore`. */
export interface Watch {
  readonly signal: AbortSignal;
  /** How much of the whole work is done, in [0, 1]. */
  onProgress(share: number): void;
  onResult(partial: Partial): void;
}

/** Compares the policies on more and more users, the same ones first, until all are simulated or the signal ends it. */
export async function compareMoreAndMore(
  { world, policies, seed, users }: ReadyExperiment,
  { signal, onProgress, onResult }: Watch,
): Promise<void> {
  const sizes = sizesUpTo(users);
  const all = sizes.reduce((sum, size) => sum + size, 0);
  let done = 0;
  for (const size of sizes) {
    const watch = (finished: number): void => onProgress((done + finished) / all);
    const comparison = await compare(world, policies, { users: size, seed, signal, onProgress: watch });
    if (signal.aborted) return;
    done += size;
    onResult({ comparison: comparison as Comparison, complete: size === users });
  }
}

export function sizesUpTo(users: number): number[] {
  const sizes: number[] = [];
  for (let size = FIRST_USERS; size < users; size *= GROWTH) sizes.push(size);
  return [...sizes, users];
}
