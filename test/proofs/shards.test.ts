// Shards of work that is solved as well, and of processes that are stopped.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { json, main, slatesim } from "../node/cli/slatesim.js";

const scratch = mkdtempSync(join(tmpdir(), "slatesim-solved-shards-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function document(...words: readonly string[]): object {
  const { timing: _timing, ...rest } = json<Readonly<Record<string, unknown>>>(...words);
  return rest;
}

const small = ["--param", "timeBudget=3", "--users", "20000"];
const works: readonly (readonly string[])[] = [
  ["run", "--policy", "optimal", ...small],
  ["compare", "--policy", "random", "--policy", "optimal", "--regret", ...small],
  ["sweep", "--vary", "sensitivity=0.05,0.1", "--policy", "random", "--policy", "first", "--regret", ...small],
];

test.each(works)("%s %s %s … is merged to the document of one process", (...words) => {
  const folder = join(scratch, words[0]!);
  for (const shard of ["1/2", "0/2"]) expect(slatesim("shard", shard, "--out", folder, ...words).code).toBe(0);
  expect(document("merge", folder)).toEqual(document(...words));
});

test("a shard that is interrupted leaves nothing, and ends with code 130", async () => {
  const folder = join(scratch, "interrupted");
  const words = ["shard", "0/1", "--out", folder, "--users", "100000000", "--workers", "1"];
  const child = spawn(process.execPath, [main, ...words], { stdio: "ignore" });
  const closed = once(child, "close");
  while (!readdirSync(scratch).includes("interrupted") || readdirSync(folder).length === 0) await sleep(5);
  child.kill("SIGINT");
  expect(await closed).toEqual([130, null]);
  expect(readdirSync(folder)).toEqual([]);
});
