import { isList } from "../check/lists.js";
import { objectMistake } from "../check/mistakes.js";
import { readOnce } from "../check/readOnce.js";
import { refuse } from "../check/refuse.js";
import { printed, shortName } from "../check/shortName.js";
import type { Draws } from "../random/draws.js";
import { boundsMistakes, numbersIn, settledBound, shapeMistakes } from "./boxBounds.js";
import { drawBetween, drawIntegerBetween } from "./drawBetween.js";
import { answer, frozen, refuseNoDraws, refuseOthers, type Space } from "./space.js";

/** Numbers nested as the shape says: shape [] is a number, [3] a list of three, [2, 3] two lists of three. */
export type BoxValue<Shape extends readonly number[]> = Shape extends readonly []
  ? number
  : Shape extends readonly [number, ...infer Rest extends readonly number[]]
    ? readonly BoxValue<Rest>[]
    : unknown;

/** One bound for all numbers, or one for each of them, nested as the shape says; typed arrays are lists, too. */
export type Bound<Shape extends readonly number[]> = number | ArrayLike<number> | BoxValue<Shape>;

/** Options of a box. */
export interface BoxBounds<Shape extends readonly number[]> {
  /** Lower bound, included; -Infinity for none. NaN is in no box. */
  readonly low: Bound<NoInfer<Shape>>;
  /** Upper bound, included; Infinity for none. */
  readonly high: Bound<NoInfer<Shape>>;
  /** Lengths of nested lists, at most 16777216 numbers in all. Default: []. */
  readonly shape?: Shape;
  /** Whether only whole numbers are in the box. Default: false. */
  readonly integer?: boolean;
}

/** Numbers between two bounds. */
export class Box<const Shape extends readonly number[] = readonly []> implements Space<BoxValue<Shape>> {
  readonly low: Bound<Shape>;
  readonly high: Bound<Shape>;
  readonly shape: Shape;
  readonly integer: boolean;
  readonly flatSize: number;
  /** Bound of each number in the order of `flatten`; a single one if it is the same for all. */
  private readonly lows: readonly number[];
  private readonly highs: readonly number[];

  constructor(bounds: BoxBounds<Shape>) {
    refuse([objectMistake("bounds", bounds)]);
    const given = boundsOnce(bounds);
    refuse(shapeMistakes(given));
    refuse(boundsMistakes(given));
    const { low, high, shape = [], integer = false } = given;
    this.low = low as Bound<Shape>;
    this.high = high as Bound<Shape>;
    this.shape = Object.freeze(shape) as unknown as Shape;
    this.integer = integer;
    this.flatSize = shape.reduce((product, length) => product * length, 1);
    this.lows = numbersIn(low, isList(low) ? shape : []) as number[];
    this.highs = numbersIn(high, isList(high) ? shape : []) as number[];
    frozen(this, new.target === Box);
  }

  contains(value: unknown): value is BoxValue<Shape> {
    return answer(() => numbersIn(value, this.shape)?.every((number, i) => this.holds(number, i)) ?? false);
  }

  /**
   * Uniform between finite bounds, exponential (mean 1) away from a single one, standard normal without any; whole numbers are
   * uniform, too, or the nearest ones that are in the box.
   */
  sample(draws: Draws): BoxValue<Shape> {
    refuseNoDraws(draws);
    let next = 0;
    const draw = this.integer ? drawIntegerBetween : drawBetween;
    const fill = (axis: number): unknown => {
      if (axis === this.shape.length) return draw(this.lowAt(next), this.highAt(next++), draws);
      return Array.from({ length: this.shape[axis]! }, () => fill(axis + 1));
    };
    return fill(0) as BoxValue<Shape>;
  }

  flatten(value: BoxValue<Shape>): number[] {
    refuseOthers(this, value);
    return numbersIn(value, this.shape) as number[];
  }

  /** @internal */
  [printed](): string {
    const shape = this.shape.length === 0 ? "" : `, shape ${JSON.stringify(this.shape)}`;
    return shortName(
      "Box",
      `${showBound(this.low)} to ${showBound(this.high)}${shape}${this.integer ? ", integer" : ""}`,
    );
  }

  private holds(number: unknown, i: number): boolean {
    if (typeof number !== "number" || !(number >= this.lowAt(i) && number <= this.highAt(i))) return false;
    return !this.integer || Number.isInteger(number);
  }

  private lowAt(i: number): number {
    return this.lows.length === 1 ? this.lows[0]! : this.lows[i]!;
  }

  private highAt(i: number): number {
    return this.highs.length === 1 ? this.highs[0]! : this.highs[i]!;
  }
}

/** Reads the bounds once. */
function boundsOnce<Shape extends readonly number[]>(bounds: BoxBounds<Shape>) {
  const given = readOnce("bounds", bounds, ["low", "high", "shape", "integer"]);
  const { low, high, shape } = given;
  return {
    ...given,
    low: settledBound("low", low),
    high: settledBound("high", high),
    ...(shape === undefined ? {} : { shape: settledBound("shape", shape) as readonly number[] }),
  };
}

function showBound(bound: unknown): string {
  return isList(bound) ? "[…]" : String(bound);
}
