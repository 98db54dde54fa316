// Policies that end the process, or fail outside of any call: a named failure, the same for any number of workers.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { root } from "../support/snippets.js";
import { main, type Outcome } from "../node/cli/slatesim.js";

const scratch = mkdtempSync(join(tmpdir(), "slatesim-strays-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const kinds = {
  batch: (deed: string) => `{
    name: "stray",
    fillSlates({ user }, slates) {
      ${deed};
      const slateSize = slates.length / user.length;
      for (let at = 0; at < slates.length; at++) slates[at] = at % slateSize;
    },
  }`,
  agent: (deed: string) => `{
    name: "stray",
    createAgent: () => ({ beginEpisode() { ${deed}; return [0, 1, 2]; }, step: () => [0, 1, 2], endEpisode() {} }),
  }`,
};

let files = 0;

/** A module whose policy does something whenever it is called, and something when it is loaded. */
function policyFile(kind: keyof typeof kinds, deed: string, top = ""): string {
  const path = join(scratch, `${files++}.mjs`);
  writeFileSync(path, `let calls = 0; ${top}; export default ${kinds[kind](deed)};`);
  return path;
}

function run(words: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, words, { cwd: root });
    const said = { out: "", err: "" };
    child.stdout.on("data", (text) => (said.out += text));
    child.stderr.on("data", (text) => (said.err += text));
    child.on("close", (code) => resolve({ code, ...said }));
  });
}

/** What the command line makes of it with one worker, which any number must make of it. */
async function outcomeOf(module: string, users = 33_000): Promise<Outcome> {
  const words = [main, "run", "--policy-module", module, "--users", `${users}`, "--steps", "1", "--workers"];
  const [alone, ...shared] = await Promise.all(["1", "2"].map((workers) => run([...words, workers])));
  for (const outcome of shared) expect(untimed(outcome)).toEqual(untimed(alone!));
  return untimed(alone!);
}

