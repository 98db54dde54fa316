import { Command as Commander, type Help, type Option } from "commander";
import { wrap } from "../report/wrap.js";
import type { Entry } from "./command.js";
import { commanderOf } from "./readWords.js";

/** Maximal width of lines; longer ones are hard to read, even if the terminal or the file is wider. */
const MAX_WIDTH = 100;
/** In a narrower terminal, descriptions stand below their flags. */
const NARROW = 60;
const INDENT = 6;

/** Returns the text of `slatesim COMMAND --help`: purpose, flags with their defaults, parameters, one example. */
export async function commandHelp({ name, summary, example, load }: Entry, outputWidth: number): Promise<string> {
  const { flags, operand } = await load();
  const width = Math.min(outputWidth, MAX_WIDTH);
  const command = commanderOf(flags, operand).name(`slatesim ${name}`).description(`${summary}.`);
  command.usage(operand === undefined ? "[options]" : `${operand.name} [options]`);
  if ("param" in flags) command.addHelpText("after", `\n${await parameterHelp(width)}`);
  return helpOf(command, example, width);
}

/** Returns the text of `slatesim --help`. */
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

/** Writes defaults as they may be typed: no quotes, no thousands separators. */
function optionDescription({ description, defaultValue, defaultValueDescription }: Option): string {
  const shownDefault: unknown = defaultValueDescription ?? defaultValue;
  return shownDefault === undefined ? description : `${description} Default: ${String(shownDefault)}.`;
}

function formatNarrow(width: number): Help["formatItem"] {
  const newLine = `\n${" ".repeat(INDENT)}`;
  return (term, _termWidth, description, helper) =>
    `  ${term}${newLine}${helper.boxWrap(description, width - INDENT).replaceAll("\n", newLine)}`;
}

/** Lists the parameters that `--param` may change, with their values in the default scenario. */
async function parameterHelp(width: number): Promise<string> {
  const { DEFAULT_SCENARIO, scenarios } = await import("../worlds/scenarios.js"); // the overview does without
  const values = Object.entries(scenarios[DEFAULT_SCENARIO].parameters).map(([name, value]) => `${name}=${value}`);
  return `Parameters of ${DEFAULT_SCENARIO}:\n${wrap([`  ${values[0]}`, ...values.slice(1)], width, "  ", 2)}`;
}
