import type { Sweep, SweepCell } from "../sweep/sweepResult.js";
import { decimalsFor, decimalsForAll, formatInterval, formatNumber, formatShare } from "./formatNumber.js";
import { table } from "./table.js";
import { wrap } from "./wrap.js";

/** Lifts, as shares of the baseline's mean, below which a shade stands. */
const SHADES = [
  [0.001, "·"],
  [0.01, "░"],
  [0.05, "▒"],
  [0.2, "▓"],
  [Infinity, "█"],
] as const;

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
    ...(names.length === 2 ? seeds.map((seed) => heatMap(sweep, seed, names as [string, string], width)) : []),
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

function heatMap({ cells, seeds, baseline }: Sweep, seed: string, [down, across]: [string, string], width: number) {
  const own = cells.filter((cell) => cell.seed === seed);
  const rows = [...new Set(own.map(({ at }) => at[down]!))];
  const columns = [...new Set(own.map(({ at }) => at[across]!))];
  const heatAt = (row: number | string, column: number | string): string => {
    const cell = own.find(({ at }) => at[down] === row && at[across] === column);
    return cell === undefined ? "" : heat(cell);
  };
  const under = seeds.length > 1 ? ` under seed ${seed}` : "";
  const title = `Best policy, and its lift over ${baseline}, by ${down} (down) and ${across} (across)${under}:`;
  const shades = SHADES.map(([below, shade]) => `${shade} ${below === Infinity ? "more" : `below ${100 * below} %`}`);
  return [
    wrap(title.split(" "), width),
    table([
      ["", ...columns.map(String)],
      ...rows.map((row) => [String(row)].concat(columns.map((each) => heatAt(row, each)))),
    ]),
    wrap(shades, width),
  ].join("\n\n");
}

function heat({ best, lift }: SweepCell): string {
  const share = lift?.ratio ?? 0;
  const [, shade] = SHADES.find(([below]) => share < below) ?? SHADES[0];
  return `${shade.repeat(2)} ${best} ${formatNumber(100 * share, 1)} %`;
}
