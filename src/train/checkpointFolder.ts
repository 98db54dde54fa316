import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { InvalidInput } from "../check/invalidInput.js";
import { expectedMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { isObstacle } from "../files/place.js";
import { writeWhole } from "../files/wholeFile.js";
import { decodeCheckpoint, encodeCheckpoint, type Checkpoint } from "./checkpoint.js";
import { growingFolder } from "./runFolder.js";

const NAME = /^checkpoint-(\d{6}|[1-9]\d{6,9})$/;

/** Selects checkpoints of a run: the newest, each, or the one after a number of iterations. */
export type CheckpointChoice = "newest" | "each" | number;

/** Returns the folder of the checkpoints of a run in the folder `out`. */
export function checkpointFolder(out: string): string {
  return join(growingFolder(out), "checkpoints");
}

/** Returns the iterations after which there are checkpoints, ascending. */
export function checkpointIterations(out: string): number[] {
  const found = namesIn(checkpointFolder(out)).flatMap((name) => NAME.exec(name)?.[1] ?? []);
  return found.map(Number).toSorted((a, b) => a - b);
}

/** Returns the names in a folder; none if it is no folder or cannot be read. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Reads checkpoints of the run in the folder `out`, the oldest first. Throws `InvalidInput` for damaged files. */
export function readCheckpoints(out: string, choice: CheckpointChoice = "newest"): Checkpoint[] {
  refuse([typeof out === "string" ? undefined : expectedMistake("out", "the name of a folder", out)]);
  const all = checkpointIterations(out);
  refuse([all.length === 0 ? expectedMistake("out", "a folder of a training run, with checkpoints", out) : undefined]);
  if (choice === "newest") return readAll(out, all.slice(-1));
  if (choice === "each") return readAll(out, all);
  const rule = `"newest", "each" or one of ${all.join(", ")}`;
  refuse([all.includes(choice) ? undefined : expectedMistake("checkpoint", rule, choice)]);
  return readAll(out, [choice]);
}

/** Reads the checkpoints; the error for damaged ones lists the sound ones. */
function readAll(out: string, iterations: readonly number[]): Checkpoint[] {
  const mistakes = iterations.flatMap((iteration) => checkpointMistakes(out, iteration));
  if (mistakes.length === 0) return iterations.map((iteration) => readCheckpoint(out, iteration));
  const sound = checkpointIterations(out).filter((iteration) => checkpointMistakes(out, iteration).length === 0);
  const others = sound.length === 0 ? "none is sound" : `sound are those after ${sound.join(", ")} iterations`;
  throw new InvalidInput(mistakes.map((mistake) => `${mistake} (of the checkpoints there, ${others})`));
}

function checkpointMistakes(out: string, iteration: number): readonly string[] {
  try {
    readCheckpoint(out, iteration);
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) return error.errors;
    throw error;
  }
}

/** Writes a checkpoint of the run in the folder `out`. */
export function writeCheckpoint(out: string, checkpoint: Checkpoint): void {
  writeWhole(checkpointPath(out, checkpoint.iteration), encodeCheckpoint(checkpoint));
}

/** Keeps the newest of the scheduled checkpoints; one that an interruption left is not counted. */
export function pruneCheckpoints(out: string, keep: number, isScheduled: (iteration: number) => boolean): void {
  const all = checkpointIterations(out);
  const kept = new Set(all.filter(isScheduled).slice(-keep));
  for (const iteration of all) {
    const path = checkpointPath(out, iteration);
    if (!kept.has(iteration) && !isObstacle(path)) rmSync(path);
  }
}

/** Reads the checkpoint after `iteration` iterations. Throws `InvalidInput`. */
export function readCheckpoint(out: string, iteration: number): Checkpoint {
  const path = checkpointPath(out, iteration);
  const checkpoint = decodeCheckpoint(path, readFile(path));
  const named = checkpoint.iteration === iteration;
  refuse([named ? undefined : expectedMistake(path, `${iteration} iterations, as it is named`, checkpoint.iteration)]);
  return checkpoint;
}

function readFile(path: string): Uint8Array {
  refuse([isObstacle(path) ? expectedMistake(path, "a file", "something else") : undefined]);
  try {
    return readFileSync(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    refuse([expectedMistake(path, "a file that can be read", code ?? message)]);
    throw error;
  }
}

export function checkpointPath(out: string, iteration: number): string {
  return join(checkpointFolder(out), `checkpoint-${String(iteration).padStart(6, "0")}`);
}
