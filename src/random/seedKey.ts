import { expectedMistake } from "../check/mistakes.js";
import { philox4x32 } from "./philox.js";
import { seedrandom } from "./seedrandom.js";

/** Seed of a run: 7 and "7" are the same seed. */
export type Seed = string | number;

/** Default seed of the API and the command line. */
export const DEFAULT_SEED = 0;

/** The two 32-bit key words of every Philox block of a run. */
export interface Key {
  readonly key0: number;
  readonly key1: number;
}

/** Returns the seed as text, the form that is hashed, printed and stored. */
export function seedText(seed: Seed): string {
  return String(seed);
}

/** Returns an error for half of a surrogate pair, which UTF-8 cannot encode: texts that differ in one would be the same seed. */
const LONE_SURROGATE = /\p{Surrogate}/u;

export function seedMistake(seed: unknown): string | undefined {
  const legal = typeof seed === "string" ? seed !== "" : typeof seed === "number" && Number.isFinite(seed);
  if (!legal) return expectedMistake("seed", "a text that is not empty, or a finite number", seed);
  return LONE_SURROGATE.test(String(seed)) ? expectedMistake("seed", "whole characters", seed) : undefined;
}

/** The seed that was asked for last, and its key: in most runs every user and every agent has the same. */
let last = { text: "", key: { key0: 0, key1: 0 } };

/**
 * Returns the first two 32-bit outputs of `seedrandom`, keyed with 256 bytes derived from the whole text: `seedrandom` itself repeats
 * a short text, folds a long one, and drops all but the low byte of each character.
 */
export function seedKey(seed: Seed): Key {
  const text = seedText(seed); // never empty
  if (text !== last.text) last = { text, key: deriveKey(text) };
  return last.key;
}

function deriveKey(text: string): Key {
  const bytes = keyBytes(new TextEncoder().encode(text));
  const generator = seedrandom(String.fromCharCode(...bytes));
  return Object.freeze({ key0: generator.int32() >>> 0, key1: generator.int32() >>> 0 });
}

/** Bytes of input and output of one Philox block. */
const BLOCK_BYTES = 16;
/** The size of the key of ARC4, the generator behind `seedrandom`. */
const KEY_BYTES = 256;

/**
 * CBC-MAC with Philox4x32-10 under key 0 as the block cipher, over the text's length and then its bytes, padded with zeros; the
 * final state encrypted again and again gives the key. All words are little-endian.
 */
function keyBytes(text: Uint8Array): Uint8Array {
  const padded = new Uint8Array(Math.ceil(text.length / BLOCK_BYTES) * BLOCK_BYTES);
  padded.set(text);
  const state = new Uint32Array([text.length, 0, 0, 0]);
  encrypt(state);
  const words = new DataView(padded.buffer);
  for (let block = 0; block < padded.length; block += BLOCK_BYTES) {
    for (let word = 0; word < 4; word++) state[word]! ^= words.getUint32(block + 4 * word, true);
    encrypt(state);
  }
  const key = new DataView(new ArrayBuffer(KEY_BYTES));
  for (let block = 0; block < KEY_BYTES; block += BLOCK_BYTES) {
    state.forEach((word, place) => key.setUint32(block + 4 * place, word, true));
    encrypt(state);
  }
  return new Uint8Array(key.buffer);
}

function encrypt(state: Uint32Array): void {
  philox4x32(state[0]!, state[1]!, state[2]!, state[3]!, 0, 0, state);
}
