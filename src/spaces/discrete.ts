import { expectedMistake, numberMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import type { Draws } from "../random/draws.js";
import type { Space } from "./space.js";

/** Draws of whole numbers are uniform up to here. */
const LARGEST_RANGE = 2 ** 32;

/** The n whole numbers start, start + 1, …, start + n - 1. */
export class Discrete implements Space<number> {
  readonly n: number;
  readonly start: number;
  readonly flatSize = 1;

  constructor(n: number, start = 0) {
    const mistake = numberMistake("n", n, { min: 1, max: LARGEST_RANGE, integer: true });
    const end = mistake === undefined ? start + n : start;
    refuse([
      mistake,
      // Beyond the safe integers neighbours are one and the same number.
      Number.isSafeInteger(start) && Number.isSafeInteger(end)
        ? undefined
        : expectedMistake("start", "a safe integer, like start + n", start),
    ]);
    this.n = n;
    this.start = start;
  }

  contains(value: unknown): value is number {
    return Number.isInteger(value) && (value as number) >= this.start && (value as number) < this.start + this.n;
  }

  sample(draws: Draws): number {
    return this.start + draws.integer(this.n);
  }

  flatten(value: number): number[] {
    return [value];
  }
}

/** Lists of whole numbers, each below its own bound. */
export class MultiDiscrete implements Space<readonly number[]> {
  readonly nvec: readonly number[];
  readonly flatSize: number;

  constructor(nvec: readonly number[]) {
    refuse(
      Array.isArray(nvec) && nvec.length > 0
        ? Array.from(nvec, (n, i) => numberMistake(`nvec[${i}]`, n, { min: 1, max: LARGEST_RANGE, integer: true }))
        : [expectedMistake("nvec", "a list of at least one bound", nvec)],
    );
    this.nvec = Object.freeze([...nvec]);
    this.flatSize = nvec.length;
  }

  contains(value: unknown): value is readonly number[] {
    if (!Array.isArray(value) || value.length !== this.nvec.length) return false;
    return this.nvec.every((n, i) => Number.isInteger(value[i]) && value[i] >= 0 && value[i] < n);
  }

  sample(draws: Draws): number[] {
    return this.nvec.map((n) => draws.integer(n));
  }

  flatten(value: readonly number[]): number[] {
    return [...value];
  }
}
