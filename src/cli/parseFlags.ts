import { parseArgs } from "node:util";
import { didYouMean } from "../check/didYouMean.js";
import { showValue } from "../check/showValue.js";
import type { Flag, FlagTable, FlagValues } from "./flags.js";
import { readFlag } from "./readFlag.js";

export interface ParsedFlags<Table extends FlagTable> {
  /** Where a flag was mistaken its default stands in, so that the other flags can still be checked. */
  readonly values: FlagValues<Table>;
  readonly mistakes: string[];
  /** What stands for itself, if the command takes such a word. */
  readonly operand: string | undefined;
}

type Token = NonNullable<ReturnType<typeof parseArgs>["tokens"]>[number];

/**
 * Reads the words after the command by a flag table, and one word that belongs to no flag where the command takes an operand
 * of that name. Collects every mistake; throws nothing.
 */
export function parseFlags<Table extends FlagTable>(
  words: readonly string[],
  table: Table,
  operandName?: string,
): ParsedFlags<Table> {
  const args = markMissingValues(words, table);
  const options = parseOptions(table);
  const tokens: Token[] = parseArgs({ args, options, strict: false, tokens: true }).tokens;
  const operandAt = operandName === undefined ? undefined : findOperand(tokens, table);
  const mistakes = strayMistakes(tokens, args, table)
    .filter(({ index }) => index !== operandAt)
    .map(({ mistake }) => mistake);
  const operand = operandAt === undefined ? undefined : args[operandAt];
  if (operandName !== undefined && operand === undefined)
    mistakes.unshift(`"${operandName}" expected a path, got nothing`);
  const values = Object.entries(table).map(([name, flag]) => {
    return [name, readFlag(name, flag, valuesOf(name, tokens), mistakes)];
  });
  return { values: Object.fromEntries(values) as FlagValues<Table>, mistakes, operand };
}

/** In `--users --seed 1` the value of users would be "--seed"; written `--users= --seed 1` it is missing. */
function markMissingValues(words: readonly string[], table: FlagTable): string[] {
  return words.map((word, index) => {
    const flag = word.startsWith("--") ? ownFlag(table, word.slice(2)) : undefined;
    const missing = flag !== undefined && flag.type !== "switch" && words[index + 1]?.startsWith("--");
    return missing ? `${word}=` : word;
  });
}

function parseOptions(table: FlagTable): Record<string, { type: "string" | "boolean"; multiple: true }> {
  const options = Object.entries(table).map(([name, flag]) => {
    const type = flag.type === "switch" ? "boolean" : "string";
    return [name, { type, multiple: true }] as const;
  });
  return Object.fromEntries(options);
}

/**
 * Words that belong to no flag, each told once: an unknown `-abc` comes as three tokens with one index, and the word
 * behind an unknown flag is taken for its value.
 */
function strayMistakes(
  tokens: readonly Token[],
  args: readonly string[],
  table: FlagTable,
): { readonly index: number; readonly mistake: string }[] {
  const stray = [...unknownFlags(tokens, table), ...strayWords(tokens, table)];
  const names = Object.keys(table).map((name) => `--${name}`);
  return stray.map((index) => {
    const [word = ""] = args[index]!.split("=", 1);
    const mistake = `${showValue(word)} is not an option${didYouMean(`--${word.replace(/^-+/, "")}`, names)}`;
    return { index, mistake };
  });
}

function findOperand(tokens: readonly Token[], table: FlagTable): number | undefined {
  return strayWords(tokens, table)[0];
}

function unknownFlags(tokens: readonly Token[], table: FlagTable): Set<number> {
  return new Set(tokens.filter((token) => isUnknown(token, table)).map((token) => token.index));
}

/** Words that no flag owns, not even an unknown one before them. */
function strayWords(tokens: readonly Token[], table: FlagTable): number[] {
  const unknown = unknownFlags(tokens, table);
  const positionals = tokens.filter((token) => token.kind === "positional").map((token) => token.index);
  return positionals.filter((index) => !unknown.has(index - 1));
}

function isUnknown(token: Token, table: FlagTable): boolean {
  return token.kind === "option" && (!token.rawName.startsWith("--") || ownFlag(table, token.name) === undefined);
}

function valuesOf(name: string, tokens: readonly Token[]): (string | undefined)[] {
  const own = tokens.filter((token) => token.kind === "option" && token.rawName === `--${name}`);
  return own.map((token) => (token.kind === "option" ? token.value : undefined));
}

/** Not `table[name]`: "--constructor" must not find anything. */
function ownFlag(table: FlagTable, name: string): Flag | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
