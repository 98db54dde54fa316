import { expectedMistake } from "../check/mistakes.js";
import { DOCUMENT_RULES, USER_RULES, type TableRules } from "../worlds/scenarios.js";
import { collectErrorsAsync } from "./collectErrors.js";
import type { FlagValues } from "./flag.js";
import type { tableFlags } from "./flags.js";

/** Reads the files of `--users-from` and `--documents-from` as the parameters that they stand for; `given` are those of `--param`. */
export async function readTables(
  { usersFrom, documentsFrom }: FlagValues<typeof tableFlags>,
  given: Readonly<Record<string, unknown>>,
  mistakes: string[],
): Promise<Readonly<Record<string, unknown>>> {
  const read = async <Content>(name: string, flag: string, path: string | undefined, rules: TableRules<Content>) => {
    if (path === undefined) return {};
    if (name in given) mistakes.push(expectedMistake(`--param ${name}`, `nothing beside ${flag}`, given[name]));
    const { readTable } = await import("../records/readTable.js");
    return { [name]: await collectErrorsAsync(mistakes, () => readTable(flag, path, rules)) };
  };
  return {
    ...(await read("users", "--users-from", usersFrom, USER_RULES)),
    ...(await read("documents", "--documents-from", documentsFrom, DOCUMENT_RULES)),
  };
}
