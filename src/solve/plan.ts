import { EDGE_NUMBERS, PLAN_TERMS, type SlatePlan } from "../world/slatePlan.js";
import { indexOfMaximum } from "./bestMixes.js";
import { ChebyshevGrid } from "./chebyshev.js";
import type { Optimum } from "./optimum.js";
import type { Problem } from "./sample.js";
import { valueBefore, type StateGrid } from "./stateGrid.js";

/** Cells of the tables: between two edges numbers are interpolated linearly. */
const CELLS = 256;

/** Makes the plan that leads to the optimum, from the optima on several samples of candidate sets. */
export function planFrom(
  { weights }: Problem,
  grid: StateGrid,
  optima: readonly Optimum[],
): Omit<SlatePlan, "world" | "steps"> {
  const { least, greatest } = grid.states;
  const edges = edgeRows(grid.states);
  const mixes = mixesOnTheWay(grid, optima[0]!, weights.length);
  const tables: Float64Array[] = [];
  const certain: Uint8Array[] = [];
  const tableOf = Int32Array.from(weights, (weight, step) => {
    const cells = cellsOf(grid.states, (i) => optima.every((optimum) => isBest(optimum, step, i, mixes[step]!)));
    if (!cells.includes(0)) return -1;
    const [before, after] = [step, step + 1].map((at) => meanValues(optima, at)) as [Float64Array, Float64Array];
    certain.push(cells);
    return tables.push(edgeTable(grid, edges, before, after, weight)) - 1;
  });
  const range = { leastState: least, cellsPerUnit: CELLS / (greatest - least), cells: CELLS };
  const mixIsBest = Uint8Array.from(certain.flatMap((cells) => Array.from(cells)));
  return { mixes, tableOf, ...range, mixIsBest, tables: joined(tables) };
}

function isBest({ bestMix, mixIsBest }: Optimum, step: number, state: number, mix: number): boolean {
  return bestMix[step]![state] === mix && mixIsBest[step]![state]!;
}

/** For each step the best mix for users in the mean state, who have had the best mixes before. */
function mixesOnTheWay({ states, initialMean }: StateGrid, { bestMix, mixes }: Optimum, steps: number): Int32Array {
  let mean = product(initialMean, states.points);
  return Int32Array.from({ length: steps }, (_, step) => {
    const nearest = indexOfMaximum(states.points.map((state) => -Math.abs(state - mean)));
    const mix = bestMix[step]![nearest]!;
    const row = new Float64Array(states.points.length);
    states.addRow(mean, 1, row);
    mean = product(
      row,
      states.points.map((_state, i) => valueBefore(mixes[mix]!, i, states.points, 0)),
    );
    return mix;
  });
}

/** For each cell 1 if `holds` for all states of the grid in it, and for the nearest ones on both sides; else 0. */
function cellsOf({ points, least, greatest }: ChebyshevGrid, holds: (state: number) => boolean): Uint8Array {
  const at = Array.from(points, (_, i) => holds(i));
  const width = (greatest - least) / CELLS;
  return Uint8Array.from({ length: CELLS }, (_, cell) => {
    const [from, to] = [least + cell * width, least + (cell + 1) * width];
    const first = points.findLastIndex((state) => state <= from);
    const last = points.findIndex((state) => state >= to);
    return at.slice(Math.max(first, 0), last < 0 ? at.length : last + 1).every(Boolean) ? 1 : 0;
  });
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  parts.forEach((part, place) => all.set(part, place * part.length));
  return all;
}

/** What each state of the grid counts at each edge. */
function edgeRows(states: ChebyshevGrid): Float64Array[] {
  const width = (states.greatest - states.least) / CELLS;
  return Array.from({ length: CELLS + 1 }, (_, edge) => {
    const row = new Float64Array(states.points.length);
    states.addRow(edge === CELLS ? states.greatest : states.least + edge * width, 1, row);
    return row;
  });
}

function meanValues(optima: readonly Optimum[], step: number): Float64Array {
  return optima[0]!.values[step]!.map((_, i) => {
    return optima.reduce((sum, { values }) => sum + values[step]![i]!, 0) / optima.length;
  });
}

/** Returns [edge][EDGE_NUMBERS] of a step, from the values before and after it. */
function edgeTable(
  grid: StateGrid,
  edges: readonly Float64Array[],
  before: Float64Array,
  after: Float64Array,
  weight: number,
): Float64Array {
  const toTerms = termRows(grid.documents);
  const numbers = Array.from(after, (staying, i) => {
    const gains = new Float64Array(grid.documents.points.length);
    grid.clickValues(i, after, weight, gains);
    for (let j = 0; j < gains.length; j++) gains[j]! -= staying; // what no click is worth
    return [...toTerms.map((row) => product(row, gains)), before[i]! - staying];
  });
  const table = new Float64Array(edges.length * EDGE_NUMBERS);
  edges.forEach((row, edge) => {
    for (let term = 0; term < EDGE_NUMBERS; term++) {
      let sum = 0;
      for (let i = 0; i < row.length; i++) sum += row[i]! * numbers[i]![term]!;
      table[edge * EDGE_NUMBERS + term] = sum;
    }
  });
  return table;
}

/** For each power of k - 1/2, what the value at each document of the grid counts in its coefficient. */
function termRows(documents: ChebyshevGrid): Float64Array[] {
  const points = new ChebyshevGrid(PLAN_TERMS, 0, 1);
  const rows = Array.from({ length: PLAN_TERMS }, () => new Float64Array(documents.points.length));
  points.points.forEach((point, i) => {
    const lagrange = lagrangeTerms(points.points, i);
    rows.forEach((row, term) => documents.addRow(point, lagrange[term]!, row));
  });
  return rows;
}

/** The coefficients, in powers of k - 1/2, of the polynomial that is 1 at one of the points and 0 at the others. */
function lagrangeTerms(points: Float64Array, own: number): number[] {
  let terms = [1];
  points.forEach((point, i) => {
    if (i === own) return;
    const scale = 1 / (points[own]! - point);
    const shifted = [0, ...terms];
    terms = shifted.map((term, power) => scale * (term - (point - 0.5) * (terms[power] ?? 0)));
  });
  return terms;
}

function product(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, x, i) => sum + x * b[i]!, 0);
}
