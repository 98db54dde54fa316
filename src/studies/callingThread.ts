import type { Users } from "../statistics/blocks.js";
import type { BlockSource, Study } from "./study.js";
import type { StudyBlock } from "./studyBlock.js";
import { StudyEngine } from "./studyEngine.js";

/** How long the event loop is kept waiting, in milliseconds, if one part of a block takes no longer. */
const LONGEST_BUSY = 50;

/** Lives in the calling thread, and lets it rest now and then. `onUsers` is told which user is reached. */
export async function callingThread(
  study: Study,
  signal: AbortSignal,
  onUsers: (nextUser: number) => void,
): Promise<BlockSource> {
  const engine = await StudyEngine.open(study);
  const turn = turnNowAndThen(signal);
  const live = (portion: Users): Promise<StudyBlock[]> =>
    engine.live(portion, (nextUser) => turn(() => onUsers(nextUser)));
  return { width: 1, live, close: async () => engine.close() };
}

/** Lets the event loop turn, and calls `told` before, once the last time was LONGEST_BUSY ago. */
export function turnNowAndThen(signal: AbortSignal): (told: () => void) => Promise<void> | undefined {
  let turned = performance.now();
  return (told) => {
    if (performance.now() - turned < LONGEST_BUSY) return undefined;
    told();
    return new Promise((resolve, reject) =>
      setTimeout(() => {
        turned = performance.now();
        if (signal.aborted) reject(signal.reason);
        else resolve();
      }),
    );
  };
}
