import { wrap } from "../report/wrap.js";
import type { Command, Entry } from "./command.js";
import { commonFlags, type Flag } from "./flags.js";

/** Longer lines are hard to read, also where the terminal or the file would take them. */
const WIDEST = 100;

/** What `slatesim <command> --help` prints: purpose, options with their defaults, parameters, one example. */
export async function commandHelp(
  { name, operand, summary, flags, example }: Entry & Command,
  outputWidth: number,
): Promise<string> {
  const width = Math.min(outputWidth, WIDEST);
  const options = Object.entries(flags).map(([flag, about]) => [flagUsage(flag, about), flagHelp(about)] as const);
  const scenario = flags["scenario"] ?? commonFlags.scenario;
  return [
    `slatesim ${name}${operand === undefined ? "" : ` <${operand}>`}: ${summary}`,
    ["Options:", ...listed([...options, ["--help", "show this text"]], width)].join("\n"),
    ...("param" in flags ? [await parameterHelp(String(defaultOf(scenario)), width)] : []),
    `Example:\n  ${example}`,
  ].join("\n\n");
}

/** What `slatesim --help` prints. */
export function overviewHelp(commands: readonly Entry[], outputWidth: number): string {
  const summaries = commands.map(({ name, summary }) => [name, summary] as const);
  return [
    "slatesim <command> [options]: simulated users of a recommender, the same bits everywhere",
    ["Commands:", ...listed(summaries, Math.min(outputWidth, WIDEST))].join("\n"),
    `Example:\n  ${commands[0]!.example}`,
    "slatesim <command> --help shows a command's options, slatesim --version the version.",
  ].join("\n\n");
}

/** What `--param` may change, with the values that the command's scenario starts from. */
async function parameterHelp(scenario: string, width: number): Promise<string> {
  const { scenarios } = await import("../worlds/scenarios.js"); // the overview does without
  const values = Object.entries(scenarios[scenario]!.parameters).map(([name, value]) => `${name}=${value}`);
  return `Parameters of ${scenario}:\n${wrap([`  ${values[0]}`, ...values.slice(1)], width, "  ", 2)}`;
}

function flagUsage(name: string, flag: Flag): string {
  return flag.value === undefined ? `--${name}` : `--${name} <${flag.value}>`;
}

/** Defaults are written as they may be typed: no thousands separators. */
function flagHelp(flag: Flag): string {
  const usual = defaultOf(flag);
  return usual === undefined ? flag.help : `${flag.help} [default ${usual}]`;
}

function defaultOf(flag: Flag): string | number | undefined {
  return flag.default ?? flag.unlessGiven;
}

/** Two columns, the right one wrapped under itself. */
function listed(pairs: readonly (readonly [string, string])[], width: number): string[] {
  const left = Math.max(...pairs.map(([term]) => term.length));
  return pairs.map(([term, text]) => wrap([`  ${term.padEnd(left)} `, ...text.split(" ")], width, " ", left + 4));
}
