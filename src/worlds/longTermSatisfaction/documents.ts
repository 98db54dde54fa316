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
 * Draws the features of `count` documents into two columns. Educativeness is uniform in [0, 1): the first three words follow the
 * choice in its block, the others come four to a block. Clusters are drawn first, as they begin in the observation's block, which
 * was drawn just before.
 */
export function drawFeatures(
  source: WordSource,
  count: number,
  numClusters: number,
  step: number,
  educativeness: number[],
  clusterIds: number[],
): void {
  drawClusterIds(source, count, numClusters, step, clusterIds);
  let words = source.words(CHOICE_BLOCK, step);
  for (let position = 0, next = 1, block = DOCUMENT_BLOCK; position < count; position++, next++) {
    if (next === 4) {
      words = source.words(block++, step);
      next = 0;
    }
    educativeness[position] = fraction(words[next]!);
  }
}

/**
 * Clusters of `count` documents, uniform in [0, numClusters): the digits of a word's fraction in that base, four a word. The
 * first word of the first block is the observation's.
 */
function drawClusterIds(
  source: WordSource,
  count: number,
  numClusters: number,
  step: number,
  clusterIds: number[],
): void {
  let words = source.words(LOOK_BLOCK, step);
  for (let position = 0, next = 1, block = LOOK_BLOCK + 1; position < count; position += 4, next++) {
    if (next === 4) {
      words = source.words(block++, step);
      next = 0;
    }
    writeDigits(words[next]!, numClusters, clusterIds, position, Math.min(position + 4, count));
  }
}

/** Writes the first digits of a word's fraction as the clusters of the documents `from` to `end`, at most four. */
function writeDigits(word: number, base: number, clusterIds: number[], from: number, end: number): void {
  let rest = word;
  for (let position = from; position < end; position++) {
    const product = rest * base; // below 2^40: exact
    const digit = (product / TWO_32) | 0;
    clusterIds[position] = digit;
    rest = product - digit * TWO_32;
  }
}

const TWO_32 = 0x100000000;

/** Draws one of those documents by itself. */
export function drawDocument(source: WordSource, position: number, numClusters: number, step: number): CorpusDocument {
  const digit = position & 3;
  const digits: number[] = [];
  writeDigits(
    wordAfterFirst(source, LOOK_BLOCK, LOOK_BLOCK + 1, position >> 2, step),
    numClusters,
    digits,
    0,
    digit + 1,
  );
  const educativeness = fraction(wordAfterFirst(source, CHOICE_BLOCK, DOCUMENT_BLOCK, position, step));
  return { educativeness, clusterId: digits[digit]! };
}

/** The word of that index among those that follow the first word of block `first`, and continue in the blocks from `next` on. */
function wordAfterFirst(source: WordSource, first: number, next: number, index: number, step: number): number {
  if (index < 3) return source.words(first, step)[index + 1]!;
  return source.words(next + ((index - 3) >> 2), step)[(index - 3) & 3]!;
}

/** Returns the corpus that all users of a seed share under resample "never": that of the parameters, or one drawn for the seed. */
export function sharedCorpus(
  { documents, numCandidates, numClusters }: Parameters,
  key: Key,
): readonly CorpusDocument[] {
  if (documents) return documents;
  const [educativeness, clusterIds]: [number[], number[]] = [[], []];
  drawFeatures(wordSource(key, CORPUS_STREAM, 0), numCandidates, numClusters, 0, educativeness, clusterIds);
  return educativeness.map((k, position) => ({ educativeness: k, clusterId: clusterIds[position]! }));
}
