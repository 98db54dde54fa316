import type { DrawPlan } from "./drawPlan.js";
import type { WorldFunction } from "./program.js";

/** Whether draws were made in rows beforehand, or are made one by one. */
export type DrawMode = "rows" | "oneByOne";

/** One way to compile a function. */
export interface FunctionVersion {
  readonly made: WorldFunction;
  readonly mode: DrawMode;
  /** Names of the parameters that are values and the same for both users. */
  readonly uniform: ReadonlySet<string>;
  /** Names of the records and vectors of which each user's has an address of its own; others lie next to each other. */
  readonly apart: ReadonlySet<string>;
  /** Whether a mask says for whom it is called. */
  readonly isMasked: boolean;
}

/** Writes calls of functions, in the versions that they need. */
export interface Versions {
  /** `mask`: for whom, undefined for both users; whether the version is masked goes by it. */
  call(version: Omit<FunctionVersion, "isMasked">, args: readonly string[], mask: string | undefined): string;
}

export function modeOf(plan: DrawPlan | undefined): DrawMode {
  return plan === undefined ? "oneByOne" : "rows";
}
