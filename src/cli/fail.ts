import { escapeControls } from "../check/escapeControls.js";
import { InvalidInput } from "../check/invalidInput.js";
import { reasonOf } from "../check/reasonOf.js";
import { note } from "./print.js";

/** Exit code 2 for bad input, 1 for anything else. The code is set, not forced, so that piped output is not cut. */
export function fail(error: unknown): void {
  process.exitCode ||= error instanceof InvalidInput ? 2 : 1; // an interruption has set its own; 0 means not set
  if (error instanceof InvalidInput) note(error.message);
  else note(escapeControls(reasonOf(error)));
}

/** Does the work of a command. An error is printed to stderr, and sets the exit code. */
export async function orFail(work: () => Promise<void>): Promise<void> {
  let finished = false;
  // Node ends silently, and with exit code 0, when the awaited event cannot occur, such as the loading of a module. Other listeners
  // run first.
  const failUnfinished = (): void => {
    if (!finished) fail(new Error("The command cannot continue: it waits for an event that cannot occur."));
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
