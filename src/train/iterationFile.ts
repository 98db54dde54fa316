import { readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeJson, encodeJson } from "../check/exactJson.js";
import type { Json } from "../check/json.js";
import { GrowingFile, type Mark } from "./growingFile.js";
import type { IterationSummary } from "./iteration.js";

export const ITERATIONS = "iterations.jsonl";

/** An iteration, with the file that it wrote for itself, if any. */
export interface LoggedIteration extends IterationSummary {
  readonly log?: Mark;
}

/** A line an iteration: checkpoints need not repeat what was before them. */
export class IterationFile {
  private readonly file: GrowingFile;

  constructor(folder: string, mark?: Mark) {
    this.file = new GrowingFile(join(folder, ITERATIONS), mark);
  }

  add(iteration: LoggedIteration): void {
    this.file.append(`${encodeJson({ ...iteration } as unknown as Json, "iteration")}\n`);
  }

  marks(): Readonly<Record<string, Mark>> {
    return { [ITERATIONS]: this.file.mark() };
  }
}

/** What stands in the file before the mark's end. */
export function readIterations(folder: string, mark: Mark | undefined): LoggedIteration[] {
  if (mark === undefined || mark.length === 0) return [];
  const text = readFileSync(join(folder, ITERATIONS)).subarray(0, mark.length).toString();
  const lines = text.trimEnd().split("\n");
  return lines.map((line) => decodeJson(line) as unknown as LoggedIteration);
}
