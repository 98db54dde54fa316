import {
  CHOICE_BLOCK,
  CORPUS_STREAM,
  DOCUMENT_BLOCK,
  LOOK_BLOCK,
  wordSource,
  type WordSource,
} from "../../random/address.js";
import type { Key } from "../../random/seedKey.js";
import { fraction } from "../../random/uniform.js";
import type { CorpusDocument, Parameters } from "./parameters.js";

/**
 * Educativeness of `count` documents, uniform in [0, 1): the first three come from the block whose first word is the
 * choice, the others four to a block.
 */
export function drawEducativeness(source: WordSource, count: number, step: number): number[] {
  const educativeness: number[] = [];
  let words = source.words(CHOICE_BLOCK, step);
  for (let position = 0, next = 1, block = DOCUMENT_BLOCK; position < count; position++, next++) {
    if (next === 4) [words, next] = [source.words(block++, step), 0];
    educativeness.push(fraction(words[next]!));
  }
  return educativeness;
}

/**
 * Clusters of `count` documents, uniform in [0, numClusters): the digits of a word's fraction in that base, four a word. The
 * first word of the first block is the observation's.
 */
export function drawClusterIds(source: WordSource, count: number, numClusters: number, step: number): number[] {
  const clusterIds: number[] = [];
  let words = source.words(LOOK_BLOCK, step);
  for (let next = 1, block = LOOK_BLOCK + 1; clusterIds.length < count; next++) {
    if (next === 4) [words, next] = [source.words(block++, step), 0];
    pushFourDigits(clusterIds, words[next]!, numClusters, count);
  }
  return clusterIds;
}

/** The educativeness of one of them. */
export function educativenessAt(source: WordSource, position: number, step: number): number {
  return fraction(wordAfterFirst(source, CHOICE_BLOCK, DOCUMENT_BLOCK, position, step));
}

/** The cluster of one of them. */
export function drawClusterId(source: WordSource, position: number, numClusters: number, step: number): number {
  const word = wordAfterFirst(source, LOOK_BLOCK, LOOK_BLOCK + 1, position >> 2, step);
  const digits: number[] = [];
  pushFourDigits(digits, word, numClusters, (position & 3) + 1);
  return digits[position & 3]!;
}

/** The word of that index among those that follow the first word of block `first`, and go on in the blocks from `next` on. */
function wordAfterFirst(source: WordSource, first: number, next: number, index: number, step: number): number {
  if (index < 3) return source.words(first, step)[index + 1]!;
  return source.words(next + ((index - 3) >> 2), step)[(index - 3) & 3]!;
}

const TWO_32 = 0x100000000;

/** The first four digits of a word's fraction, as far as there is room for them. */
function pushFourDigits(digits: number[], word: number, base: number, room: number): void {
  let rest = word;
  for (let digit = 0; digit < 4 && digits.length < room; digit++) {
    const product = rest * base; // below 2^40: exact
    const whole = Math.floor(product / TWO_32);
    digits.push(whole);
    rest = product - whole * TWO_32;
  }
}

/** The corpus that all users of a seed share under resample "never": the caller's own, or one drawn for the seed. */
export function sharedCorpus(parameters: Parameters, key: Key): readonly CorpusDocument[] {
  if (parameters.documents) return parameters.documents;
  const source = wordSource(key, CORPUS_STREAM, 0);
  const clusterIds = drawClusterIds(source, parameters.numCandidates, parameters.numClusters, 0);
  const educativeness = drawEducativeness(source, parameters.numCandidates, 0);
  return educativeness.map((k, position) => ({ educativeness: k, clusterId: clusterIds[position]! }));
}
