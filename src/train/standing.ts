import { join } from "node:path";
import { InvalidInput } from "../check/invalidInput.js";
import { expectedMistake } from "../check/mistakes.js";
import { isObstacle } from "../files/place.js";
import { markMistake, type Mark } from "./growingFile.js";
import type { Checkpoint } from "./checkpoint.js";
import { checkpointIterations, readCheckpoint } from "./checkpointFolder.js";
import { EVENTS } from "./eventFile.js";
import { ITERATIONS, readIterations, type LoggedIteration } from "./iterationFile.js";
import { JSON_LINES } from "./jsonLinesLog.js";
import { parquetPath } from "./parquetLog.js";
import { growingFolder, RUN } from "./runFolder.js";

/** A checkpoint from which a run can resume, and the iterations before it. */
export interface Standing {
  readonly checkpoint: Checkpoint;
  readonly iterations: readonly LoggedIteration[];
}

/** A sound checkpoint of a run, or the errors in it or in its files. */
type Examined = { readonly standing: Standing } | { readonly mistakes: readonly string[] };

/** Examines the newest checkpoint. There is one at least. */
export function examineNewest(out: string): Examined {
  return examine(out, checkpointIterations(out).at(-1)!);
}

/** Returns the newest checkpoint from which the run can resume, if any. Ignores a damaged event file: it can be made again. */
export function newestSound(out: string): Standing | undefined {
  for (const iteration of checkpointIterations(out).toReversed()) {
    const examined = examine(out, iteration, false);
    if ("standing" in examined) return examined.standing;
  }
  return undefined;
}

/** Returns an error if the event file has to be made again. */
export function eventsMistake(out: string, { files }: Checkpoint): string | undefined {
  return fileMistakes(growingFolder(out), files, [EVENTS])[0];
}

/** Examines a checkpoint; `strictly` also reports files that could be repaired. */
function examine(out: string, iteration: number, strictly = true): Examined {
  const folder = growingFolder(out);
  try {
    const checkpoint = readCheckpoint(out, iteration);
    const names = [ITERATIONS, JSON_LINES, ...(strictly ? [EVENTS] : [])];
    const mistakes = fileMistakes(folder, checkpoint.files, names);
    const run = join(out, RUN);
    if (strictly && isObstacle(run)) mistakes.push(expectedMistake(run, "a file", "something else"));
    if (mistakes.length > 0) return { mistakes };
    const iterations = readIterations(folder, checkpoint.files[ITERATIONS]);
    const wrong = iterations.flatMap(({ iteration: number, log }) => {
      return log === undefined ? [] : (markMistake(parquetPath(folder, number), log) ?? []);
    });
    return wrong.length > 0 ? { mistakes: wrong } : { standing: { checkpoint, iterations } };
  } catch (error) {
    if (error instanceof InvalidInput) return { mistakes: error.errors };
    throw error;
  }
}

function fileMistakes(folder: string, files: Checkpoint["files"], names: readonly string[]): string[] {
  return names.flatMap((name) => {
    const mark: Mark | undefined = files[name];
    return (mark && markMistake(join(folder, name), mark)) ?? [];
  });
}
