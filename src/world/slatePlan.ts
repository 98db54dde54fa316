import { hash64 } from "../numeric/hash64.js";

/** Terms of a click's gain in the powers of document - 1/2; kernel/optimal.ts has the same number. */
export const PLAN_TERMS = 6;

/** Numbers at an edge of a cell: the terms, and the mean worth of the best slates. */
export const EDGE_NUMBERS = PLAN_TERMS + 1;

/**
 * How to fill the best slates of a world of one state. A click's gain is its reward and what it changes in the value of the next state; a
 * slate is worth the mean gain, by the weights of the choice, and the best one is that of the greatest worth.
 */
export interface SlatePlan {
  /** Hash of the world. */
  readonly world: string;
  readonly steps: number;
  /** For each step the m of mix(m), the best mix for most users. */
  readonly mixes: Int32Array;
  /** For each step the number of its table; -1 where the mix is best whatever state and candidates are. */
  readonly tableOf: Int32Array;
  /** The first edge of the tables' cells, cells in a unit of the state, and how many cells there are. */
  readonly leastState: number;
  readonly cellsPerUnit: number;
  readonly cells: number;
  /** [table][cell]: 1 where the step's mix is best whatever the candidates are, else 0. */
  readonly mixIsBest: Uint8Array;
  /** [table][edge][EDGE_NUMBERS]; between two edges, the numbers are interpolated. */
  readonly tables: Float64Array;
}

const known = new WeakSet<object>();

/** Registers a plan that `solve` has made, or one from another thread. */
export function registerPlan(plan: SlatePlan): SlatePlan {
  known.add(plan);
  return plan;
}

export function isPlan(value: unknown): value is SlatePlan {
  return typeof value === "object" && value !== null && known.has(value);
}

/** Returns 16 hexadecimal digits over all of a plan. */
export function planHash({ world, steps, mixes, tableOf, mixIsBest, tables, ...range }: SlatePlan): string {
  const numbers = [mixes, tableOf, mixIsBest, tables].map((list) => list.join(" "));
  return hash64([world, steps, range.leastState, range.cellsPerUnit, range.cells, ...numbers].join("\n"));
}

const plans = new WeakMap<object, SlatePlan>();

/** Remembers the plan of a solution, which does not show it. */
export function keepPlan(solution: object, plan: SlatePlan): void {
  plans.set(solution, registerPlan(plan));
}

/** Returns the plan of a solution of this process; undefined for anything else. */
export function planOf(solution: unknown): SlatePlan | undefined {
  return typeof solution === "object" && solution !== null ? plans.get(solution) : undefined;
}
