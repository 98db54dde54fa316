import { escapeControls } from "../check/escapeControls.js";
import type { ReadShapes } from "./readResult.js";

/** A sweep as it was read. */
export type Sweep = ReadShapes["sweep"];
/** All policies in one world under one seed. */
export type Cell = Sweep["cells"][number];

/** Returns the names of the values that differ from cell to cell; of one cell all of them. */
export function variedIn(cells: readonly Cell[]): string[] {
  const names = Object.keys(cells[0]!.at);
  return cells.length === 1 ? names : names.filter((name) => new Set(cells.map(({ at }) => at[name])).size > 1);
}

/** Returns the names of all policies, in their order. */
export function policiesIn(cells: readonly Cell[]): string[] {
  return [...new Set(cells.flatMap(({ policies }) => policies.map(({ policy }) => policy)))];
}

/** Returns the policy with the largest mean return. */
export function bestOf({ policies, best }: Cell): Cell["policies"][number] {
  return policies.find(({ policy }) => policy === best)!;
}

/** Returns the values of a cell as text. */
export function valuesOf({ at }: Cell, names: readonly string[]): string[] {
  return names.map((name) => String(at[name]));
}

/** Returns where a cell is, as `sensitivity 0.1, timeBudget 4`. */
export function placeOf({ at }: Cell, names: readonly string[]): string {
  return names.map((name) => escapeControls(`${name} ${at[name]}`)).join(", ");
}
