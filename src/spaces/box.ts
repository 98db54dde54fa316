import { expectedMistake, objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { log } from "../numeric/log.js";
import type { Draws } from "../random/draws.js";
import type { Space } from "./space.js";

/** Numbers nested as the shape says: shape [] is a number, [3] a list of three, [2, 3] two lists of three. */
export type BoxValue<Shape extends readonly number[]> = Shape extends readonly []
  ? number
  : Shape extends readonly [number, ...infer Rest extends readonly number[]]
    ? readonly BoxValue<Rest>[]
    : unknown;

export interface BoxBounds<Shape extends readonly number[]> {
  /** Included; -Infinity for no bound. NaN is in no box. */
  readonly low: number;
  readonly high: number;
  readonly shape?: Shape;
}

/** Numbers between two bounds, the same for all of them. */
export class Box<const Shape extends readonly number[] = readonly []> implements Space<BoxValue<Shape>> {
  readonly low: number;
  readonly high: number;
  readonly shape: Shape;
  readonly flatSize: number;

  constructor(bounds: BoxBounds<Shape>) {
    refuse([objectMistake("bounds", bounds)]);
    refuse(boundsMistakes(bounds));
    this.low = bounds.low;
    this.high = bounds.high;
    this.shape = Object.freeze([...(bounds.shape ?? [])]) as unknown as Shape;
    this.flatSize = this.shape.reduce((product, length) => product * length, 1);
  }

  contains(value: unknown): value is BoxValue<Shape> {
    return this.holds(value, 0);
  }

  /** Uniform between finite bounds, exponential (mean 1) away from a single one, standard normal without any. */
  sample(draws: Draws): BoxValue<Shape> {
    return this.fill(draws, 0) as BoxValue<Shape>;
  }

  flatten(value: BoxValue<Shape>): number[] {
    return [value].flat(this.shape.length) as number[];
  }

  private holds(value: unknown, axis: number): boolean {
    if (axis === this.shape.length) return typeof value === "number" && value >= this.low && value <= this.high;
    if (!isList(value) || value.length !== this.shape[axis]) return false;
    return Array.from(value).every((item) => this.holds(item, axis + 1)); // of holes, too
  }

  private fill(draws: Draws, axis: number): unknown {
    if (axis === this.shape.length) return this.number(draws);
    return Array.from({ length: this.shape[axis]! }, () => this.fill(draws, axis + 1));
  }

  private number(draws: Draws): number {
    const { low, high } = this;
    const open = [Number.isFinite(low), Number.isFinite(high)];
    if (open[0] && open[1]) {
      const u = draws.uniform();
      const between = low * (1 - u) + high * u; // their difference might overflow
      return Math.max(low, Math.min(high, between)); // and their sum be rounded past one of them
    }
    if (open[0]) return low - log(1 - draws.uniform());
    if (open[1]) return high + log(1 - draws.uniform());
    return draws.normal();
  }
}

/** Typed arrays are lists, too. */
function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function isNumber(bound: unknown): boolean {
  return typeof bound === "number" && !Number.isNaN(bound);
}

function boundsMistakes(bounds: BoxBounds<readonly number[]>): (string | undefined)[] {
  const { low, high, shape = [] } = bounds;
  const legalShape =
    Array.isArray(shape) && Array.from(shape).every((length) => Number.isInteger(length) && length > 0);
  return [
    ...unknownFieldMistakes("bound of a Box", bounds, ["low", "high", "shape"]),
    isNumber(low) && low < Infinity ? undefined : expectedMistake("low", "a number below Infinity", low),
    isNumber(high) && high > -Infinity ? undefined : expectedMistake("high", "a number above -Infinity", high),
    low > high ? expectedMistake("high", `a number of at least ${low} (low)`, high) : undefined,
    legalShape ? undefined : expectedMistake("shape", "a list of positive integers", shape),
  ];
}
