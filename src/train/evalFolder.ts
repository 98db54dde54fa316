import { join } from "node:path";
import { encodeJson } from "../check/exactJson.js";
import type { Json } from "../check/json.js";
import { expectedMistake } from "../check/mistakes.js";
import { readWhole } from "../files/readWhole.js";
import { wholeFileMistake, writeWhole } from "../files/wholeFile.js";
import { fileVersionRecord, scalarRecord } from "./eventRecords.js";
import { scalarsOf, type EpisodeStatistics } from "./iteration.js";
import { join as joinBytes } from "./protobuf.js";

/** Iterations and steps of training before an evaluation, which identify it. */
interface Evaluated {
  readonly iteration: number;
  readonly trainingSteps: number;
}

/** Returns the paths of the files of one evaluation. */
function pathsOf(folder: string, { iteration, trainingSteps }: Evaluated) {
  const number = String(iteration).padStart(6, "0");
  return {
    events: join(folder, `events.out.tfevents.${number}.slatesim`),
    returns: join(folder, `returns_${trainingSteps}`),
    document: join(folder, `evaluation-${number}.json`),
  };
}

/** Writes one evaluation, with the same bytes whichever other checkpoints are evaluated. */
export function writeEvaluation(
  folder: string,
  evaluation: Evaluated & EpisodeStatistics,
  returns: readonly number[],
  settings: Json,
): void {
  const { events, returns: list, document } = pathsOf(folder, evaluation);
  const scalars = scalarRecord(evaluation.trainingSteps, scalarsOf(evaluation, "eval"));
  writeWhole(events, joinBytes([fileVersionRecord(), scalars]));
  writeWhole(list, `${encodeJson(returns, "rewards")}\n`);
  writeWhole(document, `${encodeJson({ settings, evaluation: { ...evaluation } }, "evaluation", 2)}\n`);
}

/** Returns errors for files that cannot be written; without `force`, also for files that slatesim did not write. */
export function evaluationMistakes(folder: string, evaluated: Evaluated, force: boolean): string[] {
  const { events, returns, document } = pathsOf(folder, evaluated);
  return [
    targetMistake(events, force, (bytes) => {
      const first = fileVersionRecord();
      return Buffer.compare(bytes.subarray(0, first.length), first) === 0;
    }),
    targetMistake(returns, force, (bytes) => Array.isArray(parsed(bytes))),
    targetMistake(document, force, (bytes) => {
      const found = parsed(bytes);
      return typeof found === "object" && found !== null && "settings" in found && "evaluation" in found;
    }),
  ].filter((mistake) => mistake !== undefined);
}

/** Returns an error for a target that must not be replaced; an empty file may be. */
function targetMistake(path: string, force: boolean, isOurs: (bytes: Uint8Array) => boolean): string | undefined {
  const wrong = wholeFileMistake("out", path);
  if (wrong !== undefined || force) return wrong;
  const bytes = readWhole("out", path);
  if (bytes === undefined || bytes.length === 0 || isOurs(bytes)) return undefined;
  return expectedMistake(
    "out",
    "no file that slatesim did not write in the place of its own (force replaces it)",
    path,
  );
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString());
  } catch {
    return undefined;
  }
}
