import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { expectedMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { removePartials, writeWhole } from "../files/wholeFile.js";
import { decodeCheckpoint, encodeCheckpoint, type Checkpoint } from "./checkpoint.js";

/** As in RecSim, so many of the newest stay. */
const KEPT = 4;
const NAME = /^checkpoint-(\d{6}|[1-9]\d{6,9})$/;

/** Which checkpoints of a run: the newest, each that there is, or the one after so many iterations. */
export type CheckpointChoice = "newest" | "each" | number;

/** Where the checkpoints of a run in the folder `out` are. */
export function checkpointFolder(out: string): string {
  return join(out, "train", "checkpoints");
}

/** After how many iterations there are checkpoints, rising. */
export function checkpointIterations(out: string): number[] {
  const folder = checkpointFolder(out);
  if (!existsSync(folder)) return [];
  const found = readdirSync(folder).flatMap((name) => NAME.exec(name)?.[1] ?? []);
  return found.map(Number).toSorted((a, b) => a - b);
}

/** Checkpoints of the run in the folder `out`, the oldest first. Throws `InvalidInput` for files that are damaged. */
export function readCheckpoints(out: string, choice: CheckpointChoice = "newest"): Checkpoint[] {
  refuse([typeof out === "string" ? undefined : expectedMistake("out", "the name of a folder", out)]);
  const all = checkpointIterations(out);
  refuse([all.length === 0 ? expectedMistake("out", "a folder of a training run, with checkpoints", out) : undefined]);
  if (choice === "newest") return [readCheckpoint(out, all.at(-1)!)];
  if (choice === "each") return all.map((iteration) => readCheckpoint(out, iteration));
  const rule = `"newest", "each" or one of ${all.join(", ")}`;
  refuse([all.includes(choice) ? undefined : expectedMistake("checkpoint", rule, choice)]);
  return [readCheckpoint(out, choice)];
}

/** Writes a checkpoint of the run in the folder `out`. */
export function writeCheckpoint(out: string, checkpoint: Checkpoint): void {
  writeWhole(pathOf(out, checkpoint.iteration), encodeCheckpoint(checkpoint));
}

/** Makes the folder, or takes out of it what a stopped writer left. */
export function openCheckpointFolder(out: string): void {
  mkdirSync(checkpointFolder(out), { recursive: true });
  removePartials(checkpointFolder(out));
}

/** Keeps the newest of those that the run writes by itself; one that an interruption left is not of them. */
export function pruneCheckpoints(out: string, isScheduled: (iteration: number) => boolean): void {
  const all = checkpointIterations(out);
  const kept = new Set(all.filter(isScheduled).slice(-KEPT));
  for (const iteration of all) {
    if (!kept.has(iteration)) rmSync(pathOf(out, iteration));
  }
}

function readCheckpoint(out: string, iteration: number): Checkpoint {
  const path = pathOf(out, iteration);
  refuse([statSync(path).isFile() ? undefined : expectedMistake(path, "a file", "something else")]);
  const checkpoint = decodeCheckpoint(path, readFileSync(path));
  const named = checkpoint.iteration === iteration;
  refuse([named ? undefined : expectedMistake(path, `${iteration} iterations, as it is named`, checkpoint.iteration)]);
  return checkpoint;
}

function pathOf(out: string, iteration: number): string {
  return join(checkpointFolder(out), `checkpoint-${String(iteration).padStart(6, "0")}`);
}
