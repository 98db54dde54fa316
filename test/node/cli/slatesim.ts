import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import type { Run } from "../../../src/index.js";

export const project = new URL("../../../", import.meta.url);
export const main = fileURLToPath(new URL("dist/cli/main.js", project));

export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the built command line. */
export function slatesim(...words: readonly string[]): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...words], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  return { code: status, out: stdout, err: stderr };
}

/** The document of a good call; fails when anything else is on stdout, or anything on stderr. */
export function json<Document = Run>(...words: readonly string[]): Document {
  const { code, out, err } = slatesim(...words, "--json");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return JSON.parse(out);
}

/** The mistakes of a bad call; fails unless it ends with code 2 and an empty stdout. */
export function mistakes(...words: readonly string[]): string[] {
  const { code, out, err } = slatesim(...words);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  return err.trimEnd().split("\n");
}
