// Runs of the command line that are killed at a chosen change of a file.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { main } from "../node/cli/slatesim.js";

const preload = ["--import", fileURLToPath(new URL("watchChanges.mjs", import.meta.url))];

/**
 * One number for each kind of change that the command makes in a folder: of all files whose names differ in numbers only, one in
 * the middle. To open a file is none: killed in the middle of its first write, a run leaves as much.
 */
export function kindsOfChanges(folder: string, ...words: readonly string[]): Map<string, number> {
  const log = `${folder}.changes`;
  const options = { env: { ...process.env, CHANGES_FILE: log } };
  expect(spawnSync(process.execPath, [...preload, main, ...words], options).status).toBe(0);
  const kinds = new Map<string, number[]>();
  for (const [at, line] of readFileSync(log, "utf8").trimEnd().split("\n").entries()) {
    const kind = line
      .replace(folder, "")
      .replace(/\.[0-9a-f]{8}-\d+-[0-9a-f]+(?=\.slatesim-partial)/, "")
      .replaceAll(/\d+/g, "#");
    if (!kind.startsWith("open ")) kinds.set(kind, [...(kinds.get(kind) ?? []), at + 1]);
  }
  rmSync(log);
  return new Map([...kinds].map(([kind, places]) => [kind, places[Math.floor(places.length / 2)]!]));
}

/** Runs the command, and kills it at its n-th change. */
export async function killedAt(change: number, ...words: readonly string[]): Promise<void> {
  const env = { ...process.env, KILL_AT_CHANGE: String(change) };
  const child = spawn(process.execPath, [...preload, main, ...words], { stdio: "ignore", env });
  expect(await once(child, "exit")).toEqual([null, "SIGKILL"]);
}
