import { Command as Commander, type Help, type Option } from "commander";
import { wrap } from "../report/wrap.js";
import type { Entry } from "./command.js";
import { commanderOf } from "./readWords.js";

/** Longer lines are hard to read, also where the terminal or the file would take them. */
const MAX_WIDTH = 100;
/** In a narrower terminal descriptions stand below what they describe. */
const NARROW = 60;
const INDENT = 6;

/** What `slatesim COMMAND --help` prints: purpose, flags with their defaults, parameters, one example. */
export async function commandHelp({ name, summary, example, load }: Entry, outputWidth: number): Promise<string> {
  const { flags, operand } = await load();
  const width = Math.min(outputWidth, MAX_WIDTH);
  const command = commanderOf(flags, operand).name(`slatesim ${name}`).description(`${summary}.`);
  command.usage(operand === undefined ? "[options]" : `${operand.name} [options]`);
  if ("param" in flags) command.addHelpText("after", `\n${await parameterHelp(width)}`);
  return helpOf(command, example, width);
}

/** What `slatesim --help` prints. */
export function overviewHelp(commands: readonly Entry[], outputWidth: number): string {
  const program = new Commander("slatesim").usage("COMMAND [options]").option("-v, --version", "Print the version.");
  program.description("Simulate users of a recommender: millions of steps a second, the same bits everywhere.");
  program.helpCommand("help [COMMAND]", "Show the options of COMMAND, as COMMAND --help does.");
  for (const { name, summary } of commands) program.command(name).summary(`${summary}.`);
  return helpOf(program, commands[0]!.example, Math.min(outputWidth, MAX_WIDTH));
}

/** Commander's help, with the example below it. */
function helpOf(command: Commander, example: string, width: number): string {
  const written: string[] = [];
  command
    .helpOption("-h, --help", "Show this help.")
    .addHelpText("after", `\nExample:\n  ${example}`)
    .configureHelp({
      minWidthToWrap: 1,
      optionTerm: ({ flags }) => flags.replace(/[[\]]/g, ""), // to commander a value may be left out: see flag.ts
      optionDescription,
      ...(width < NARROW && { formatItem: formatNarrow(width) }),
    })
    .configureOutput({ writeOut: (text) => written.push(text), getOutHelpWidth: () => width })
    .outputHelp();
  return written.join("").trimEnd();
}

/** Defaults are written as they may be typed: no quotes, no thousands separators. */
function optionDescription({ description, defaultValue, defaultValueDescription }: Option): string {
  const usual: unknown = defaultValueDescription ?? defaultValue;
  return usual === undefined ? description : `${description} Default: ${String(usual)}.`;
}

function formatNarrow(width: number): Help["formatItem"] {
  const newLine = `\n${" ".repeat(INDENT)}`;
  return (term, _termWidth, description, helper) =>
    `  ${term}${newLine}${helper.boxWrap(description, width - INDENT).replaceAll("\n", newLine)}`;
}

/** What `--param` may change, with the values that the default scenario starts from. */
async function parameterHelp(width: number): Promise<string> {
  const { DEFAULT_SCENARIO, scenarios } = await import("../worlds/scenarios.js"); // the overview does without
  const values = Object.entries(scenarios[DEFAULT_SCENARIO].parameters).map(([name, value]) => `${name}=${value}`);
  return `Parameters of ${DEFAULT_SCENARIO}:\n${wrap([`  ${values[0]}`, ...values.slice(1)], width, "  ", 2)}`;
}
