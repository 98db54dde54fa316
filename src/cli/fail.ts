import { escapeControls } from "../check/escapeControls.js";
import { InvalidInput } from "../check/invalidInput.js";
import { reasonOf } from "../check/reasonOf.js";
import { note } from "./print.js";

/** Exit code 2 for bad input, 1 for anything else. The code is set, not forced, so that piped output is not cut. */
export function fail(error: unknown): void {
  process.exitCode ||= error instanceof InvalidInput ? 2 : 1; // an interruption has set its own, 0 is nobody's
  if (error instanceof InvalidInput) note(error.message);
  else note(escapeControls(reasonOf(error)));
}

/** Does the work of a command. What it throws is told on stderr, and gives the exit code. */
export async function orFail(work: () => Promise<void>): Promise<void> {
  let finished = false;
  // Node ends in silence, and with exit code 0, when what is waited for can never come: a module that never loads, say. Whoever
  // else hears of it is let speak first.
  const failUnfinished = (): void => {
    if (!finished) fail(new Error("The command cannot go on: what it waits for will never come."));
  };
  process.once("beforeExit", () => setImmediate(() => process.once("beforeExit", failUnfinished)));
  try {
    await work();
  } catch (error) {
    fail(error);
  } finally {
    finished = true;
  }
}
