import { philox4x32 } from "./philox.js";
import type { Key } from "./seedKey.js";

/**
 * Every draw has an address: (block, step, user, stream) under the seed's key. Nothing is drawn from a moving
 * generator, so what one part of the model draws cannot shift what another part sees.
 */

/** The world's own draws for one user. */
export const WORLD_STREAM = 0;
/** The built-in policies' draws. */
export const POLICY_STREAM = 1;
/** A corpus drawn once for all users, at user 0 and step 0, in the world's block layout. */
export const CORPUS_STREAM = 2;
/** The first agent's draws; agents within agents have streams from 769 on. The episode stands in the user's place. */
export const AGENT_STREAM = 3;

/** Which users are looked at one by one, at user 0 and step 0; agents within agents begin far behind it. */
export const SAMPLE_STREAM = 4;

/** Blocks of the world stream; `kernel/drawList.ts` has the same map. */
export const CHOICE_BLOCK = 0;
export const NORMAL_BLOCK = 1;
/** First block of the documents after the third. */
export const DOCUMENT_BLOCK = 2;
/** The observation, then the clusters of the first twelve documents; the next block has the following sixteen. */
export const LOOK_BLOCK = 0x10000000;
export const START_BLOCK = 0x30000000;

/** One user's words, block by block. */
export interface WordSource {
  /** The four words of a block at a step, each in [0, 2^32); the array is used again by later calls. */
  words(block: number, step: number): Uint32Array;
}

/** The words of one user in one stream. `user` and `step` are integers in [0, 2^32). */
export function wordSource(key: Key, stream: number, user: number): WordSource {
  // Some blocks have words for two: the last one is kept, and apart from it the choice's, which others come between.
  const choice = new Memo();
  const other = new Memo();
  return {
    words(block, step) {
      const memo = block === CHOICE_BLOCK ? choice : other;
      if (block === memo.block && step === memo.step) return memo.words;
      philox4x32(block, step, user, stream, key.key0, key.key1, memo.words);
      memo.block = block;
      memo.step = step;
      return memo.words;
    },
  };
}

/** The words drawn last, and for which block and step. */
class Memo {
  readonly words = new Uint32Array(4);
  block = -1;
  step = -1;
}
