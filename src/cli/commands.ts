import type { Command } from "./command.js";
import { compare } from "./compare.js";
import { evaluate } from "./evaluate.js";
import { lock } from "./lock.js";
import { run } from "./run.js";
import { trace } from "./trace.js";
import { train } from "./train.js";
import { verify } from "./verify.js";

/** In the order of the help. */
export const commands: readonly Command[] = [compare, run, trace, lock, verify, train, evaluate];
