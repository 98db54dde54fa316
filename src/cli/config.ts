import { expectedMistake } from "../check/mistakes.js";
import type { Experiment, ExperimentCommand } from "../experiment/experiment.js";
import type { ParsedExperiment } from "../experiment/parseExperiment.js";
import { asText, value, type FlagTable, type FlagValues } from "./flag.js";
import { parseParameters } from "./parseParameters.js";
import type { Operand } from "./command.js";
import { readWords, type ReadWords } from "./readWords.js";

/** Flag of the commands that run an experiment from a file, or lock it. */
export const config = value(
  "--config FILE",
  "Read the experiment from FILE, JSON or YAML; flags beside it replace its fields.",
  asText,
);

/** Fields of experiments that have another name than their flag. */
const FLAG_OF: Readonly<Record<string, string>> = {
  parameters: "param",
  policies: "policy",
  policyModules: "policyModule",
  agentModules: "agentModule",
  worlds: "world",
  seeds: "seed",
};

const SHARED =
  "scenario parameters usersFrom documentsFrom users firstUser steps estimator discount warmUp engine".split(" ");
const ENDS = ["precision", "maxUsers", "seed", "world"];
const LISTS = ["policies", "policyModules", "agentModules", "regret"];

/** The fields of experiments, which the schema states too; loading that takes longer than most runs. */
export const FIELDS: Readonly<Record<ExperimentCommand, readonly string[]>> = {
  run: [...SHARED, ...ENDS, "policy", "policyModule", "agentModule"],
  compare: [...SHARED, ...ENDS, ...LISTS, "whatIf", "baseline"],
  sweep: [...SHARED, ...LISTS, "vary", "worlds", "seeds"],
};

/** Fields that are no flags. */
const NO_FLAGS = new Set(["command", "$schema"]);

/** What fields say that change nothing of an experiment without them. */
const NEUTRAL: Readonly<Record<string, unknown>> = { estimator: "sampled", discount: 1, warmUp: 0, engine: "kernel" };

/** Flags with a value for each name: of these, one beside the file replaces that of its name. */
const NAMED = new Set(["param", "vary"]);

/** The words after a command, and the fields of its file that could not be read. */
type ReadExperiment<Table extends FlagTable> = ReadWords<Table> & Pick<ParsedExperiment, "wrong">;

/**
 * Reads the words after a command, and those that the file of `--config` stands for. A field that the command has no flag for, as it is
 * another command than the experiment's, may only say what `NEUTRAL` says.
 */
export async function readExperimentWords<Table extends FlagTable>(
  words: readonly string[],
  flags: Table,
  command: ExperimentCommand,
  operand?: Operand,
): Promise<ReadExperiment<Table>> {
  const typed = readWords(words, flags, operand);
  const path = (typed.values as Readonly<Record<string, unknown>>)["config"];
  if (typeof path !== "string") return { ...typed, wrong: [] };
  const { fields, mistakes, wrong } = await readConfig(path, command);
  const { given } = typed;
  const [flagged, others] = [true, false].map((has) =>
    Object.entries(fields).filter(([field]) => !NO_FLAGS.has(field) && (FLAG_OF[field] ?? field) in flags === has),
  ) as [[string, unknown][], [string, unknown][]];
  const more = flagged.flatMap(([field, content]) => wordsOf(field, content, flags, given));
  const read = readWords([...more, ...words], flags, operand);
  return { ...read, mistakes: [...mistakes, ...others.flatMap(strayMistakes), ...read.mistakes], wrong };
}

/** Returns the error of a field that the command has no flag for. */
function strayMistakes([field, content]: [string, unknown]): string[] {
  if (Object.hasOwn(NEUTRAL, field) && NEUTRAL[field] === content) return [];
  const rule = field in NEUTRAL ? `nothing or ${JSON.stringify(NEUTRAL[field])} here` : "nothing here";
  return [expectedMistake(`config.${field}`, rule, content)];
}

async function readConfig(path: string, command: ExperimentCommand) {
  const { readableMistake, readWhole } = await import("../files/readWhole.js");
  const unreadable = readableMistake("--config", path);
  const bytes = unreadable === undefined ? readWhole("--config", path) : undefined;
  const { parseExperiment, unreadExperiment } = await import("../experiment/parseExperiment.js");
  if (bytes === undefined)
    return unreadExperiment(command, unreadable ?? expectedMistake("--config", "a file that can be read", path));
  return parseExperiment(path, new TextDecoder().decode(bytes), command); // without a byte order mark
}

/** Returns the words that a field stands for, without those that are replaced by flags. */
function wordsOf(field: string, content: unknown, flags: FlagTable, given: ReadonlyMap<string, readonly unknown[]>) {
  const name = FLAG_OF[field] ?? field;
  const flag = flags[name]!.long!;
  const replaced = given.get(name);
  if (NAMED.has(name)) {
    const names = new Set((replaced ?? []).map((text) => String(text).split("=")[0]));
    const kept = Object.entries(content as object).filter(([each]) => !names.has(each));
    return kept.map(([each, part]) => `${flag}=${each}=${name === "vary" ? axisText(part) : textOf(part)}`);
  }
  if (replaced !== undefined || content === false) return [];
  if (content === true) return [flag];
  return [content].flat().map((item) => `${flag}=${textOf(item)}`);
}

function textOf(content: unknown): string {
  if (Object.is(content, -0)) return "-0"; // which makes another world than 0
  return typeof content === "object" ? JSON.stringify(content) : String(content);
}

function axisText(axis: readonly unknown[] | { from: number; to: number; count: number }): string {
  return "count" in axis ? `${axis.from}:${axis.to}:${axis.count}` : axis.map(textOf).join(",");
}

/**
 * Returns the experiment that the values of flags stand for, with which `--config` repeats it. `effective` are values that may come from
 * defaults; undefined ones are left out.
 */
export function experimentOf(
  command: ExperimentCommand,
  values: FlagValues<FlagTable>,
  effective: Readonly<Record<string, unknown>>,
): Experiment {
  const fields = FIELDS[command].flatMap((field) => {
    const content = effective[field] ?? contentOf(values[FLAG_OF[field] ?? field], field);
    return content === undefined ? [] : [[field, content]];
  });
  return { command, ...(Object.fromEntries(fields) as object) };
}

function contentOf(given: unknown, field: string): unknown {
  if (given === undefined || given === false || (Array.isArray(given) && given.length === 0)) return undefined;
  return field === "parameters" ? parseParameters(given as readonly string[]).parameters : given;
}
