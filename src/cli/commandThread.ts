import { executeHere } from "./executeHere.js";
import { tell, thread } from "./thread.js";

/** The thread of a command: see apart.ts. */
const { name, words } = thread!;
const ended = (): void => tell("ended");
process.once("beforeExit", ended); // also where what the command waits for never comes
void executeHere(name, words).finally(ended);
