import type { Study, StudyChunk } from "../studies/study.js";
import type { StudyBlock } from "../studies/studyBlock.js";
import { StudySequence } from "../studies/studySequence.js";
import { errorOf, failureOf, type Failure } from "./failure.js";
import { studyOf, type StudyMessage } from "./message.js";

/** Input of a worker, sent once before any chunk. */
export interface WorkerTask {
  readonly studies: readonly SentStudy[];
}

export interface SentStudy {
  readonly study: StudyMessage;
  /** The compiled kernel of each variant's world, which threads share. */
  readonly kernels: readonly (WebAssembly.Module | undefined)[];
}

/** Result of a chunk: its blocks, or the error. A worker that dies returns nothing. */
export type ChunkAnswer = { readonly blocks: readonly StudyBlock[] } | { readonly failure: Failure };

/** A worker need not yield to its event loop: while it simulates a chunk, it receives no other. */
const withoutPause = (): undefined => undefined;

/** Returns the function with which a worker simulates chunks. */
export function chunkAnswers({ studies }: WorkerTask): (chunk: StudyChunk) => Promise<ChunkAnswer> {
  const sequence = new StudySequence((place) => receivedStudy(studies[place]!));
  if (studies.length === 1) sequence.open().catch(() => {}); // reported with the first chunk
  return async (chunk) => {
    try {
      const simulator = await sequence.open(chunk.study);
      return { blocks: await simulator.simulate(chunk, withoutPause) };
    } catch (error) {
      return { failure: failureOf(error) };
    }
  };
}

async function receivedStudy({ study, kernels }: SentStudy): Promise<Study> {
  const received = await studyOf(study);
  received.variants.forEach(({ world }, place) => kernels[place] && world.kernel?.use(kernels[place]));
  return received;
}

/** Returns the blocks of an answer, or throws its error. */
export function blocksOf(answer: ChunkAnswer): readonly StudyBlock[] {
  if ("blocks" in answer) return answer.blocks;
  throw errorOf(answer.failure);
}
