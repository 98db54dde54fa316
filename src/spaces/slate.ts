import { InvalidInput } from "../check/invalidInput.js";
import { isList } from "../check/lists.js";
import { expectedMistake, numberMistake, objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { listOnce, MAX_ITEMS, readOnce } from "../check/readOnce.js";
import { refuse } from "../check/refuse.js";
import { printed, shortName } from "../check/shortName.js";
import type { Draws } from "../random/draws.js";
import { answer, frozen, refuseNoDraws, refuseOthers, type Space } from "./space.js";

/** Shape of a space of slates. */
export interface SlateShape {
  /** Positions go from 0 to numCandidates - 1. */
  readonly numCandidates: number;
  /** The most positions that a slate may have; an empty slate is one, too. */
  readonly slateSize: number;
  /** Whether a position may come twice, as RecSim lets it. Default: false. */
  readonly allowRepeats?: boolean;
}

/** Slates: ordered positions among the candidates. */
export class Slate implements Space<readonly number[]> {
  readonly numCandidates: number;
  readonly slateSize: number;
  readonly allowRepeats: boolean;
  readonly flatSize = undefined;

  constructor(shape: SlateShape) {
    const given = readOnce("shape", shape, FIELDS);
    refuse([objectMistake("shape", given)]);
    const { numCandidates, slateSize, allowRepeats = false } = given;
    const mistake = numberMistake("numCandidates", numCandidates, { min: 1, max: MAX_ITEMS, integer: true });
    const longest = allowRepeats || mistake !== undefined ? MAX_ITEMS : numCandidates;
    refuse([
      ...unknownFieldMistakes("field of a Slate's shape", given, FIELDS),
      mistake,
      numberMistake("slateSize", slateSize, { min: 1, max: longest, integer: true }),
      typeof allowRepeats === "boolean" ? undefined : expectedMistake("allowRepeats", "true or false", allowRepeats),
    ]);
    this.numCandidates = numCandidates;
    this.slateSize = slateSize;
    this.allowRepeats = allowRepeats;
    frozen(this, new.target === Slate);
  }

  contains(value: unknown): value is readonly number[] {
    return answer(() => isList(value) && this.mistake(value) === undefined);
  }

  /** The slate as a list of its own, each position read once. Throws `InvalidInput` for an illegal one. */
  read(slate: ArrayLike<number>): readonly number[] {
    const positions = this.copyOf(slate);
    const mistake = this.mistake(positions);
    if (mistake !== undefined) throw new InvalidInput([mistake]);
    return positions;
  }

  /** Reads the slate once; returns anything but a list unchanged. A separate loop, because environments read a slate at every step. */
  private copyOf(slate: ArrayLike<number>): readonly number[] {
    try {
      if (!isList(slate)) return slate;
      const { length } = slate;
      if (!(length <= this.slateSize)) return listOnce("slate", slate) as readonly number[];
      const positions: number[] = [];
      for (let slot = 0; slot < length; slot++) positions.push(slate[slot]!);
      return positions;
    } catch {
      return listOnce("slate", slate) as readonly number[]; // which says that it cannot be read
    }
  }

  /** Returns a sentence with the rule that the slate breaks; undefined for a legal one. */
  mistake(slate: unknown): string | undefined {
    if (!isList(slate)) return expectedMistake("slate", "a list of positions", slate);
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
    refuseNoDraws(draws);
    if (this.allowRepeats) return Array.from({ length: this.slateSize }, () => draws.integer(this.numCandidates));
    const positions = Array.from({ length: this.numCandidates }, (_, position) => position);
    for (let place = 0; place < this.slateSize; place++) {
      const target = place + draws.integer(positions.length - place);
      [positions[place], positions[target]] = [positions[target]!, positions[place]!];
    }
    return positions.slice(0, this.slateSize);
  }

  flatten(value: readonly number[]): number[] {
    refuseOthers(this, value);
    return Array.from(value);
  }

  /** @internal */
  [printed](): string {
    const { slateSize, numCandidates, allowRepeats } = this;
    return shortName("Slate", `${slateSize} of ${numCandidates}${allowRepeats ? ", repeats allowed" : ""}`);
  }
}

const FIELDS = ["numCandidates", "slateSize", "allowRepeats"];

/** Faster than `indexOf` on the few positions of a slate, which environments check at every step. */
function isAmongFirst(count: number, slate: ArrayLike<unknown>, position: unknown): boolean {
  for (let slot = 0; slot < count; slot++) if (slate[slot] === position) return true;
  return false;
}
