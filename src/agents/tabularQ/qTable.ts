import { isCount } from "../snapshots.js";

interface Entry {
  value: number;
  count: number;
}

/** Rows of a table as plain data: the state, then slate, value and count of every slate tried in it. */
export type QRows = readonly (readonly [state: string, tried: readonly (readonly [number, number, number])[]])[];

/** Table of the values of slates, by their numbers, in states; 0 for slates never tried. */
export class QTable {
  private readonly numSlates: number;
  private readonly states = new Map<string, Map<number, Entry>>();

  constructor(numSlates: number, rows: QRows = []) {
    this.numSlates = numSlates;
    for (const [state, tried] of rows) {
      this.states.set(state, new Map(tried.map(([slate, value, count]) => [slate, { value, count }])));
    }
  }

  /** Returns the slate with the highest value; ties: lower number first. */
  best(state: string): { readonly slate: number; readonly value: number } {
    const tried = this.states.get(state);
    let best = { slate: 0, value: tried?.get(0)?.value ?? 0 };
    for (let slate = 1; slate < this.numSlates; slate++) {
      const value = tried?.get(slate)?.value ?? 0;
      if (value > best.value) best = { slate, value };
    }
    return best;
  }

  /** Returns the slate that was tried least often; ties: lower number first. */
  leastTried(state: string): number {
    const tried = this.states.get(state);
    let least = 0;
    for (let slate = 1; slate < this.numSlates; slate++) {
      if ((tried?.get(slate)?.count ?? 0) < (tried?.get(least)?.count ?? 0)) least = slate;
    }
    return least;
  }

  /** Moves a value towards a target, and counts the try. */
  learn(state: string, slate: number, target: number, learningRate: number): void {
    const tried = this.states.get(state) ?? new Map<number, Entry>();
    const { value, count } = tried.get(slate) ?? { value: 0, count: 0 };
    this.states.set(state, tried.set(slate, { value: value + learningRate * (target - value), count: count + 1 }));
  }

  rows(): QRows {
    return [...this.states].map(([state, tried]) => [
      state,
      [...tried].map(([slate, { value, count }]) => [slate, value, count]),
    ]);
  }
}

/** Returns whether plain data are rows of a table of `numSlates` slates. */
export function areRows(rows: unknown, numSlates: number): rows is QRows {
  const isEntry = (entry: unknown): boolean =>
    Array.isArray(entry) && isCount(entry[0]) && entry[0] < numSlates && Number.isFinite(entry[1]) && isCount(entry[2]);
  const isRow = (row: unknown): boolean =>
    Array.isArray(row) && typeof row[0] === "string" && Array.isArray(row[1]) && row[1].every(isEntry);
  return Array.isArray(rows) && rows.every(isRow);
}
