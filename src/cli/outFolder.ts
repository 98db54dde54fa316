import { existsSync } from "node:fs";
import { join } from "node:path";
import { expectedMistake } from "../check/mistakes.js";
import { readableMistake, readWhole } from "../files/readWhole.js";
import { wholeFileMistake, writeWhole } from "../files/wholeFile.js";
import { folderMistake } from "../files/folder.js";
import type { BlockStore } from "../index.js";
import { blockFolder, sweepFolder } from "../records/index.js";
import { toJson } from "../report/json.js";
import { collectErrors } from "./collectErrors.js";
import type { FlagValues } from "./flag.js";
import type { simulationFlags } from "./flags.js";

/** Name of the result in the folder of `--out`, beside the blocks. */
const RESULT = "result.json";

type Values = Pick<FlagValues<typeof simulationFlags>, "out" | "repair" | "force">;

/** Returns the store in the folder of `--out`, if it can be one. */
export function readBlockFolder(values: Values, mistakes: string[]): BlockStore | undefined {
  return readFolder(values, blockFolder, mistakes);
}

/** Returns the store of a sweep in the folder of `--out`, if it can be one. */
export function readSweepFolder(values: Values, mistakes: string[]): BlockStore | undefined {
  return readFolder(values, sweepFolder, mistakes);
}

function readFolder(
  { out, repair, force }: Values,
  open: typeof blockFolder,
  mistakes: string[],
): BlockStore | undefined {
  if (out === undefined) {
    if (repair) mistakes.push(expectedMistake("--repair", "--out beside it", "nothing"));
    return undefined;
  }
  const store = collectErrors(mistakes, () => open(out, { repair }));
  const wrong = store && collectErrors(mistakes, () => resultMistake(out, force));
  if (wrong !== undefined) mistakes.push(wrong);
  return store;
}

/** Writes the result without its timing, so that the same command writes the same bytes. */
export function writeResult(folder: string, { timing: _timing, ...lasting }: { readonly timing: unknown }): void {
  writeWhole(join(folder, RESULT), `${toJson(lasting)}\n`);
}

/** Returns an error, before the work begins, if the result could not be written. */
function resultMistake(out: string, force: boolean): string | undefined {
  if (folderMistake(out) !== undefined || !existsSync(out)) return undefined;
  const path = join(out, RESULT);
  const mistake = readableMistake("--out", path) ?? wholeFileMistake("--out", path);
  if (mistake !== undefined || force) return mistake;
  const bytes = readWhole("--out", path);
  if (bytes === undefined || bytes.length === 0 || isResult(bytes)) return undefined;
  return expectedMistake("--out", `no ${RESULT} that slatesim did not write (--force replaces it)`, path);
}

function isResult(bytes: Uint8Array): boolean {
  try {
    const found: unknown = JSON.parse(Buffer.from(bytes).toString());
    return (
      typeof found === "object" && found !== null && "streamVersion" in found && ("seed" in found || "seeds" in found)
    );
  } catch {
    return false;
  }
}
