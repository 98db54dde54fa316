import { numberMistake, objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { readOnce } from "../check/readOnce.js";
import { refuse } from "../check/refuse.js";
import { AGENT_STREAM, wordSource } from "./address.js";
import { Draws } from "./draws.js";
import { DEFAULT_SEED, seedKey, seedMistake, type Seed } from "./seedKey.js";

const PARTS = ["seed", "stream", "user", "step"];

/** An address of draws; the numbers are integers in [0, 2^32). Default: 0. */
export interface DrawAddress {
  /** Any text, or a finite number. Default: 0. */
  readonly seed?: Seed;
  /** The stream under that seed. Default: 3, where agents draw. Worlds have 0 and 2, the built-in policies 1. */
  readonly stream?: number;
  /** The user; for agents the number of the episode. */
  readonly user?: number;
  /** The step; for agents the number of the decision. */
  readonly step?: number;
}

/**
 * The draws at an address, for agents and slates of one's own: the same in every run, whatever else was drawn. Throws
 * `InvalidInput`.
 */
export function drawsAt(address: DrawAddress = {}): Draws {
  const given = readOnce("address", address, PARTS);
  refuse([objectMistake("address", given)]);
  const { seed = DEFAULT_SEED, stream = AGENT_STREAM, user = 0, step = 0 } = given;
  refuse([
    ...unknownFieldMistakes("part of an address", given, PARTS),
    seedMistake(seed),
    ...Object.entries({ stream, user, step }).map(([field, value]) => {
      return numberMistake(field, value, { min: 0, max: 2 ** 32 - 1, integer: true });
    }),
  ]);
  return new Draws(wordSource(seedKey(seed), stream, user), step);
}
