import { expectedMistake } from "../check/mistakes.js";
import type { World } from "../index.js";
import { compare } from "../montecarlo/compare.js";
import { policies } from "../policies/policies.js";
import type { BeliefLoss, SolvedCell } from "../report/describeSolutions.js";
import { beliefPolicy } from "../solve/beliefPolicy.js";
import type { Solution } from "../solve/solution.js";
import { solve } from "../solve/solve.js";
import type { SolveOptions } from "../solve/solveOptions.js";
import { withInterrupt } from "./interrupt.js";
import { parseNumber } from "../check/parseNumber.js";
import { withProgress, type OnProgress } from "./progress.js";

/** Users of each world whom an agent observes. */
const BELIEF_USERS = 1024;

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
  withBelief: boolean,
): Promise<SolvedCell[]> {
  const solveEach = async (signal: AbortSignal, onProgress: OnProgress): Promise<SolvedCell[]> => {
    const solved: SolvedCell[] = [];
    for (const { at, world } of cells) {
      onProgress(solved.length);
      const solution = await solve(world, { ...options, signal });
      const belief = withBelief && (await lossOfBelief(world, solution, signal));
      solved.push({ at, solution, ...(belief && { belief }) });
    }
    onProgress(cells.length);
    return solved;
  };
  return withInterrupt((signal) => withProgress(cells.length, (onProgress) => solveEach(signal, onProgress), "worlds"));
}

/** Simulates what an agent loses that observes users with noise: its share of the optimum, on the same users. */
async function lossOfBelief(world: World, solution: Solution, signal: AbortSignal): Promise<BeliefLoss> {
  const { steps, discount = 1, warmUp = 0, value } = solution;
  const options = { users: BELIEF_USERS, steps, discount, warmUp, estimator: "controlled", signal } as const;
  const { pairs } = await compare(world, [beliefPolicy(solution), policies.optimal(solution)], options);
  const { mean, standardError } = pairs[0]!.difference;
  return { loss: mean / value, standardError: standardError / value };
}
