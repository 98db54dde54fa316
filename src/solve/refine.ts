import { Optimum } from "./optimum.js";
import { sample, type Problem, type Sample } from "./sample.js";
import type { Refinement } from "./solution.js";
import { StateGrid } from "./stateGrid.js";

const FEWEST_STATES = 8;
const MOST_STATES = 256;
const FEWEST_DOCUMENTS = 8;
const MOST_DOCUMENTS = 32;
/** Candidate sets on which grids are compared: the same for all. */
const SETS = 32;
/** Share of the value that a finer grid must not change. */
const TOLERANCE = 3e-6;

/** Called after every step; returns a promise to wait for, or nothing. */
export type Pause = () => Promise<void> | undefined;

/** Doubles a grid until the optimal value stays the same. With `gridSize`, compares a grid of that size with one of half of it. */
export async function refine(
  problem: Problem,
  gridSize: number | undefined,
  pause: Pause,
): Promise<{ readonly grid: StateGrid; readonly refinements: readonly Refinement[] }> {
  const refinements: Refinement[] = [];
  for (const states of gridSizes(gridSize)) {
    const documents = Math.min(Math.max(Math.ceil(states / 4), FEWEST_DOCUMENTS), MOST_DOCUMENTS);
    const grid = new StateGrid(problem.model, { states, documents });
    const { value } = await optimumOf(problem, grid, sample(problem, grid, 0, SETS), pause);
    const before = refinements.at(-1)?.value;
    const change = before === undefined ? null : Math.abs(value - before);
    refinements.push({ states, documents, value, change });
    const isLast = states === (gridSize ?? MOST_STATES);
    const isFine = change !== null && change <= TOLERANCE * Math.abs(value);
    if (isLast || (isFine && gridSize === undefined)) return { grid, refinements };
  }
  throw new Error("unreachable: the last size returns");
}

function gridSizes(gridSize: number | undefined): number[] {
  if (gridSize !== undefined) return [Math.ceil(gridSize / 2), gridSize];
  const sizes = [FEWEST_STATES];
  while (sizes.at(-1)! < MOST_STATES) sizes.push(2 * sizes.at(-1)!);
  return sizes;
}

/** Solves a problem on the candidate sets of a sample. */
export async function optimumOf(problem: Problem, grid: StateGrid, sets: Sample, pause: Pause): Promise<Optimum> {
  const { weights, model } = problem;
  const optimum = new Optimum(model, grid, sets.mixes, sets.candidates, weights.length);
  for (let step = weights.length - 1; step >= 0; step--) {
    optimum.stepBack(step, weights[step]!);
    const paused = pause();
    if (paused) await paused;
  }
  return optimum;
}
