// Workers that really die: a policy of somebody's own that ends its thread in the midst of a chunk.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { longTermSatisfaction, policies, simulate, type Run } from "../../src/index.js";
import { root } from "../support/snippets.js";
import { main, type Outcome } from "../node/cli/slatesim.js";

const scratch = mkdtempSync(join(tmpdir(), "slatesim-workers-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const world = longTermSatisfaction();
const options = { users: 50_000, steps: 2, seed: "1" };
const filling =
  "const K = slates.length / user.length; for (let at = 0; at < slates.length; at++) slates[at] = at % K;";

/** Said in the thread of a worker, not in that of the command. */
const A_WORKER = "!isMainThread && workerData?.command === undefined";

/** A module whose policy shows the first documents, and does something else as well in a worker. */
function policyFile(name: string, deed: string): string {
  const path = join(scratch, `${name}.mjs`);
  const body = `fillSlates({ user, step }, slates) { if (!isMainThread) { ${deed} } ${filling} }`;
  const imports =
    'import { existsSync, writeFileSync } from "node:fs"; import { isMainThread } from "node:worker_threads";';
  writeFileSync(path, `${imports} export default { name: "${name}", ${body} };`);
  return path;
}

// A policy's own `process.exit` is an error (test/node/strayPolicies.test.ts); this one was taken before anybody watched.
const dying = join(scratch, "dying.mjs");
writeFileSync(dying, "globalThis.die = process.reallyExit.bind(process);");

const inLts = ["--scenario", "lts", "--workers", "2", "--policy-module"];

/** Runs the built command line where policies can die. */
function mortal(...more: readonly string[]): Outcome {
  const env = { ...process.env, NODE_OPTIONS: `--import=${pathToFileURL(dying).href}` };
  const words = "run --users 50000 --steps 2 --seed 1 --json".split(" ");
  const child = spawnSync(process.execPath, [main, ...words, ...more], { env, encoding: "utf8" });
  return { code: child.status, out: child.stdout, err: child.stderr };
}

describe("a worker that dies", () => {
  test("is replaced, and its users are simulated again", async () => {
    const marker = JSON.stringify(join(scratch, "died-once"));
    const once = `if (user[0] > 20_000 && !existsSync(${marker})) { writeFileSync(${marker}, ""); die(3); }`;
    const { code, out, err } = mortal(...inLts, policyFile("dies once", once));
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const run = JSON.parse(out) as Run;
    const { digest } = await simulate(world, policies.first(), options);
    expect({ digest: run.digest, workers: run.timing.workers }).toEqual({ digest, workers: 2 });
    expect(existsSync(join(scratch, "died-once"))).toBe(true);
  });

  test("is replaced in a world of a module, too, which is loaded again", () => {
    const marker = join(scratch, "world-died-once");
    const deed = `if (${A_WORKER} && !existsSync(marker)) { writeFileSync(marker, ""); die(3); }`;
    const small = readFileSync(join(root, "test/support/moduleWorlds.mjs"), "utf8");
    const text = small.replace("transition: (mood) => mood,", `transition: (mood) => { ${deed} return mood; },`);
    const imports = `import { existsSync, writeFileSync } from "node:fs"; import { isMainThread, workerData } from "node:worker_threads";`;
    const path = join(mkdtempSync(join(root, "build", "world-")), "world.mjs"); // inside the package, so that its own name resolves
    writeFileSync(path, `${imports} const marker = ${JSON.stringify(marker)}; ${text}`);
    const [shared, alone] = ["2", "1"].map((workers) => mortal("--world", `${path}#small`, "--workers", workers));
    rmSync(dirname(path), { recursive: true });
    expect([shared, alone].map((outcome) => [outcome!.code, outcome!.err])).toEqual([
      [0, ""],
      [0, ""],
    ]);
    const [{ timing, ...found }, expected] = [shared!, alone!].map(({ out }) => JSON.parse(out)) as [Run, Run];
    expect({ ...found, timing: expected.timing }).toEqual(expected);
    expect([timing.workers, existsSync(marker)]).toEqual([2, true]);
  });

  test.each([3, 0])(
    "again and again ends the command line with the cause, exit code 1, and no hanging: %s",
    (status) => {
      const { code, out, err } = mortal(...inLts, policyFile("ends all", `die(${status});`));
      expect({ code, out }).toEqual({ code: 1, out: "" });
      const cause = `the worker died 3 times, last of this: worker exited with code: ${status}`;
      expect(err).toBe(`policy "ends all" failed for users 0 to 16383: ${cause}\n`);
    },
  );

  test.each([
    ["throws", 'throw new Error("no room");', "no room"],
    ["ends", "process.exit(9);", "a worker could not be started"],
  ])("before it was ready ends the run with the cause, and no hanging: it %s", (name, deed, cause) => {
    const preload = join(scratch, `${name}.mjs`);
    writeFileSync(
      preload,
      `import { isMainThread, workerData } from "node:worker_threads"; if (${A_WORKER}) { ${deed} }`,
    );
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
    for (const begun = performance.now(); performance.now() - begun < 3000;) {
      const pool = openPool({ studies: [] }, 2);
      await sleep(25 + 40 * Math.random());
      await pool.close();
    }`;
  const child = spawnSync(process.execPath, ["--input-type=module", "-e", script], { cwd: root, encoding: "utf8" });
  expect(child).toMatchObject({ status: 0, signal: null, stderr: "" });
});
