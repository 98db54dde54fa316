import { InvalidInput } from "../check/invalidInput.js";
import { reasonOf } from "../check/reasonOf.js";
import { useKernelModule, type KernelModule } from "../wasm/loadKernel.js";
import type { Users } from "../statistics/blocks.js";
import type { StudyBlock } from "../studies/studyBlock.js";
import { StudyEngine } from "../studies/studyEngine.js";
import { studyOf, type StudyMessage } from "./message.js";

/** What a worker is given once, before any portion. */
export interface WorkerTask {
  readonly study: StudyMessage;
  /** Compiled once for all. */
  readonly kernel: KernelModule;
}

/** An error as it travels back: classes do not survive the way. */
interface Failure {
  readonly message: string;
  readonly stack: string | undefined;
  /** Of an `InvalidInput`. */
  readonly mistakes: readonly string[] | undefined;
}

/** What a worker makes of a portion: its blocks, or why there are none. A worker that dies gives no answer at all. */
export type PortionAnswer = { readonly blocks: readonly StudyBlock[] } | { readonly failure: Failure };

/** Nobody waits for a worker's event loop: while a portion is lived, no other is asked of it. */
const withoutRest = (): undefined => undefined;

/** A worker's work. */
export function portionAnswers({ study, kernel }: WorkerTask): (portion: Users) => Promise<PortionAnswer> {
  useKernelModule(kernel);
  const opened = studyOf(study).then((received) => StudyEngine.open(received));
  opened.catch(() => {}); // told with the first portion
  return async (portion) => {
    try {
      return { blocks: await (await opened).live(portion, withoutRest) };
    } catch (error) {
      return { failure: failureOf(error) };
    }
  };
}

/** The blocks, or throws what the worker could not do. */
export function blocksOf(answer: PortionAnswer): readonly StudyBlock[] {
  if ("blocks" in answer) return answer.blocks;
  const { message, stack, mistakes } = answer.failure;
  const error = mistakes === undefined ? new Error(message) : new InvalidInput(mistakes);
  throw Object.assign(error, { cause: stack });
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { message: reasonOf(error), stack: undefined, mistakes: undefined };
  const { message, stack } = error;
  return { message, stack, mistakes: error instanceof InvalidInput ? error.mistakes : undefined };
}