/** What `simulate` makes of each module, with any number of workers, in one process. */
async function failuresOf(modules: readonly string[], users: number): Promise<string[]> {
  const script = `
    import { importPolicy, longTermSatisfaction, simulate } from "slatesim";
    for (const url of ${JSON.stringify(modules.map((path) => pathToFileURL(path).href))}) {
      const policy = await importPolicy(url).catch(({ errors: [mistake] }) => console.log(mistake.slice(-30)));
      if (policy === undefined) continue;
      for (const workers of [1, 2]) {
        const options = { users: ${users}, steps: 1, seed: 1, workers };
        const told = await simulate(longTermSatisfaction(), policy, options).catch(({ message }) => message);
        console.log(told.digest ?? told);
      }
    }`;
  const { code, out, err } = await run(["--input-type=module", "-e", script]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return out.trimEnd().split("\n");
}

function untimed({ err, ...rest }: Outcome): Outcome {
  return { ...rest, err: err.replace(/^speed .*\n/m, "") };
}

const ends = ["exit(0)", "exit(3)", "reallyExit(0)", "abort()", "kill(process.pid)"];

/** Each done once, for the first users. */
const strays = [
  "setTimeout(() => { throw new Error('stray'); })",
  "setImmediate(() => { throw new Error('stray'); })",
  "queueMicrotask(() => { throw new Error('stray'); })",
  "process.nextTick(() => { throw new Error('stray'); })",
  "void Promise.reject(new Error('stray'))",
  "setTimeout(async () => { await 0; throw new Error('stray'); })",
].map((deed) => `if (user[0] === 0) ${deed}`);

test("a policy that ends the process fails, whichever way and however many workers there are", async () => {
  const failures = await failuresOf(
    ends.map((end) => policyFile("batch", `process.${end}`)),
    33_000,
  );
  const said = ends.map((end) => `policy "stray" failed at step 0 for users 0 to 1023: process.${end} was called`);
  expect(failures).toEqual(said.flatMap((each) => [each, each]));
});

test("a policy whose timers, ticks or promises fail fails, however many workers there are", async () => {
  const failures = await failuresOf(
    strays.map((deed) => policyFile("batch", deed)),
    33_000,
  );
  expect(failures).toEqual(
    strays.flatMap(() => Array(2).fill('policy "stray" for users 0 to 16383 failed outside of any call: stray')),
  );
});

test("an agent fails as a batch policy does", async () => {
  const deeds = ["process.exit(0)", "try { process.exit(0); } catch {}", "void Promise.reject(new Error('stray'))"];
  const failures = await failuresOf(
    deeds.map((deed) => policyFile("agent", deed)),
    17_000,
  );
  expect(failures.filter((_, place) => place % 2 === 0)).toEqual([
    'policy "stray" failed at step 0 for user 0: process.exit(0) was called',
    'policy "stray" for users 0 to 16383 failed: process.exit(0) was called',
    'policy "stray" for users 0 to 16383 failed outside of any call: stray',
  ]);
  expect(failures).toEqual(failures.map((_, place) => failures[place - (place % 2)]));
});

test("a module that ends the process, fails or never ends while it is loaded is refused", async () => {
  const tops = {
    "process.exit(0)": "process.exit(0) was called",
    "throw new Error('top')": ": top",
    "setTimeout(() => { throw new Error('top'); })": ": top",
    "void Promise.reject(new Error('top'))": ": top",
    "await new Promise(() => {})": "waits for what never comes",
    "export function then() {}": "waits for what never comes",
  };
  const modules = Object.keys(tops).map((top, place) => policyFile(place % 2 === 0 ? "batch" : "agent", "", top));
  const told = await failuresOf(modules, 1);
  expect(told).toEqual(Object.values(tops).map((reason) => expect.stringContaining(reason)));
});

describe("on the command line", () => {
  test("a policy that ends the process fails with exit code 1", async () => {
    expect(await outcomeOf(policyFile("batch", "process.exit(0)"))).toEqual({
      code: 1,
      out: "",
      err: 'policy "stray" failed at step 0 for users 0 to 1023: process.exit(0) was called\n',
    });
  });

  test("a policy that ends the process later fails with exit code 1", async () => {
    expect(await outcomeOf(policyFile("batch", "if (user[0] === 0) setTimeout(() => process.exit(0))"))).toEqual({
      code: 1,
      out: "",
      err: 'policy "stray" for users 0 to 16383 failed: process.exit(0) was called\n',
    });
  });

  test("a policy that sets the exit code and fails fails with exit code 1", async () => {
    const failing = policyFile("batch", "process.exitCode = 0; throw Object.create(null)");
    expect(await outcomeOf(failing)).toEqual({
      code: 1,
      out: "",
      err: 'policy "stray" failed at step 0 for users 0 to 1023: {}\n',
    });
  });

  test("a policy that sets the exit code, and leaves a timer, changes nothing", async () => {
    const deed = "process.exitCode = 42; if (user[0] === 0) setInterval(() => {}, 1e6)";
    expect(await outcomeOf(policyFile("batch", deed, "process.exitCode = 41"))).toMatchObject({ code: 0, err: "" });
  });

  test("a module that never ends being loaded is refused, and nothing else is said", async () => {
    const module = policyFile("batch", "", "await new Promise(() => {})");
    const rule = `"--policy-module" expected a module that can be loaded, got "${pathToFileURL(module)}"`;
    expect(await outcomeOf(module)).toEqual({ code: 2, out: "", err: `${rule}: it waits for what never comes\n` });
  });
});

test("policies that are values fail in the same way, also in traces, and leave the process as it was", async () => {
  const script = `
    import { longTermSatisfaction, simulate, trace } from "slatesim";
    const { exit } = process;
    const options = { users: 5000, steps: 2, seed: 1 };
    const deeds = [
      () => process.exit(0), () => { try { process.exit(0); } catch {} }, () => void Promise.reject(new Error("stray")),
    ];
    for (const deed of deeds) {
      const policy = { name: "value", fillSlates(_, slates) { deed(); slates.forEach((_, at) => (slates[at] = at % 3)); } };
      await simulate(longTermSatisfaction(), policy, options).catch((error) => console.log(error.message));
    }
    const policy = { name: "value", fillSlates: deeds[0] };
    try { trace(longTermSatisfaction(), policy, { user: 7, seed: 1 }); } catch (error) { console.log(error.message); }
    console.log(process.exit === exit, process.listenerCount("uncaughtException"), process.listenerCount("unhandledRejection"));
    process.exit(5);`;
  const child = await run(["--input-type=module", "-e", script]);
  expect(child).toEqual({
    code: 5,
    err: "",
    out: [
      'policy "value" failed at step 0 for users 0 to 1023: process.exit(0) was called',
      'policy "value" for users 0 to 4999 failed: process.exit(0) was called',
      'policy "value" for users 0 to 4999 failed outside of any call: stray',
      'policy "value" failed at step 0 for users 7 to 7: process.exit(0) was called',
      "true 0 0",
      "",
    ].join("\n"),
  });
});

test("what is nobody's who is watched ends the process as ever", async () => {
  const script = `
    import { longTermSatisfaction, simulate } from "slatesim";
    const fillSlates = (_, slates) => slates.forEach((_, at) => (slates[at] = at % 3));
    setTimeout(() => { throw new Error("mine"); }, 5);
    await simulate(longTermSatisfaction(), { name: "good", fillSlates }, { users: 1e6, seed: 1 });
    console.log("survived");`;
  const child = await run(["--input-type=module", "-e", script]);
  expect(child).toMatchObject({ code: 1, out: "" });
  expect(child.err).toContain("Error: mine");
});

test("what promises something instead of returning it is refused, and its rejection ends no process", () => {
  const index = pathToFileURL(join(root, "dist/index.js")).href;
  const code = `
    import { metrics, policies, scenarios, simulate } from ${JSON.stringify(index)};
    const world = scenarios["lts-tradeoff"];
    const late = async () => { throw new Error("late"); };
    const told = (error) => console.log(String(error.message).split("\\n")[0]);
    await simulate(world, policies.first(), { users: 1, metrics: { late: metrics.sum(late) } }).catch(told);
    await simulate(world, { name: "late", fillSlates: late }, { users: 1 }).catch(told);
    await new Promise((resolve) => setTimeout(resolve, 50));
    console.log("alive");
  `;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", code], {
    encoding: "utf8",
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout.trimEnd().split("\n")).toEqual([
    'metric "late" failed at step 0 for user 0: "metrics.late" expected a number in [-1e+100, 1e+100], got [object Promise]',
    expect.stringMatching(/^policy "late"/),
    "alive",
  ]);
});
