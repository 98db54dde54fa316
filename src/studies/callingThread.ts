import type { ChunkSimulator, Study, StudyChunk } from "./study.js";
import type { StudyBlock } from "./studyBlock.js";
import { StudySequence } from "./studySequence.js";

/** Maximal milliseconds between two yields to the event loop, if one tile of a block takes no longer. */
const MAX_BUSY_MS = 50;

/**
 * Simulates in the calling thread, and yields to the event loop now and then. `onUsers` is called with the user that is reached, and the
 * chunk.
 */
export async function callingThread(
  studies: readonly Study[],
  signal: AbortSignal,
  onUsers: (nextUser: number, chunk: StudyChunk) => void,
): Promise<ChunkSimulator> {
  const sequence = new StudySequence((place) => studies[place]!);
  await sequence.open();
  const yieldOften = yieldNowAndThen(signal);
  const simulate = async (chunk: StudyChunk): Promise<StudyBlock[]> => {
    const simulator = await sequence.open(chunk.study);
    return simulator.simulate(chunk, (nextUser) => yieldOften(() => onUsers(nextUser, chunk)));
  };
  return { width: 1, simulate, close: async () => sequence.close() };
}

/** Yields to the event loop, and calls `before` first, once the last time was MAX_BUSY_MS ago. */
export function yieldNowAndThen(signal: AbortSignal): (before: () => void) => Promise<void> | undefined {
  let yielded = performance.now();
  return (before) => {
    if (performance.now() - yielded < MAX_BUSY_MS) return undefined;
    before();
    return new Promise((resolve, reject) =>
      setTimeout(() => {
        yielded = performance.now();
        if (signal.aborted) reject(signal.reason);
        else resolve();
      }),
    );
  };
}
