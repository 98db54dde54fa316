import { expectedMistake } from "../check/mistakes.js";
import type { World } from "../index.js";
import type { SolvedCell } from "../report/describeSolutions.js";
import { solve } from "../solve/solve.js";
import type { SolveOptions } from "../solve/solveOptions.js";
import { withInterrupt } from "./interrupt.js";
import { parseNumber } from "./parseNumber.js";
import { withProgress } from "./progress.js";

/** A parameter and the values that it takes in turn. */
export interface Axis {
  readonly name: string;
  readonly values: readonly number[];
}

/** Reads the two `name=value,value …` of `--over`; undefined without any. */
export function readAxes(texts: readonly string[], mistakes: string[]): readonly [Axis, Axis] | undefined {
  if (texts.length === 0) return undefined;
  const axes = texts.map((text) => readAxis(text, mistakes));
  const names = new Set(axes.map(({ name }) => name));
  if (axes.length === 2 && names.size === 2) return [axes[0]!, axes[1]!];
  mistakes.push(expectedMistake("--over", "two parameters with their values", texts.join(" ")));
  return undefined;
}

function readAxis(text: string, mistakes: string[]): Axis {
  const [, name = "", list = ""] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  const texts = list.split(",");
  const values = [...new Set(texts.map((value) => parseNumber(value)))].filter((value) => value !== undefined);
  const legal = name !== "" && values.length === texts.length;
  if (!legal) mistakes.push(expectedMistake("--over", "name=value,value… with different numbers", text));
  return { name, values };
}

/** Returns the values of both axes in every combination, the first axis slowest. */
export function combinations([first, second]: readonly [Axis, Axis]): Readonly<Record<string, number>>[] {
  return first.values.flatMap((a) => second.values.map((b) => ({ [first.name]: a, [second.name]: b })));
}

/** Solves worlds one after another with a progress bar. Ctrl-C ends it without a result. */
export function solveAll(
  cells: readonly { readonly at: Readonly<Record<string, number>>; readonly world: World }[],
  options: SolveOptions,
): Promise<SolvedCell[]> {
  const solveEach = async (
    signal: AbortSignal,
    onProgress: (done: number, expected: number) => void,
  ): Promise<SolvedCell[]> => {
    const solved: SolvedCell[] = [];
    for (const { at, world } of cells) {
      onProgress(solved.length, cells.length);
      solved.push({ at, solution: await solve(world, { ...options, signal }) });
    }
    onProgress(cells.length, cells.length);
    return solved;
  };
  return withInterrupt((signal) =>
    withProgress(1, (onProgress) => solveEach(signal, onProgress ?? (() => {})), "worlds"),
  );
}
