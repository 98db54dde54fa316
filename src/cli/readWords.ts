import { Command as Commander } from "commander";
import { didYouMean } from "../check/didYouMean.js";
import { expectedMistake } from "../check/mistakes.js";
import { showValue } from "../check/showValue.js";
import type { Operand } from "./command.js";
import type { FlagTable, FlagValues } from "./flag.js";

export interface ReadWords<Table extends FlagTable> {
  /** Values of the flags; the default for an invalid one, so that the other flags can still be checked. */
  readonly values: FlagValues<Table>;
  readonly mistakes: string[];
  /** What was given, by the names of the flags. */
  readonly given: ReadonlyMap<string, readonly unknown[]>;
  /** The positional argument, if the command takes one. */
  readonly operand: string | undefined;
}

/** Returns commander's command with those flags and operand, which reads the arguments and generates the help. */
export function commanderOf(flags: FlagTable, operand?: Operand): Commander {
  const command = new Commander();
  if (operand !== undefined) command.argument(`<${operand.name}>`, operand.help);
  for (const flag of Object.values(flags)) command.addOption(flag);
  return command;
}

/** Reads the words after the command. Collects every error, where commander would stop at the first; throws nothing. */
export function readWords<Table extends FlagTable>(
  words: readonly string[],
  flags: Table,
  operand?: Operand,
): ReadWords<Table> {
  const command = commanderOf(flags, operand);
  const { operands, unknown } = command.parseOptions([...words]);
  const strays = unknown.filter((word, at) => !isValueOf(unknown[at - 1], word, words));
  const [strayFlags, strayWords] = [strays.filter(isFlag), strays.filter((word) => !isFlag(word))];
  const free = [...operands, ...strayWords];
  const value = operand === undefined ? undefined : free.shift();
  const mistakes =
    operand !== undefined && value === undefined
      ? [`"${operand.name}" expected ${operand.rule ?? "a path"}, got nothing`]
      : [];
  mistakes.push(...[...free, ...strayFlags].map((word) => unknownWordMistake(word, flags)));
  const values = Object.entries(flags).map(([name, flag]) => {
    return [name, flag.read(command.getOptionValue(flag.attributeName()), mistakes)];
  });
  const given = Object.entries(flags).flatMap(([name, flag]) => {
    const items = flag.given(command.getOptionValue(flag.attributeName()));
    return items === undefined ? [] : [[name, items] as const];
  });
  return { values: Object.fromEntries(values) as FlagValues<Table>, mistakes, given: new Map(given), operand: value };
}

function isFlag(word: string): boolean {
  return word.length > 1 && word.startsWith("-");
}

/** Returns whether the word follows an unknown flag; it is taken for its value, and not reported. */
function isValueOf(flag: string | undefined, word: string, words: readonly string[]): boolean {
  if (flag === undefined || !isFlag(flag) || flag.includes("=") || isFlag(word)) return false;
  return words.some((each, at) => each === flag && words[at + 1] === word);
}

function unknownWordMistake(word: string, flags: FlagTable): string {
  const [name = "", ...value] = word.split("=");
  const names = Object.values(flags).map((flag) => flag.long!);
  if (names.includes(name)) return expectedMistake(name, "no value", value.join("=")); // all others take one
  return `${showValue(name)} is not an option${didYouMean(`--${name.replace(/^-+/, "")}`, names)}`;
}
