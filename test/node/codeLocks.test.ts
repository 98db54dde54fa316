// Locks of worlds and agents of modules.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { lockText } from "../../src/records/lockText.js";
import { parseLock } from "../../src/records/parseLock.js";
import { mistakes, project, slatesim, spawned } from "./cli/slatesim.js";

const scratch = mkdtempSync(join(tmpdir(), "slatesim-code-locks-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
mkdirSync(join(scratch, "node_modules"));
symlinkSync(fileURLToPath(project), join(scratch, "node_modules", "slatesim"));

const FILE = "moods.mjs";
const MODULE = `
import { choiceModels, defineWorld, spaces } from "slatesim";

export const moods = defineWorld({
  name: "moods",
  slateSize: 1,
  numCandidates: 3,
  timeBudget: 4,
  parameters: { joy: 0.25, sorrow: -0 },
  documents: { space: new spaces.Discrete(9), sample: (draws) => draws.integer(9) },
  users: {
    space: new spaces.Box({ low: 0, high: 9 }),
    sample: (draws) => draws.uniform(),
    observe: (mood) => mood,
    scoreDocument: (mood, document) => mood + document,
    transition: (mood, { step }) => mood + (step > 1 ? 0.5 : 0.25),
  },
  choice: choiceModels.multinomialLogit({ noClickLogit: 0 }),
  responses: { space: new spaces.Discrete(9), respond: (_mood, document, clicked) => (clicked ? document : 0) },
  reward: ([document]) => document,
});

/** An agent that shows one position after another. */
export const turning = ({ actionSpace: { numCandidates } }) => {
  let step = 0;
  return { beginEpisode: () => [0], step: () => [(step += 1) % numCandidates], endEpisode() {}, snapshot: () => null, restore() {} };
};
`;

/** A folder with a module, and the lock of its world under its agent. */
function lockedFolder(name: string): { readonly folder: string; readonly lock: string; readonly module: string } {
  const folder = join(scratch, name);
  mkdirSync(folder);
  const module = join(folder, FILE);
  writeFileSync(module, MODULE);
  const lock = join(folder, "moods.lock.json");
  const words = ["--world", `${module}#moods`, "--agent-module", `${module}#turning`, "--users", "90"];
  expect(slatesim("lock", lock, ...words)).toMatchObject({ code: 0, err: "" });
  return { folder, lock, module };
}

describe("a lock of a module's world and agent", () => {
  test("is verified wherever both are together", () => {
    const { folder, lock } = lockedFolder("here");
    expect(parseLock(lock)).toMatchObject({
      version: 2,
      scenario: "moods",
      parameters: { joy: 0.25, sorrow: -0 },
      policy: "turning",
      worldModule: "moods.mjs#moods",
      agentModule: "moods.mjs#turning",
    });
    const moved = join(scratch, "there");
    cpSync(folder, moved, { recursive: true });
    rmSync(folder, { recursive: true });
    const path = join(moved, "moods.lock.json");
    const said = `${path}: equal (1 blocks, 90 users)\n`;
    expect(slatesim("verify", path)).toEqual({ code: 0, err: "", out: said });
  });

  test.each<[string, string, string, string]>([
    ["the world has another transition", "0.5 : 0.25", "0.75 : 0.25", "step 2: state[0] 1.1"],
    ["the agent shows other slates", "(step += 1)", "(step += 2)", "step 2: reward 8"],
  ])("names user, step and both values when %s", (what, from, to, place) => {
    const { lock, module } = lockedFolder(what);
    writeFileSync(module, readFileSync(module, "utf8").replace(from, to));
    const { code, out } = spawned("verify", lock); // a thread that has loaded the module would keep it
    expect(code).toBe(1);
    expect(out).toMatch(/: NOT equal \(1 blocks, 90 users\)\n {2}first in block 0 \(users 0 to 89\): digest /);
    expect(out).toContain(`\n  user 0, ${place}`);
    expect(out).toMatch(/ locked, \S+ now\n {2}the policy, the model or its numeric functions have changed\n$/);
  });

  test("is refused, by name, when the world has another hash", () => {
    const { lock, module } = lockedFolder("other parameters");
    const { world } = parseLock(lock);
    writeFileSync(module, MODULE.replace("joy: 0.25", "joy: 0.5"));
    const { code, err } = spawned("verify", lock);
    expect(code).toBe(2);
    expect(err).toMatch(
      new RegExp(`^${lock}: "world" expected "[0-9a-f]{16}", the hash of the world "moods", got "${String(world)}"\n$`),
    );
  });

  test("is refused with contradictions in it, and with what only a world can tell", () => {
    const { lock } = lockedFolder("contradictions");
    const { agentModule: agent, ...fields } = parseLock(lock);
    const told = (changes: Readonly<Record<string, unknown>>): string[] => {
      writeFileSync(lock, lockText({ ...fields, agentModule: agent, ...changes }));
      return mistakes("verify", lock).map((mistake) => mistake.replace(`${lock}: `, ""));
    };
    expect(told({ policyModule: "moods.mjs#turning", values: ["world"], scenario: "" })).toEqual([
      '"worldModule" expected nothing beside values, got "moods.mjs#moods"',
      '"agentModule" expected nothing beside policyModule, got "moods.mjs#turning"',
      '"scenario" expected a text that is not empty, got ""',
    ]);
    for (const values of [[], ["world", "world"], ["agent"], "world", 3]) {
      expect(told({ values })[0]).toMatch(/^"values" expected a list of "world" and "policy", or one of them, got /);
    }
    expect(told({ worldModule: "../moods.mjs", agentModule: "nowhere.mjs#x" })).toEqual([
      `"worldModule" expected a path such as policies.js#name, at or below the lock's folder, got "../moods.mjs"`,
    ]);
    expect(told({ worldModule: "#moods", agentModule: "nowhere.mjs#x" })).toEqual([
      '"worldModule" expected a file, to be named by --world, or readLock(path, { world }), got undefined',
      `"agentModule" expected a file at or below the lock's folder, got "nowhere.mjs"`,
    ]);
    expect(told({ scenario: "mood", steps: 5, means: {} })).toEqual([
      '"steps" expected an integer in [1, 4], got 5',
      '"scenario" expected "moods", the name of the world, got "mood"',
      '"means.totalReward" expected a number, got undefined',
    ]);
  });

  test("takes the modules that the command line names instead", () => {
    const { folder, module } = lockedFolder("named");
    const below = join(folder, "locks");
    mkdirSync(below);
    const path = join(below, "moods.lock.json");
    const words = ["--world", `${module}#moods`, "--agent-module", `${module}#turning`];
    const elsewhere =
      "The module is not at or below the lock's folder, so the lock does not say where it is: verify needs";
    expect(slatesim("lock", path, ...words, "--users", "20")).toMatchObject({
      code: 0,
      err: `${elsewhere} --world.\n${elsewhere} --agent-module.\n`,
    });
    expect(parseLock(path)).toMatchObject({ worldModule: "#moods", agentModule: "#turning" });
    expect(mistakes("verify", path, ...words.slice(0, 2))).toEqual([
      expect.stringMatching(
        /"agentModule" expected a file, to be named by --agent-module, or readLock\(path, \{ policy/,
      ),
    ]);
    expect(slatesim("verify", path, ...words)).toMatchObject({ code: 0, err: "" });
    expect(mistakes("verify", path, ...words, "--policy-module", module)).toEqual([
      expect.stringMatching(/^"--policy-module" expected nothing beside --agent-module, got /),
    ]);
    const builtIn = join(folder, "builtIn.json");
    expect(slatesim("lock", builtIn, "--users", "10").code).toBe(0);
    expect(mistakes("verify", builtIn, ...words)).toEqual([
      expect.stringMatching(/"worldModule" expected a module, as one was named for it, got undefined$/),
      expect.stringMatching(/"policyModule" expected a module, as one was named for it, got undefined$/),
    ]);
  });
});
