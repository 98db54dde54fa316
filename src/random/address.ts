import { philox4x32 } from "./philox.js";
import type { Key } from "./seedKey.js";

/**
 * Random numbers are counter-based: each draw has an address, the counter (block, step, user, stream) under the seed's key. There is
 * no generator with a state, so draws of one part of the model cannot shift those of another.
 */

/** Stream of the world's draws for one user. */
export const WORLD_STREAM = 0;
/** Stream of the built-in policies. */
export const POLICY_STREAM = 1;
/** Stream of a corpus drawn once for all users, at user 0 and step 0, in the world's block layout. */
export const CORPUS_STREAM = 2;
/** Stream of the first agent; nested agents have streams from 769 on. The user's place in the counter holds the episode. */
export const AGENT_STREAM = 3;

/** Stream of samples of users, at user 0 and step 0; streams of nested agents begin far after it. */
export const SAMPLE_STREAM = 4;

/** Blocks of the world stream; `kernel/drawList.ts` has the same map. */
export const CHOICE_BLOCK = 0;
export const NORMAL_BLOCK = 1;
/** First block of the documents after the third. */
export const DOCUMENT_BLOCK = 2;
/** The observation, then the clusters of the first twelve documents; the next block has the following sixteen. */
export const LOOK_BLOCK = 0x10000000;
/** First block of a user's own parameters; the step is the parameter's number. */
export const PARAMETER_BLOCK = 0x20000000;
export const START_BLOCK = 0x30000000;

/** Where the words of draws come from. */
export interface BlockSource {
  /** Writes the four words of a block at a step. */
  write(block: number, step: number, words: Uint32Array): void;
}

/** The words of one user after another in one stream, with nothing kept. */
export class UserWords implements BlockSource {
  user = 0;
  private readonly key: Key;
  private readonly stream: number;

  constructor(key: Key, stream: number) {
    this.key = key;
    this.stream = stream;
  }

  write(block: number, step: number, words: Uint32Array): void {
    philox4x32(block, step, this.user, this.stream, this.key.key0, this.key.key1, words);
  }
}

/** The words of one user in one stream, block by block. `user` and `step` are integers in [0, 2^32). */
export class WordSource implements BlockSource {
  private readonly key: Key;
  private readonly stream: number;
  /** The user's number. */
  readonly user: number;
  /**
   * Caches of the last block, because some blocks have words for two purposes, and the choice's separately, because others are drawn
   * between. Made when first needed: `write` needs none, and most of a custom world's user would be these.
   */
  private choice: Memo | undefined = undefined;
  private other: Memo | undefined = undefined;

  constructor(key: Key, stream: number, user: number) {
    this.key = key;
    this.stream = stream;
    this.user = user;
  }

  /** Returns the four words of a block at a step, each in [0, 2^32); later calls reuse the array. */
  words(block: number, step: number): Uint32Array {
    const memo = block === CHOICE_BLOCK ? (this.choice ??= new Memo()) : (this.other ??= new Memo());
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

/** Cache of the last words, with their block and step. */
class Memo {
  readonly words = new Uint32Array(4);
  block = -1;
  step = -1;
}
