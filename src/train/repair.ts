import { lstatSync, rmSync } from "node:fs";
import { join } from "node:path";
import { InvalidInput } from "../check/invalidInput.js";
import { isObstacle } from "../files/place.js";
import { writeWhole } from "../files/wholeFile.js";
import { checkpointIterations, checkpointPath, readCheckpoint } from "./checkpointFolder.js";
import { EVENTS, eventsOf } from "./eventFile.js";
import { ITERATIONS } from "./iterationFile.js";
import { JSON_LINES } from "./jsonLinesLog.js";
import { join as joinBytes } from "./protobuf.js";
import { growingFolder, RUN, setAside } from "./runFolder.js";
import { eventsMistake, type Standing } from "./standing.js";

/**
 * Repairs a damaged folder so that the run resumes from `standing`, the newest sound checkpoint, or restarts without one. Damaged
 * files are kept under another name; files after `standing` are written again by the run. Returns a sentence for each repair.
 */
export function repairFolder(out: string, standing: Standing | undefined): string[] {
  const reached = standing?.checkpoint.iteration ?? 0;
  const said = [
    ...checkpointIterations(out).flatMap((iteration) => repairCheckpoint(out, iteration, reached)),
    ...[join(out, RUN)].filter(isObstacle).map(setAside),
  ];
  if (reached === 0) return [...said, ...setGrowingAside(out), "The run restarted."];
  return [...said, ...remakeEvents(out, standing!), `The run resumed from iteration ${reached}.`];
}

function repairCheckpoint(out: string, iteration: number, reached: number): string[] {
  const path = checkpointPath(out, iteration);
  try {
    readCheckpoint(out, iteration);
  } catch (error) {
    if (error instanceof InvalidInput) return [setAside(path)];
    throw error;
  }
  if (iteration > reached) rmSync(path); // sound itself, but its files are not
  return [];
}

function setGrowingAside(out: string): string[] {
  const paths = [ITERATIONS, JSON_LINES].map((name) => join(growingFolder(out), name));
  return paths.filter((path) => lstatSync(path, { throwIfNoEntry: false }) !== undefined).map(setAside);
}

function remakeEvents(out: string, { checkpoint, iterations }: Standing): string[] {
  if (eventsMistake(out, checkpoint) === undefined) return [];
  const path = join(growingFolder(out), EVENTS);
  const said = isObstacle(path) ? [setAside(path)] : [];
  writeWhole(path, joinBytes(iterations.map(eventsOf)));
  return [...said, `${path} was made again.`];
}

/** Returns the end of an error that `repair` would resolve. */
export function repairHint(standing: Standing | undefined): string {
  const reached = standing?.checkpoint.iteration ?? 0;
  const from = reached === 0 ? "it restarts" : `it resumes from iteration ${reached}`;
  return `(resume with repair: ${from})`;
}
