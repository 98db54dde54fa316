import { escapeControls } from "../check/escapeControls.js";
import { InvalidInput } from "../check/invalidInput.js";
import { note } from "./print.js";

/** Exit code 2 for bad input, 1 for anything else. The code is set, not forced, so that piped output is not cut. */
export function fail(error: unknown): void {
  process.exitCode ??= error instanceof InvalidInput ? 2 : 1; // an interruption has set its own
  if (error instanceof InvalidInput) note(error.message);
  else note(escapeControls(error instanceof Error ? error.message : String(error)));
}

/** Does the work of a command. What it throws is told on stderr, and gives the exit code. */
export async function orFail(work: () => Promise<void>): Promise<void> {
  process.once("beforeExit", failUnfinished);
  try {
    await work();
  } catch (error) {
    fail(error);
  } finally {
    process.off("beforeExit", failUnfinished);
  }
}

/** Node ends in silence, and with exit code 0, when what is waited for can never come: a module that never loads, say. */
function failUnfinished(): void {
  fail(new Error("The command cannot go on: what it waits for will never come."));
}
