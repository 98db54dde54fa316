import { readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeJson, encodeJson } from "../check/exactJson.js";
import type { Json } from "../check/json.js";
import { GrowingFile, type Mark } from "./growingFile.js";
import type { IterationSummary } from "./iteration.js";

export const ITERATIONS = "iterations.jsonl";

/** An iteration, with the mark of its log file, if any. */
export interface LoggedIteration extends IterationSummary {
  readonly log?: Mark;
}

/** File with a line for each iteration, so that checkpoints need not repeat earlier ones. */
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

/** Reads the iterations in the file up to the mark. */
export function readIterations(folder: string, mark: Mark | undefined): LoggedIteration[] {
  if (mark === undefined || mark.length === 0) return [];
  const text = readFileSync(join(folder, ITERATIONS)).subarray(0, mark.length).toString();
  const lines = text.trimEnd().split("\n");
  return lines.map((line) => decodeJson(line) as unknown as LoggedIteration);
}
