import { isArray, isList } from "../check/lists.js";
import { expectedMistake, numberMistake } from "../check/mistakes.js";
import { listOnce } from "../check/readOnce.js";
import { refuse } from "../check/refuse.js";
import { printed, shortName } from "../check/shortName.js";
import type { Draws } from "../random/draws.js";
import { answer, frozen, refuseNoDraws, refuseOthers, type Space } from "./space.js";

/** Draws of whole numbers are uniform up to here. */
const MAX_RANGE = 2 ** 32;

/** The n whole numbers start, start + 1, …, start + n - 1. */
export class Discrete implements Space<number> {
  readonly n: number;
  readonly start: number;
  readonly flatSize = 1;

  constructor(n: number, start = 0) {
    const mistake = numberMistake("n", n, { min: 1, max: MAX_RANGE, integer: true });
    const end: unknown = mistake === undefined && typeof start === "number" ? start + n : start;
    refuse([
      mistake,
      // Beyond the safe integers neighbours are one and the same number.
      Number.isSafeInteger(start) && Number.isSafeInteger(end)
        ? undefined
        : expectedMistake("start", "a safe integer, like start + n", start),
    ]);
    this.n = n;
    this.start = start;
    frozen(this, new.target === Discrete);
  }

  contains(value: unknown): value is number {
    return Number.isInteger(value) && (value as number) >= this.start && (value as number) < this.start + this.n;
  }

  sample(draws: Draws): number {
    refuseNoDraws(draws);
    return this.start + draws.integer(this.n);
  }

  flatten(value: number): number[] {
    refuseOthers(this, value);
    return [value];
  }

  /** @internal */
  [printed](): string {
    return shortName("Discrete", `${this.start} to ${this.start + this.n - 1}`);
  }
}

/** Lists of whole numbers, each below its own bound. */
export class MultiDiscrete implements Space<readonly number[]> {
  readonly nvec: readonly number[];
  readonly flatSize: number;

  constructor(nvec: ArrayLike<number>) {
    const given = listOnce("nvec", nvec);
    refuse(
      isArray(given) && given.length > 0
        ? Array.from(given, (n, i) => numberMistake(`nvec[${i}]`, n, { min: 1, max: MAX_RANGE, integer: true }))
        : [expectedMistake("nvec", "a list of at least one bound", given)],
    );
    this.nvec = Object.freeze(Array.from(given));
    this.flatSize = this.nvec.length;
    frozen(this, new.target === MultiDiscrete);
  }

  contains(value: unknown): value is readonly number[] {
    return answer(
      () => isList(value) && value.length === this.nvec.length && this.nvec.every((n, i) => isBelow(n, value[i])),
    );
  }

  sample(draws: Draws): number[] {
    refuseNoDraws(draws);
    return this.nvec.map((n) => draws.integer(n));
  }

  flatten(value: readonly number[]): number[] {
    refuseOthers(this, value);
    return Array.from(value);
  }

  /** @internal */
  [printed](): string {
    return shortName("MultiDiscrete", this.nvec.join(" × "));
  }
}

function isBelow(n: number, value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) < n;
}
