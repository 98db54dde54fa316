import type { z } from "zod";
import { expectedMistake, objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { showValue } from "../check/showValue.js";
import { experiments, type ExperimentCommand } from "./experiment.js";

/** An experiment as far as it is valid, and the errors of the rest. */
export interface ParsedExperiment {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly mistakes: readonly string[];
  /** Names of the fields that are left out because of errors. */
  readonly wrong: readonly string[];
}

/** Parses a file's text: YAML for a name that ends in .yaml or .yml, else JSON. Fields with errors are left out. */
export async function parseExperiment(
  path: string,
  source: string,
  command: ExperimentCommand,
): Promise<ParsedExperiment> {
  const isYaml = /\.ya?ml$/i.test(path);
  try {
    return checkExperiment(isYaml ? (await import("yaml")).parse(source) : JSON.parse(source), command);
  } catch (error) {
    const mistake = expectedMistake("--config", isYaml ? "YAML" : "JSON", path);
    return unreadExperiment(command, `${mistake}: ${showValue((error as Error).message)}`);
  }
}

/** Checks the fields of an experiment by the schema of its command. */
export function checkExperiment(found: unknown, command: ExperimentCommand): ParsedExperiment {
  const noObject = objectMistake("config", found);
  if (noObject !== undefined) return unreadExperiment(command, noObject);
  const schema = experiments[command];
  const parsed = schema.safeParse(found);
  const issues = parsed.success ? [] : parsed.error.issues;
  const known = Object.keys(schema.shape);
  const mistakes = issues.flatMap((issue) => issueMistakes(issue, found as object, `field of a ${command}`, known));
  const wrong = [...new Set(issues.map(({ path }) => String(path[0])))];
  const fields = Object.entries(found as object).filter(([name]) => known.includes(name) && !wrong.includes(name));
  return { fields: Object.fromEntries(fields), mistakes: [...new Set(mistakes)], wrong };
}

/** Returns the experiment of a file that none of its fields could be read of. */
export function unreadExperiment(command: ExperimentCommand, mistake: string): ParsedExperiment {
  return { fields: {}, mistakes: [mistake], wrong: Object.keys(experiments[command].shape) };
}

function issueMistakes(issue: z.core.$ZodIssue, found: object, kind: string, known: readonly string[]): string[] {
  if (issue.code === "unrecognized_keys") {
    const strange = issue.keys.map((name) => [name, undefined]);
    return unknownFieldMistakes(kind, Object.fromEntries(strange), known);
  }
  const value = issue.path.reduce<unknown>((whole, name) => (whole as Record<PropertyKey, unknown>)?.[name], found);
  return [expectedMistake(fieldName(issue.path), issue.message, value)];
}

/** `config.vary.sensitivity[2]` */
function fieldName(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (name, part) => name + (typeof part === "number" ? `[${part}]` : `.${String(part)}`),
    "config",
  );
}
