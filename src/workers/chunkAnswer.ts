import type { UserRange } from "../statistics/blocks.js";
import type { StudyBlock } from "../studies/studyBlock.js";
import { StudySimulator } from "../studies/studySimulator.js";
import { errorOf, failureOf, type Failure } from "./failure.js";
import { studyOf, type StudyMessage } from "./message.js";

/** Input of a worker, sent once before any chunk. */
export interface WorkerTask {
  readonly study: StudyMessage;
  /** The compiled kernel of each variant's world, which threads share. */
  readonly kernels: readonly (WebAssembly.Module | undefined)[];
}

/** Result of a chunk: its blocks, or the error. A worker that dies returns nothing. */
export type ChunkAnswer = { readonly blocks: readonly StudyBlock[] } | { readonly failure: Failure };

/** A worker need not yield to its event loop: while it simulates a chunk, it receives no other. */
const withoutPause = (): undefined => undefined;

/** Returns the function with which a worker simulates chunks. */
export function chunkAnswers({ study, kernels }: WorkerTask): (chunk: UserRange) => Promise<ChunkAnswer> {
  const opened = studyOf(study).then((received) => {
    received.variants.forEach(({ world }, place) => kernels[place] && world.kernel?.use(kernels[place]));
    return StudySimulator.open(received);
  });
  opened.catch(() => {}); // reported with the first chunk
  return async (chunk) => {
    try {
      return { blocks: await (await opened).simulate(chunk, withoutPause) };
    } catch (error) {
      return { failure: failureOf(error) };
    }
  };
}

/** Returns the blocks of an answer, or throws its error. */
export function blocksOf(answer: ChunkAnswer): readonly StudyBlock[] {
  if ("blocks" in answer) return answer.blocks;
  throw errorOf(answer.failure);
}
