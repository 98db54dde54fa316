import type { FlagValues } from "./flag.js";
import type { reportFlags } from "./flags.js";
import type { ReportFiles } from "./reportFiles.js";

export type { ReportFiles } from "./reportFiles.js";

/** Returns the files that are to show the result of a command, if any: most commands do not need their code. */
export async function readReportFiles(
  words: readonly string[],
  values: FlagValues<typeof reportFlags> & { readonly force?: boolean },
  mistakes: string[],
): Promise<ReportFiles | undefined> {
  if (values.report === undefined && values.chart === undefined) return undefined;
  const { openReportFiles } = await import("./reportFiles.js");
  return openReportFiles(words, values, mistakes);
}
