import { executeHere } from "./executeHere.js";
import { postToMain, thread } from "./thread.js";

// Entry point of the thread of a command: see executeInThread.ts. */
const { name, words } = thread!;
const ended = (): void => postToMain("ended");
process.once("beforeExit", ended); // also if the event that the command waits for cannot occur
void executeHere(name, words).finally(ended);
