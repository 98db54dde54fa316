#!/usr/bin/env node
import { didYouMean } from "../check/didYouMean.js";
import { showValue } from "../check/showValue.js";
import { InvalidInput } from "../index.js";
import type { Command } from "./command.js";
import { commands } from "./commands.js";
import { commandHelp, overviewHelp } from "./helpText.js";
import { leave } from "./interrupt.js";
import { outputWidth, print } from "./print.js";
import { versionText } from "./version.js";

let finished = false;
process.on("SIGINT", leave);
process.stdout.on("error", endOutput);
process.once("beforeExit", awaitFailure);
main(process.argv.slice(2))
  .catch(fail)
  .finally(() => (finished = true));

async function main([name, ...words]: readonly string[]): Promise<void> {
  if (name === undefined) throw new InvalidInput([overviewHelp(commands, outputWidth())]);
  if (name === "help" || isHelp(name)) return print(helpFor(words[0]));
  if (name === "--version") return print(versionText());
  const command = findCommand(name);
  if (words.some(isHelp)) return print(commandHelp(command, outputWidth()));
  return command.execute(words);
}

function helpFor(name: string | undefined): string {
  if (name === undefined) return overviewHelp(commands, outputWidth());
  return commandHelp(findCommand(name), outputWidth());
}

function findCommand(name: string): Command {
  const found = commands.find((command) => command.name === name);
  if (found !== undefined) return found;
  const names = commands.map((command) => command.name);
  const hint = didYouMean(name, names) || `: try ${names.join(", ")} or --help`;
  throw new InvalidInput([`${showValue(name)} is not a command${hint}`]);
}

function isHelp(word: string): boolean {
  return word === "--help" || word === "-h";
}

/** Exit code 2 for bad input, 1 for anything else. The code is set, not forced, so that piped output is not cut. */
function fail(error: unknown): void {
  process.exitCode ||= error instanceof InvalidInput ? 2 : 1; // an interruption has set its own, 0 is nobody's
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
}

/** Whoever else hears that nothing is left to wait for may still have something to say (of the module that never loads). */
function awaitFailure(): void {
  setImmediate(() => process.once("beforeExit", failUnfinished));
}

/** Node ends in silence, and with exit code 0, when what is waited for can never come: a module that never loads, say. */
function failUnfinished(): void {
  if (!finished) fail(new Error("The command cannot go on: what it waits for will never come."));
}

/** `slatesim … | head` closes the pipe early: that is no error of ours. A full disk is. */
function endOutput(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") fail(error);
  process.exit();
}
