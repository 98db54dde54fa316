#!/usr/bin/env node
import { commands } from "./commands.js";
import { executeHere } from "./executeHere.js";
import { fail, orFail } from "./fail.js";
import { exitInterrupted } from "./interrupt.js";
import { isShort } from "./isShort.js";
import { note, outputWidth, print } from "./print.js";

const VERSION_WORDS = new Set(["--version", "-v", "-V", "version"]);
const HELP_WORDS = new Set(["--help", "-h", "help"]);

process.on("SIGINT", exitInterrupted);
process.stdout.on("error", endOutput);
void orFail(() => main(process.argv.slice(2)));

async function main([name, ...words]: readonly string[]): Promise<void> {
  if (name === undefined) return printHelpAsError();
  if (HELP_WORDS.has(name)) return printHelp(words[0]);
  if (VERSION_WORDS.has(name)) return printVersion();
  const known = await knownName(name);
  if (words[0] === "help" || words.some((word) => word === "--help" || word === "-h")) return printHelp(known);
  if (isShort(known, words)) return executeHere(known, words);
  const { executeInThread } = await import("./executeInThread.js");
  executeInThread(known, words);
}

/** Prints the help to stderr, as an error: no command was given. */
async function printHelpAsError(): Promise<void> {
  const { overviewHelp } = await import("./help.js");
  note(overviewHelp(commands, outputWidth()));
  process.exitCode = 2;
}

async function printHelp(name: string | undefined): Promise<void> {
  const { commandHelp, overviewHelp } = await import("./help.js");
  if (name === undefined || HELP_WORDS.has(name)) return print(overviewHelp(commands, outputWidth()));
  const known = await knownName(name);
  print(
    await commandHelp(
      commands.find((command) => command.name === known)!,
      outputWidth(),
    ),
  );
}

async function printVersion(): Promise<void> {
  const { versionText } = await import("./version.js");
  print(versionText());
}

/** Returns the name if there is such a command. */
async function knownName(name: string): Promise<string> {
  const names = commands.map((command) => command.name);
  if (names.includes(name)) return name;
  const { refuseCommand } = await import("./refuseCommand.js");
  return refuseCommand(name, names);
}

/** Ends without an error if the reader closes the pipe early, as in `slatesim … | head`; a full disk is an error. */
function endOutput(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") fail(error);
  process.exit();
}
