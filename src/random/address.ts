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

/** The words of one user in one stream, block by block. `user` and `step` are integers in [0, 2^32). */
export class WordSource {
  private readonly key: Key;
  private readonly stream: number;
  private readonly user: number;
  /** Some blocks have words for two purposes: the last one is kept, and apart from it the choice's, which others come between. */
  private readonly choice = new Memo();
  private readonly other = new Memo();

  constructor(key: Key, stream: number, user: number) {
    this.key = key;
    this.stream = stream;
    this.user = user;
  }

  /** The four words of a block at a step, each in [0, 2^32); the array is used again by later calls. */
  words(block: number, step: number): Uint32Array {
    const memo = block === CHOICE_BLOCK ? this.choice : this.other;
    if (block === memo.block && step === memo.step) return memo.words;
    this.write(block, step, memo.words);
    memo.block = block;
    memo.step = step;
    return memo.words;
  }

  /** Writes the four words of a block at a step. */
  write(block: number, step: number, words: Uint32Array): void {
    const { key0, key1 } = this.key;
    philox4x32(block, step, this.user, this.stream, key0, key1, words);
  }
}

export function wordSource(key: Key, stream: number, user: number): WordSource {
  return new WordSource(key, stream, user);
}

/** The words drawn last, and for which block and step. */
class Memo {
  readonly words = new Uint32Array(4);
  block = -1;
  step = -1;
}
