import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { main, mistakesIn, slatesim, spawned } from "../node/cli/slatesim.js";

const place = mkdtempSync(join(tmpdir(), "slatesim-interrupts-"));
afterAll(() => rmSync(place, { recursive: true }));

const long = ["--param", "numCandidates=4096", "--param", "timeBudget=65536"];

/** The path of a module whose policy begins with that code, after saying so on stderr. */
function moduleWith(name: string, code: string): string {
  const path = join(place, `${name}.mjs`);
  const say = `import fs from "node:fs"; const say = () => fs.writeSync(2, "begun\\n");`;
  writeFileSync(path, `${say}\nexport default { name: "${name}", fillSlates() { say(); ${code} } };`);
  return path;
}

const loops = moduleWith("loops", "for (;;);");

/** Two Ctrl-C: what a shell would report, and how long after the second. On a busy machine they may come before Node listens. */
async function interruptTwice(words: readonly string[]): Promise<{ code: unknown; seconds: number }> {
  const child = spawn(process.execPath, [main, ...words]);
  const closed = once(child, "close");
  if (words.includes(loops)) await once(child.stderr, "data");
  else await sleep(600);
  child.kill("SIGINT");
  await sleep(200);
  const second = performance.now();
  child.kill("SIGINT");
  const [code, signal] = await closed;
  return { code: signal === "SIGINT" ? 130 : code, seconds: (performance.now() - second) / 1000 };
}

describe("the second Ctrl-C ends the process", () => {
  test.each<readonly string[]>([
    ["run", "--policy-module", loops],
    ["run", "--policy-module", loops, "--json", "--users", "100"],
    ["run", "--policy-module", loops, "--workers", "2"],
    ["compare", "--policy-module", loops, "--policy", "first"],
    ["lock", join(place, "x.lock.json"), "--policy-module", loops],
    ["lock", join(place, "x.lock.json"), ...long],
    ["trace", ...long],
    ["run", "--engine", "reference", ...long],
    ["train", "--iterations", "1", "--steps", "1e9"],
    ["eval", "--agent", "random", "--episodes", "1e9"],
  ])("of %s %s %s", async (...words) => {
    const { code, seconds } = await interruptTwice(words);
    expect(code).toBe(130);
    expect(seconds).toBeLessThan(1);
  });

  test.skipIf(process.platform === "win32")("also where a policy waits for the system for ever", async () => {
    spawnSync("mkfifo", [join(place, "fifo")]);
    const reads = `fs.readFileSync(${JSON.stringify(join(place, "fifo"))});`;
    const waits = moduleWith("waits", reads);
    const child = spawn(process.execPath, [main, "run", "--policy-module", waits]);
    const closed = once(child, "close");
    await once(child.stderr, "data");
    child.kill("SIGINT");
    await sleep(200);
    child.kill("SIGINT");
    expect([...(await closed)].some((end) => end === 130 || end === "SIGINT")).toBe(true);
  });
});

describe("a policy that ends what it is not asked to end", () => {
  test.each(["0", "3"])("process.exit(%s) is told of", (status) => {
    const path = moduleWith("exits", `process.exit(${status});`);
    const { code, out, err } = spawned("run", "--policy-module", path, "--workers", "1");
    const told = `policy "exits" failed at step 0 for users 0 to 1023: process.exit(${status}) was called\n`;
    expect({ code, out, err }).toEqual({ code: 1, out: "", err: `begun\n${told}` });
  });

  test("an error of its timer is told of, escaped", () => {
    const path = join(place, "timer.mjs");
    writeFileSync(path, `setTimeout(() => { throw new Error("late\\u001b[31m") });\nawait new Promise(() => {});`);
    const told = mistakesIn(spawned("run", "--policy-module", path));
    const url = pathToFileURL(path).href;
    expect(told).toEqual([`"--policy-module" expected a module that can be loaded, got "${url}": late\\u001b[31m`]);
  });
});

test("a long result comes whole through a pipe", () => {
  const { code, out } = slatesim("trace", "--param", "timeBudget=3000", "--param", "numCandidates=64", "--json");
  expect(code).toBe(0);
  expect(out.length).toBeGreaterThan(5_000_000);
  expect(JSON.parse(out).steps).toHaveLength(3000);
});

describe("interruptions", () => {
  test("a reader that leaves early is no error", async () => {
    const child = spawn(process.execPath, [main, "trace", "--param", "timeBudget=2000", "--json"]);
    let complaint = "";
    child.stdout.once("data", () => child.stdout.destroy());
    child.stderr.on("data", (text) => (complaint += text));
    expect(await once(child, "exit")).toEqual([0, null]);
    expect(complaint).toBe("");
  });

  test.each([
    ["run", "--workers", "1"],
    ["run", "--workers", "2"],
    ["compare", "--workers", "2"],
  ])("Ctrl-C ends a long %s %s %s with code 130 and what is finished", async (...words) => {
    const out = mkdtempSync(join(tmpdir(), "slatesim-interrupted-"));
    const child = spawn(process.execPath, [main, ...words, "--users", "4e9", "--json", "--out", out]);
    let [output, complaint] = ["", ""];
    child.stdout.on("data", (text) => (output += text));
    child.stderr.on("data", (text) => (complaint += text));
    while (!existsSync(join(out, "blocks", "from-0000000000"))) await sleep(20);
    child.kill("SIGINT");
    expect(await once(child, "close")).toEqual([130, null]);
    rmSync(out, { recursive: true });
    expect(complaint).toBe("");
    const { users, interrupted } = JSON.parse(output) as { users: number; interrupted: boolean };
    expect(users % 4096).toBe(0);
    expect(users).toBeGreaterThan(0);
    expect(interrupted).toBe(true);
  });

  test("a second Ctrl-C ends at once what the first asked to end", async () => {
    const script = `
      import { withInterrupt } from ${JSON.stringify(new URL("interrupt.js", pathToFileURL(main)))};
      setInterval(() => {}, 1000);
      withInterrupt((signal) => new Promise(() => {
        signal.addEventListener("abort", () => console.log("asked to end"));
        console.log("listening");
      }));`;
    const child = spawn(process.execPath, ["--input-type=module", "--eval", script]);
    for (const said of ["listening\n", "asked to end\n"]) {
      expect(String(await once(child.stdout, "data"))).toBe(said);
      child.kill("SIGINT");
    }
    expect(await once(child, "close")).toEqual([130, null]);
  });
});
