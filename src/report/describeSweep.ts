import type { Sweep, SweepCell } from "../sweep/sweepResult.js";
import { decimalsFor, decimalsForAll, formatInterval, formatNumber, formatShare } from "./formatNumber.js";
import { heatMap } from "./heatMap.js";
import { table } from "./table.js";
import { wrap } from "./wrap.js";

/** Describes a sweep: a row for each cell, and a heat map of the best policy's lift where two values vary. `label` names the worlds. */
export function describeSweep(sweep: Sweep, label: string, width: number = Infinity): string {
  const { cells, users, baseline, seeds, interrupted } = sweep;
  const names = Object.keys(cells[0]!.at);
  const extent = `· ${cells.length} cells, ${formatNumber(users)} users each, seeds ${seeds.join(", ")}`;
  const note = `All policies and all cells of a seed use common random numbers. Difference: of the best policy and ${baseline}, paired; its interval holds for all policies of the cell together with 95 % confidence. Lift: its share of the mean return under ${baseline}.`;
  return [
    wrap([label, ...extent.split(" ")], width),
    table(cellTable(sweep, names), width),
    wrap(note.split(" "), width),
    ...(names.length === 2 ? seeds.map((seed) => liftMap(sweep, seed, names as [string, string], width)) : []),
    ...(interrupted ? [`Interrupted: these are the ${cells.length} cells that were finished.`] : []),
  ].join("\n\n");
}

function cellTable({ cells, seeds }: Sweep, names: readonly string[]): string[][] {
  const solved = cells.some(({ optimum }) => optimum !== undefined);
  const decimals = decimalsForAll(cells.map(({ difference }) => difference?.standardError ?? NaN));
  const liftDecimals = decimalsForAll(cells.map(({ lift }) => 100 * (lift?.standardError ?? NaN)));
  const means = decimalsForAll(cells.map((cell) => bestOf(cell).standardError));
  const rows = cells.map((cell) => {
    const { mean, regret } = bestOf(cell);
    return [
      ...names.map((name) => String(cell.at[name])),
      ...(seeds.length > 1 ? [cell.seed] : []),
      cell.best,
      formatNumber(mean, means),
      ...differenceCells(cell, decimals, liftDecimals),
      ...(solved ? [formatNumber(cell.optimum!.value, decimalsFor(cell.optimum!.valueError))] : []),
      ...(solved ? [formatShare(regret!.share)] : []),
    ];
  });
  const difference = ["difference", "95 % interval", "lift"];
  const optimum = solved ? ["optimum", "regret"] : [];
  return [[...names, ...(seeds.length > 1 ? ["seed"] : []), "best", "mean return", ...difference, ...optimum], ...rows];
}

function differenceCells({ difference, lift }: SweepCell, decimals: number, liftDecimals: number): string[] {
  if (difference === undefined) return ["–", "–", "–"];
  const interval = formatInterval(difference.simultaneousCi95, decimals);
  return [formatNumber(difference.mean, decimals), interval, `${formatNumber(100 * lift!.ratio, liftDecimals)} %`];
}

function bestOf({ policies, best }: SweepCell) {
  return policies.find(({ policy }) => policy === best)!;
}

function liftMap({ cells, seeds, baseline }: Sweep, seed: string, names: [string, string], width: number): string {
  const own = cells.filter((cell) => cell.seed === seed);
  const under = seeds.length > 1 ? ` under seed ${seed}` : "";
  const [down, across] = names;
  const title = `Best policy, and its lift over ${baseline}, by ${down} (down) and ${across} (across)${under}:`;
  const heatCells = own.map(({ at, best, lift }) => ({ at, best, share: lift?.ratio ?? 0 }));
  return [wrap(title.split(" "), width), ...heatMap(heatCells, names, width)].join("\n\n");
}
