import seedrandom from "seedrandom";
import { expectedMistake } from "../check/mistakes.js";

/** What a user may seed a run with: 7 and "7" are the same seed. */
export type Seed = string | number;

/** The two 32-bit key words of every Philox block of a run. */
export interface Key {
  readonly key0: number;
  readonly key1: number;
}

/** The seed as text: the form that is hashed, printed and stored. */
export function seedText(seed: Seed): string {
  return String(seed);
}

export function seedMistake(seed: unknown): string | undefined {
  const legal = typeof seed === "string" ? seed !== "" : typeof seed === "number" && Number.isFinite(seed);
  return legal ? undefined : expectedMistake("seed", "a text that is not empty, or a finite number", seed);
}

/** The first two 32-bit outputs of `seedrandom` for the seed's text. */
export function seedKey(seed: Seed): Key {
  const generator = seedrandom(seedText(seed));
  return { key0: generator.int32() >>> 0, key1: generator.int32() >>> 0 };
}
