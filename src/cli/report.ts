import { figuresOf } from "../charts/figuresOf.js";
import { readResult } from "../charts/readResult.js";
import { InvalidInput } from "../check/invalidInput.js";
import { expectedMistake, oneOfMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { readWhole } from "../files/readWhole.js";
import { collectErrors } from "./collectErrors.js";
import type { Command } from "./command.js";
import { toggle } from "./flag.js";
import { reportFlags } from "./flags.js";
import { readReportFiles } from "./readReportFiles.js";
import { readWords } from "./readWords.js";

const flags = {
  ...reportFlags,
  force: toggle("--force", "Replace files that slatesim did not write."),
};
const operand = { name: "FILE", help: "JSON that --json printed, or result.json in the folder of --out." };

/** `slatesim report`: shows a result that was kept. */
export const report: Command = {
  operand,
  flags,
  execute,
};

async function execute(words: readonly string[]): Promise<void> {
  const { values, mistakes, operand: path } = readWords(words, flags, operand);
  if (values.report === undefined && values.chart === undefined)
    mistakes.push('"--report" expected a file to write, or --chart one, got nothing');
  const result = path === undefined ? undefined : collectErrors(mistakes, () => readJson(path));
  if (result !== undefined && values.kind !== undefined) collectErrors(mistakes, () => checkKind(result, values.kind!));
  const files = await readReportFiles(["report", ...words], values, mistakes);
  if (mistakes.length > 0) throw new InvalidInput(mistakes);
  await files?.write(result);
}

/** Reads a result; throws `InvalidInput` for a file that has none. */
function readJson(path: string): unknown {
  const bytes = readWhole(operand.name, path);
  if (bytes === undefined) refuse([expectedMistake(operand.name, "a file that there is", path)]);
  const result = parsed(Buffer.from(bytes!).toString());
  if (result === undefined) refuse([expectedMistake(operand.name, "a file of JSON", path)]);
  readResult(operand.name, result);
  return result;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function checkKind(result: unknown, kind: string): void {
  const kinds = figuresOf(readResult(operand.name, result)).map((each) => each.kind);
  refuse([oneOfMistake("--kind", kind, [...new Set(kinds)])]);
}
