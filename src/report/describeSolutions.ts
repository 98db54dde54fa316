import type { Solution } from "../solve/solution.js";
import { decimalsFor, formatNumber, formatShare } from "./formatNumber.js";
import { heatMap } from "./heatMap.js";
import { table } from "./table.js";
import { rewardWord, type DescribedWorld } from "./worldWords.js";
import { wrap } from "./wrap.js";

/** The solution of a world, and the values of two parameters there. */
export interface SolvedCell {
  readonly at: Readonly<Record<string, number>>;
  readonly solution: Solution;
  readonly belief?: BeliefLoss;
}

/** What an agent loses by not knowing the state: its share of the optimum, and the standard error of that. */
export interface BeliefLoss {
  readonly loss: number;
  readonly standardError: number;
}

/** Describes solutions over two parameters: a row for each, and a heat map of what the myopic answer loses. */
export function describeSolutions(
  cells: readonly SolvedCell[],
  world: DescribedWorld,
  width: number = Infinity,
): string {
  const [rows, columns] = Object.keys(cells[0]!.at) as [string, string];
  const title = `Best fixed mix, and what the mix that is best for one step loses against the optimum, by ${rows} (down) and ${columns} (across):`;
  const heatCells = cells.map(({ at, solution }) => {
    return { at, best: bestFixed(solution)[0], share: lossOf(solution.myopicValue, solution) };
  });
  return [
    wrap([world.label, `· ${cells.length} worlds`], width),
    table(valueTable(cells, world), width),
    wrap(title.split(" "), width),
    ...heatMap(heatCells, [rows, columns], width),
  ].join("\n\n");
}

function valueTable(cells: readonly SolvedCell[], world: DescribedWorld): string[][] {
  const decimals = decimalsFor(Math.max(...cells.map(({ solution }) => solution.valueError)));
  const lengths = cells[0]!.solution.heldValues.map(({ length }) => length);
  const titles = [
    ...Object.keys(cells[0]!.at),
    `optimal ${rewardWord(world)}`,
    "best fixed mix",
    "it loses",
    "best for one step loses",
    ...lengths.map((length) => `held for ${length}`),
    ...(cells[0]!.belief ? ["noisy observer loses"] : []),
  ];
  const rows = cells.map(({ at, solution, belief }) => {
    const loss = (value: number): string => formatShare(lossOf(value, solution));
    const [name, value] = bestFixed(solution);
    return [
      ...Object.values(at).map(String),
      formatNumber(solution.value, decimals),
      name,
      ...[value, solution.myopicValue, ...solution.heldValues.map((held) => held.value)].map(loss),
      ...(belief ? [`${formatNumber(100 * belief.loss, 4)} % ±${formatNumber(100 * belief.standardError, 4)}`] : []),
    ];
  });
  return [titles, ...rows];
}

/** The mix that is best if it never changes; of equals the first. */
function bestFixed({ policies }: Solution): [name: string, value: number] {
  const mixes = Object.entries(policies).filter(([name]) => name.startsWith("mix("));
  return mixes.reduce((best, each) => (each[1] > best[1] ? each : best));
}

function lossOf(value: number, { value: optimum }: Solution): number {
  return Math.max(0, (optimum - value) / optimum);
}
