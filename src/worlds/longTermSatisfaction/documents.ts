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

/** Clusters of the candidates that are being drawn: of as many as there can be. */
const CLUSTERS = new Uint8Array(4096);

/**
 * `count` documents. Educativeness is uniform in [0, 1): the first three words follow the choice in its block, the others come four to
 * a block. Clusters are drawn first, as they begin in the observation's block, which was drawn just before.
 */
export function drawDocuments(source: WordSource, count: number, numClusters: number, step: number): CorpusDocument[] {
  drawClusterIds(source, count, numClusters, step);
  const documents: CorpusDocument[] = [];
  let words = source.words(CHOICE_BLOCK, step);
  for (let position = 0, next = 1, block = DOCUMENT_BLOCK; position < count; position++, next++) {
    if (next === 4) {
      words = source.words(block++, step);
      next = 0;
    }
    documents.push({ educativeness: fraction(words[next]!), clusterId: CLUSTERS[position]! });
  }
  return documents;
}

/**
 * Clusters of `count` documents, uniform in [0, numClusters): the digits of a word's fraction in that base, four a word. The
 * first word of the first block is the observation's.
 */
function drawClusterIds(source: WordSource, count: number, numClusters: number, step: number): void {
  let words = source.words(LOOK_BLOCK, step);
  for (let position = 0, next = 1, block = LOOK_BLOCK + 1; position < count; position += 4, next++) {
    if (next === 4) {
      words = source.words(block++, step);
      next = 0;
    }
    writeDigits(words[next]!, numClusters, position, Math.min(position + 4, count));
  }
}

/** Writes the first digits of a word's fraction as the clusters of the documents `from` to `end`, at most four. */
function writeDigits(word: number, base: number, from: number, end: number): void {
  let rest = word;
  for (let position = from; position < end; position++) {
    const product = rest * base; // below 2^40: exact
    const digit = Math.floor(product / TWO_32);
    CLUSTERS[position] = digit;
    rest = product - digit * TWO_32;
  }
}

const TWO_32 = 0x100000000;

/** Draws one of those documents by itself. */
export function drawDocument(source: WordSource, position: number, numClusters: number, step: number): CorpusDocument {
  const digit = position & 3;
  writeDigits(wordAfterFirst(source, LOOK_BLOCK, LOOK_BLOCK + 1, position >> 2, step), numClusters, 0, digit + 1);
  const clusterId = CLUSTERS[digit]!;
  const educativeness = fraction(wordAfterFirst(source, CHOICE_BLOCK, DOCUMENT_BLOCK, position, step));
  return { educativeness, clusterId };
}

/** The word of that index among those that follow the first word of block `first`, and continue in the blocks from `next` on. */
function wordAfterFirst(source: WordSource, first: number, next: number, index: number, step: number): number {
  if (index < 3) return source.words(first, step)[index + 1]!;
  return source.words(next + ((index - 3) >> 2), step)[(index - 3) & 3]!;
}

/** Returns the corpus that all users of a seed share under resample "never": that of the parameters, or one drawn for the seed. */
export function sharedCorpus(parameters: Parameters, key: Key): readonly CorpusDocument[] {
  if (parameters.documents) return parameters.documents;
  return drawDocuments(wordSource(key, CORPUS_STREAM, 0), parameters.numCandidates, parameters.numClusters, 0);
}
