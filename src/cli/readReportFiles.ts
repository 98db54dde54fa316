import { KINDS_OF } from "../charts/chartKinds.js";
import { expectedMistake, oneOfMistake } from "../check/mistakes.js";
import type { FlagValues } from "./flag.js";
import type { reportFlags } from "./flags.js";
import type { ReportFiles } from "./reportFiles.js";

export type { ReportFiles } from "./reportFiles.js";

type Values = FlagValues<typeof reportFlags> & { readonly force?: boolean; readonly regret?: boolean };

/** Returns the files that are to show the result of the command, the first word, if any: most commands do not need their code. */
export async function readReportFiles(
  words: readonly string[],
  values: Values,
  mistakes: string[],
): Promise<ReportFiles | undefined> {
  const wrongKind = kindMistake(words[0]!, values);
  if (wrongKind !== undefined) mistakes.push(wrongKind);
  if (values.report === undefined && values.chart === undefined) return undefined;
  const { openReportFiles } = await import("./reportFiles.js");
  return openReportFiles(words, values, mistakes);
}

/** Returns the error of a kind of chart that no result of the command can have: before the work begins, as far as flags tell. */
function kindMistake(command: string, { chart, kind, regret }: Values): string | undefined {
  if (kind === undefined) return undefined;
  if (chart === undefined) return expectedMistake("--kind", "--chart beside it", kind);
  const kinds = KINDS_OF[command]?.filter((each) => each !== "regrets" || regret === true);
  return kinds && oneOfMistake("--kind", kind, kinds);
}
