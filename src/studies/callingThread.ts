import type { UserRange } from "../statistics/blocks.js";
import type { ChunkSimulator, Study } from "./study.js";
import type { StudyBlock } from "./studyBlock.js";
import { StudySimulator } from "./studySimulator.js";

/** Maximal milliseconds between two yields to the event loop, if one tile of a block takes no longer. */
const MAX_BUSY_MS = 50;

/** Simulates in the calling thread, and yields to the event loop now and then. `onUsers` is called with the user that is reached. */
export async function callingThread(
  study: Study,
  signal: AbortSignal,
  onUsers: (nextUser: number) => void,
): Promise<ChunkSimulator> {
  const simulator = await StudySimulator.open(study);
  const yieldOften = yieldNowAndThen(signal);
  const simulate = (chunk: UserRange): Promise<StudyBlock[]> =>
    simulator.simulate(chunk, (nextUser) => yieldOften(() => onUsers(nextUser)));
  return { width: 1, simulate, close: async () => simulator.close() };
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
