import { expectedMistake, numberMistake, objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import type { Draws } from "../random/draws.js";
import type { Space } from "./space.js";

export interface SlateShape {
  /** Positions go from 0 to numCandidates - 1. */
  readonly numCandidates: number;
  /** The most positions that a slate may have; an empty slate is one, too. */
  readonly slateSize: number;
  /** Whether a position may come twice, as RecSim lets it. Default false. */
  readonly allowRepeats?: boolean;
}

/** Slates: ordered positions among the candidates. */
export class Slate implements Space<readonly number[]> {
  readonly numCandidates: number;
  readonly slateSize: number;
  readonly allowRepeats: boolean;
  readonly flatSize = undefined;

  constructor(shape: SlateShape) {
    refuse([objectMistake("shape", shape)]);
    const { numCandidates, slateSize, allowRepeats = false } = shape;
    refuse([
      ...unknownFieldMistakes("field of a Slate's shape", shape, ["numCandidates", "slateSize", "allowRepeats"]),
      numberMistake("numCandidates", numCandidates, { min: 1, max: 2 ** 32, integer: true }),
      numberMistake("slateSize", slateSize, { min: 1, max: allowRepeats ? 2 ** 32 : numCandidates, integer: true }),
      typeof allowRepeats === "boolean" ? undefined : expectedMistake("allowRepeats", "true or false", allowRepeats),
    ]);
    this.numCandidates = numCandidates;
    this.slateSize = slateSize;
    this.allowRepeats = allowRepeats;
  }

  contains(value: unknown): value is readonly number[] {
    return this.mistake(value) === undefined;
  }

  /** Which rule the slate breaks, as a sentence; undefined for a legal one. */
  mistake(slate: unknown): string | undefined {
    if (!Array.isArray(slate)) return expectedMistake("slate", "a list of positions", slate);
    if (slate.length > this.slateSize)
      return expectedMistake("slate", `at most ${this.slateSize} positions (slateSize)`, slate);
    for (let slot = 0; slot < slate.length; slot++) {
      const position: unknown = slate[slot];
      if (!Number.isInteger(position) || (position as number) < 0 || (position as number) >= this.numCandidates)
        return expectedMistake(`slate[${slot}]`, `an integer in [0, ${this.numCandidates - 1}]`, position);
      if (!this.allowRepeats && isAmongFirst(slot, slate, position))
        return expectedMistake(`slate[${slot}]`, "a position that is not on the slate yet", position);
    }
    return undefined;
  }

  /** A full slate: without repeats the front of a Fisher–Yates shuffle, else position by position. */
  sample(draws: Draws): number[] {
    if (this.allowRepeats) return Array.from({ length: this.slateSize }, () => draws.integer(this.numCandidates));
    const positions = Array.from({ length: this.numCandidates }, (_, position) => position);
    for (let place = 0; place < this.slateSize; place++) {
      const target = place + draws.integer(positions.length - place);
      [positions[place], positions[target]] = [positions[target]!, positions[place]!];
    }
    return positions.slice(0, this.slateSize);
  }

  flatten(value: readonly number[]): number[] {
    return [...value];
  }
}

/** Quicker than `indexOf` on the few positions of a slate, which environments check at every step. */
function isAmongFirst(count: number, slate: readonly unknown[], position: unknown): boolean {
  for (let slot = 0; slot < count; slot++) if (slate[slot] === position) return true;
  return false;
}
