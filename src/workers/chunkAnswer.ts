import { InvalidInput } from "../check/invalidInput.js";
import { reasonOf } from "../check/reasonOf.js";
import type { UserRange } from "../statistics/blocks.js";
import type { StudyBlock } from "../studies/studyBlock.js";
import { StudySimulator } from "../studies/studySimulator.js";
import { studyOf, type StudyMessage } from "./message.js";

/** What a worker is given once, before any chunk. */
export interface WorkerTask {
  readonly study: StudyMessage;
  /** The compiled kernel of each variant's world, which threads share. */
  readonly kernels: readonly (WebAssembly.Module | undefined)[];
}

/** An error as it travels back: classes do not survive the way. */
interface Failure {
  readonly message: string;
  readonly stack: string | undefined;
  /** Of an `InvalidInput`. */
  readonly mistakes: readonly string[] | undefined;
}

/** What a worker makes of a chunk: its blocks, or why there are none. A worker that dies gives no answer at all. */
export type ChunkAnswer = { readonly blocks: readonly StudyBlock[] } | { readonly failure: Failure };

/** Nothing waits for a worker's event loop: while a chunk is simulated, no other is asked of it. */
const withoutPause = (): undefined => undefined;

/** A worker's work. */
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

/** The blocks, or throws what the worker could not do. */
export function blocksOf(answer: ChunkAnswer): readonly StudyBlock[] {
  if ("blocks" in answer) return answer.blocks;
  const { message, stack, mistakes } = answer.failure;
  const error = mistakes === undefined ? new Error(message) : new InvalidInput(mistakes);
  throw Object.assign(error, { cause: stack });
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { message: reasonOf(error), stack: undefined, mistakes: undefined };
  const { message, stack } = error;
  return { message, stack, mistakes: error instanceof InvalidInput ? error.errors : undefined };
}
