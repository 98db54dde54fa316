import type { Solution } from "../solve/solution.js";
import { decimalsFor, formatNumber, formatShare } from "./formatNumber.js";
import { table } from "./table.js";
import { rewardWord, type DescribedWorld } from "./worldWords.js";
import { wrap } from "./wrap.js";

/** Maximal number of rows of the table of mixes. */
const MAX_ROWS = 24;

/** Describes the optimum, what every policy falls short of it, and which mix is best when. `width` is the terminal's, in characters. */
export function describeSolution(solution: Solution, world: DescribedWorld, width: number = Infinity): string {
  const { stateName } = solution.table;
  const caveat = `The optimum knows every user's ${stateName}, which no agent observes; so does the best mix for each ${stateName}.`;
  return [
    wrap([world.label, ...describeProblem(solution)], width),
    table(valueTable(solution, world), width),
    table(mixTable(solution), width),
    wrap(caveat.split(" "), width),
  ].join("\n\n");
}

function describeProblem({ steps, discount, warmUp }: Solution): string[] {
  return [
    `· ${formatNumber(steps)} step${steps === 1 ? "" : "s"}`,
    ...(discount === undefined ? [] : [`· discount ${discount}`]),
    ...(warmUp === undefined ? [] : [`· warm-up ${formatNumber(warmUp)} step${warmUp === 1 ? "" : "s"}`]),
  ];
}

/** Returns every value with its regret, its distance from the optimum; policies of one value share a row. */
function valueTable(solution: Solution, world: DescribedWorld): string[][] {
  const { value: optimum, valueError, policyError, tableValue, policies, table: mixes } = solution;
  const decimals = decimalsFor(Math.max(valueError, policyError));
  const byValue = new Map<number, string[]>();
  for (const [name, value] of Object.entries(policies)) byValue.set(value, [...(byValue.get(value) ?? []), name]);
  const ranked = [...byValue].toSorted(([a], [b]) => b - a);
  const row = (name: string, value: number, error: number): string[] => [
    name,
    formatNumber(value, decimals),
    `±${formatNumber(error, decimals)}`,
    formatNumber(optimum - value, decimals),
    formatShare((optimum - value) / optimum),
  ];
  return [
    ["policy", `total ${rewardWord(world)}`, "error", "regret", "of the optimum"],
    row("optimum", optimum, valueError),
    row(`best mix for each ${mixes.stateName}`, tableValue, policyError),
    ...solution.heldValues.map(({ length, value }) => row(`… held for ${length} steps`, value, policyError)),
    row("mix that is best for one step", solution.myopicValue, policyError),
    ...ranked.map(([value, names]) => row(names.join(", "), value, policyError)),
  ];
}

/** Returns a row for each run of steps with the same best mixes, and a column of mixes from the least state to the greatest. */
function mixTable({ table: { stateName, states, mix }, steps }: Solution): string[][] {
  const rows: { first: number; last: number; text: string }[] = [];
  mix.forEach((best, step) => {
    const text = mixesByState(states, best);
    const row = rows.at(-1);
    if (row?.text === text) row.last = step;
    else rows.push({ first: step, last: step, text });
  });
  const shown = rows.slice(-MAX_ROWS); // the last steps are those that differ
  const left = (step: number): string => formatNumber(steps - step);
  return [
    ["steps left", `best mix by ${stateName}`],
    ...(shown.length < rows.length ? [["…", `${rows.length - shown.length} rows more`]] : []),
    ...shown.map(({ first, last, text }) => [first === last ? left(first) : `${left(first)} to ${left(last)}`, text]),
  ];
}

/** `mix(2) below -3.4, mix(3) above`: edges lie halfway between two states of the table. */
function mixesByState(states: readonly number[], best: readonly number[]): string {
  const parts: string[] = [];
  for (let i = 0; i < best.length; i++) {
    if (i + 1 < best.length && best[i + 1] === best[i]) continue;
    const isLast = i + 1 === best.length;
    const edge = isLast ? NaN : (states[i]! + states[i + 1]!) / 2;
    const where = isLast ? (parts.length === 0 ? "" : " above") : ` below ${formatNumber(edge, 1)}`;
    parts.push(`mix(${best[i]})${where}`);
  }
  return parts.join(", ");
}
