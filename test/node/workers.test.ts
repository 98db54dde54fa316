// Workers that really die: a policy of somebody's own that ends its thread in the midst of a portion.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { importPolicy, longTermSatisfaction, policies, simulate } from "../../src/index.js";
import { root } from "../support/snippets.js";
import { main, slatesim } from "./cli/slatesim.js";

const scratch = mkdtempSync(join(tmpdir(), "slatesim-workers-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const world = longTermSatisfaction();
const options = { users: 50_000, steps: 2, seed: 1, workers: 2 };
const filling =
  "const K = slates.length / user.length; for (let at = 0; at < slates.length; at++) slates[at] = at % K;";

/** A module whose policy shows the first documents, and does something else as well in a worker. */
function policyFile(name: string, deed: string): string {
  const path = join(scratch, `${name}.mjs`);
  const body = `fillSlates({ user, step }, slates) { if (!isMainThread) { ${deed} } ${filling} }`;
  const imports =
    'import { existsSync, writeFileSync } from "node:fs"; import { isMainThread } from "node:worker_threads";';
  writeFileSync(path, `${imports} export default { name: "${name}", ${body} };`);
  return path;
}

const deaths = {
  "ends the process": "process.exit(3);",
  "throws outside of any call": "setImmediate(() => { throw new Error('stray'); });",
};

describe("a worker that dies", () => {
  test("is replaced, and its users are lived again", async () => {
    const marker = JSON.stringify(join(scratch, "died-once"));
    const once = `if (user[0] > 20_000 && !existsSync(${marker})) { writeFileSync(${marker}, ""); process.exit(3); }`;
    const policy = await importPolicy(pathToFileURL(policyFile("dies once", once)));
    const run = await simulate(world, policy, options);
    const { digest, metrics } = await simulate(world, policies.first(), options);
    expect({ digest: run.digest, metrics: run.metrics }).toEqual({ digest, metrics });
    expect(run.timing.workers).toBe(2);
  });

  test.each(Object.entries(deaths))("again and again ends the run with the cause: %s", async (name, deed) => {
    const policy = await importPolicy(pathToFileURL(policyFile(name, deed)));
    const message = /^users 0 to 16383: the worker died 3 times, last of this: (worker exited with code: 3|stray)$/;
    await expect(simulate(world, policy, options)).rejects.toThrow(message);
  });

  test("ends the command line with exit code 1, and no hanging", () => {
    const module = policyFile("ends all", "process.exit(0);");
    const { code, out, err } = slatesim(
      "run",
      "--policy-module",
      module,
      "--users",
      "50000",
      "--steps",
      "2",
      "--workers",
      "2",
    );
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(/^users 0 to 16383: the worker died 3 times, last of this: worker exited with code: 0$/m);
  });

  test.each([
    ["throws", 'throw new Error("no room");', "no room"],
    ["ends", "process.exit(9);", "a worker could not be started"],
  ])("before it was ready ends the run with the cause, and no hanging: it %s", (name, deed, cause) => {
    const preload = join(scratch, `${name}.mjs`);
    writeFileSync(preload, `import { isMainThread } from "node:worker_threads"; if (!isMainThread) { ${deed} }`);
    const env = { ...process.env, NODE_OPTIONS: `--import=${pathToFileURL(preload).href}` };
    const words = [main, "run", "--users", "200000", "--steps", "2", "--workers", "3"];
    const { status, stdout, stderr } = spawnSync(process.execPath, words, { env, encoding: "utf8" });
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toBe(`users 0 to 16383: the worker died 3 times, last of this: ${cause}\n`);
  });
});

// Node 20 ended itself within three seconds of this where the threads required an ES module.
test("threads can be ended while they begin", () => {
  const script = `
    import { setTimeout as sleep } from "node:timers/promises";
    import { openPool } from "#workerPool";
    for (const begun = performance.now(); performance.now() - begun < 4000;) {
      const pool = openPool({ study: { contenders: [] } }, 2);
      await sleep(25 + 40 * Math.random());
      await pool.close();
    }`;
  const child = spawnSync(process.execPath, ["--input-type=module", "-e", script], { cwd: root, encoding: "utf8" });
  expect(child).toMatchObject({ status: 0, signal: null, stderr: "" });
});
