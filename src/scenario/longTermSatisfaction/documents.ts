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
  const words = [...source.words(CHOICE_BLOCK, step).subarray(1)];
  for (let block = DOCUMENT_BLOCK; words.length < count; block++) words.push(...source.words(block, step));
  return words.slice(0, count).map(fraction);
}

/**
 * Clusters of `count` documents, uniform in [0, numClusters): the digits of a word's fraction in that base, four a word. The
 * first word of the first block is the observation's.
 */
export function drawClusterIds(source: WordSource, count: number, numClusters: number, step: number): number[] {
  const words = [...source.words(LOOK_BLOCK, step).subarray(1)];
  for (let block = LOOK_BLOCK + 1; 4 * words.length < count; block++) words.push(...source.words(block, step));
  return words.flatMap((word) => fourDigits(word, numClusters)).slice(0, count);
}

const TWO_32 = 0x100000000;

function fourDigits(word: number, base: number): number[] {
  const digits: number[] = [];
  for (let rest = word; digits.length < 4;) {
    const product = rest * base; // below 2^40: exact
    digits.push(Math.floor(product / TWO_32));
    rest = product % TWO_32;
  }
  return digits;
}

/** The corpus that all users of a seed share under resample "never": the caller's own, or one drawn for the seed. */
export function sharedCorpus(parameters: Parameters, key: Key): readonly CorpusDocument[] {
  if (parameters.documents) return parameters.documents;
  const source = wordSource(key, CORPUS_STREAM, 0);
  const clusterIds = drawClusterIds(source, parameters.numCandidates, parameters.numClusters, 0);
  const educativeness = drawEducativeness(source, parameters.numCandidates, 0);
  return educativeness.map((k, position) => ({ educativeness: k, clusterId: clusterIds[position]! }));
}
