// A file of trajectories needs no more memory for more users: told by the heap of a process that does nothing else.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const place = mkdtempSync(join(tmpdir(), "slatesim-trajectories-"));
const path = join(place, "lives.parquet");
afterAll(() => rmSync(place, { recursive: true }));

test("more users need no more memory than two full row groups", () => {
  const few = heapOf(1000);
  expect(few).toBeGreaterThan(1); // it was looked at
  expect(heapOf(2500)).toBeLessThan(few + 4);
});

/** The most MB that are held while so many users are written, in a process that does nothing else. */
function heapOf(users: number): number {
  const built = new URL("../../dist/", import.meta.url).href;
  const script = `
    import { makeWorld, policies } from "${built}index.js";
    import { writeTrajectories } from "${built}records/index.js";
    let most = 0;
    const onProgress = () => {
      gc();
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      most = Math.max(most, heapUsed + arrayBuffers);
    };
    const users = Array(${users}).keys();
    await writeTrajectories(${JSON.stringify(path)}, makeWorld("lts"), policies.first(), { users, seed: 1, steps: 20, onProgress });
    console.log(most / 1e6);
  `;
  return Number(execFileSync(process.execPath, ["--expose-gc", "--input-type=module", "--eval", script]).toString());
}
