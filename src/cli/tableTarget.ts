import { expectedMistake } from "../check/mistakes.js";
import { takesStdout } from "../files/place.js";
import type { Table } from "../tables/table.js";
import { note, print } from "./print.js";

/** Stands for stdout, which takes CSV. */
const STDOUT = "-";

/** Where the table of a command goes, if one is asked for. */
export interface TableTarget {
  /** Prints text: to stderr where stdout takes the table. */
  readonly print: (text: string) => void;
  readonly write: (tableOf: () => Table) => Promise<void>;
}

/** Values of the flags that say where a table goes. */
interface TableFlags {
  readonly csv: string | undefined;
  readonly force: boolean;
  readonly trajectories?: string | undefined;
}

/** Reads where the table goes; a file with other first columns than `first` is not slatesim's. */
export async function readTableTarget(
  { csv: path, force, trajectories }: TableFlags,
  first: readonly string[],
  mistakes: string[],
): Promise<TableTarget> {
  if (path === undefined) return { print, write: async () => {} };
  const toStdout = path === STDOUT || takesStdout(path);
  if (path === trajectories || (toStdout && takesStdout(trajectories)))
    mistakes.push(expectedMistake("--csv", "another place than --trajectories", path));
  const { replacementMistake } = await import("../tables/tableFile.js"); // most commands do not need it
  const mistake = path === STDOUT ? undefined : replacementMistake("--csv", path, { first, force });
  if (mistake !== undefined) mistakes.push(mistake);
  return { print: toStdout ? note : print, write: (tableOf) => writeTo(path, tableOf()) };
}

async function writeTo(path: string, table: Table): Promise<void> {
  const { csvText, writeTable } = await import("../tables/writeTable.js");
  if (path === STDOUT) print(csvText(table).trimEnd());
  else await writeTable(path, table);
}
