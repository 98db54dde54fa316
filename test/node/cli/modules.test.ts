// Worlds and agents from modules, by every command that takes them.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import type { Comparison, Run, Trace } from "../../../src/index.js";
import type { EvalSummary, Settings, TrainSummary } from "../../../src/train/index.js";
import { json, mistakes, project, slatesim } from "./slatesim.js";

const place = mkdtempSync(join(tmpdir(), "slatesim-modules-"));
afterAll(() => rmSync(place, { recursive: true }));

const podcasts = fileURLToPath(new URL("examples/podcasts.js", project));
const modules = fileURLToPath(new URL("test/support/moduleWorlds.mjs", project));
const world = ["--world", `${podcasts}#podcasts`];
const turning = ["--agent-module", `${modules}#turning`];
const learner = ["--agent-module", `${modules}#learner`];

/** The names of the policies that are compared. */
function named(...words: readonly string[]): string[] {
  return json<Comparison>("compare", ...words, "--users", "40").policies.map(({ policy }) => policy);
}

/** The settings of an evaluation of a fresh agent. */
function fresh(...words: readonly string[]): Settings {
  return json<EvalSummary>("eval", ...world, ...words, "--episodes", "3").settings;
}

/** The address that a path from a folder stands for. */
function addressIn(folder: string, path: string): string {
  return new URL(path, pathToFileURL(`${folder}/`)).href;
}

function beside(flag: string, other: string, value: string): string {
  return `"${flag}" expected nothing beside ${other}, got ${value}`;
}

describe("--world and --agent-module", () => {
  test("run simulates the world, in threads too, and reports its name and metrics", () => {
    const words = ["run", "--world", `${modules}#small`, "--users", "17000", "--steps", "1", "--workers"];
    const [alone, shared] = ["1", "2"].map((workers) => json<Run>(...words, workers));
    expect([alone!.scenario, alone!.timing.workers, shared!.timing.workers]).toEqual(["small", 1, 2]);
    expect({ ...shared, timing: alone!.timing }).toEqual(alone);
    const { code, out } = slatesim("run", ...world, "--users", "40");
    expect(code).toBe(0);
    expect(out).toMatch(/^podcasts · random · 40 users × 200 steps · seed "0" · reference engine\n/);
    for (const name of ["quality of clicks", "slate diversity", "energy"]) expect(out).toContain(`\n${name} `);
  });

  test("run fills the slates by agents, and writes their episodes", () => {
    const file = join(place, "episodes.parquet");
    const words = ["--users", "30", "--trajectories", file, "--trajectory-users", "3"];
    const { code, out, err } = slatesim("run", ...world, ...turning, ...words);
    expect({ code, err: err.split("\n")[0] }).toEqual({
      code: 0,
      err: expect.stringMatching(/^Wrote \d+ steps of 1 user to /),
    });
    expect(out).toMatch(/^podcasts · turning · 30 users/);
  });

  test("compare names random and every mix where the world ranks, and random and first elsewhere", () => {
    expect(named(...world)).toEqual(["random", "mix(0)", "mix(1)", "mix(2)", "mix(3)"]);
    expect(named("--world", `${modules}#changing`)).toEqual(["random", "first"]);
    expect(named(...world, "--policy", "first", ...turning)).toEqual(["first", "turning"]);
  });

  test("trace shows an agent's slates", () => {
    const { scenario, policy, steps } = json<Trace>("trace", ...world, ...turning, "--steps", "2");
    expect([scenario, policy]).toEqual(["podcasts", "turning"]);
    expect(steps.map(({ slate }) => slate)).toEqual([
      [0, 1, 2],
      [1, 2, 3],
    ]);
  });

  test("eval takes a fresh agent of a module, or one by name", () => {
    expect(fresh(...turning)).toMatchObject({ scenario: "podcasts", agent: "turning" });
    expect(fresh("--agent", "random")).toMatchObject({ scenario: "podcasts", agent: "random" });
  });

  test("train says so where documents have no rank, and no mix is best", () => {
    const { out } = slatesim(
      "train",
      "--world",
      `${modules}#changing`,
      ...turning,
      "--iterations",
      "1",
      "--steps",
      "9",
    );
    expect(out).toMatch(/^changing · turning · 1 iteration /);
    expect(out).toContain("There is no best fixed mix, as the documents of this world have no rank.");
  });
});

describe("a training in a module's world", () => {
  const out = join(place, "training");
  const train = (iterations: number, ...words: string[]) =>
    ["train", "--iterations", `${iterations}`, "--steps", "40", "--out", out].concat(words);

  test("resumes with the same modules only, which are recorded beside its folder", () => {
    const { settings } = json<TrainSummary>(...train(1, ...world, ...learner));
    const [worldModule, agentModule] = [settings["worldModule"], settings["agentModule"]] as string[];
    expect(addressIn(out, worldModule!)).toBe(`${pathToFileURL(podcasts).href}#podcasts`);
    expect(addressIn(out, agentModule!)).toBe(`${pathToFileURL(modules).href}#learner`);
    expect(mistakes(...train(2, "--resume", ...world, ...turning))).toEqual([
      '"--agent" expected "learner" as in the run to resume, got "turning"',
      expect.stringMatching(/^"--agent-module" expected ".*#learner" as in the run to resume, got ".*#turning"$/),
    ]);
    const other = mistakes(...train(2, "--resume", "--world", `${modules}#changing`, ...learner));
    expect(other).toEqual([
      '"--scenario" expected "podcasts" as in the run to resume, got "changing"',
      expect.stringMatching(/^"world" expected "[0-9a-f]{16}" as in the run to resume, got "[0-9a-f]{16}"$/),
      expect.stringMatching(/^"--world" expected ".*#podcasts" as in the run to resume, got ".*#changing"$/),
    ]);
    const { iterations } = json<TrainSummary>(...train(2, "--resume", ...world, ...learner));
    expect(iterations.map(({ iteration }) => iteration)).toEqual([1, 2]);
  });

  test("is evaluated when its modules are named, which a folder alone does not run", () => {
    expect(mistakes("eval", "--out", out)).toEqual([
      expect.stringMatching(/^"--world" expected the checkpoints' module, .*#podcasts, got nothing$/),
      expect.stringMatching(/^"--agent-module" expected the checkpoints' module, .*#learner, got nothing$/),
    ]);
    expect(mistakes("eval", "--out", out, "--world", `${modules}#changing`, ...learner)).toEqual([
      expect.stringMatching(/^"world" expected one of hash [0-9a-f]{16}, got "[0-9a-f]{16}"$/),
    ]);
    const { evaluations } = json<EvalSummary>("eval", "--out", out, ...world, ...learner, "--episodes", "3");
    expect(evaluations.map(({ iteration }) => iteration)).toEqual([2]);
  });

  test("of a scenario takes no module", () => {
    const plain = join(place, "plain");
    slatesim("train", "--agent", "random", "--iterations", "1", "--steps", "9", "--out", plain);
    expect(mistakes("eval", "--out", plain, ...world, ...turning)).toEqual([
      expect.stringMatching(/^"--world" expected none, as the checkpoints have none, got ".*#podcasts"$/),
      expect.stringMatching(/^"--agent-module" expected none, as the checkpoints have none, got ".*#turning"$/),
    ]);
  });
});

describe("every mistake at once", () => {
  test.each(["run", "compare", "trace", "train", "eval --agent random"])(
    "of a world that is no module: slatesim %s",
    (name) => {
      const words = [...name.split(" "), "--world", "nowhere.mjs", "--scenario", "lts", "--param", "sensitivity"];
      expect(mistakes(...words, "--seed=")).toEqual([
        '"--seed" expected a value, got nothing',
        beside("--scenario", "--world", '"lts"'),
        '"--param" expected name=value, got "sensitivity"',
        expect.stringMatching(
          /^"--world" expected a module that can be loaded, got "file:.*nowhere\.mjs": Cannot find /,
        ),
      ]);
    },
  );

  test.each([
    ["no such export", "nobody", /expected "nobody" to be a world made by .*, got nothing$/],
    ["no world", "noWorld", /expected "noWorld" to be a world made by .*, got \{"scenario":"none"\}$/],
  ])("of a module with %s", (_, name, rule) => {
    expect(mistakes("run", "--world", `${modules}#${name}`, "--users", "0")).toEqual([
      expect.stringMatching(rule),
      expect.stringMatching(/^"--users" expected /),
    ]);
  });

  test("of policies and agents beside one another", () => {
    const words = ["--policy", "first", "--policy-module", "x.mjs", "--agent-module", `${modules}#noWorld`];
    for (const command of ["run", "trace"]) {
      expect(mistakes(command, ...words)).toEqual([
        beside("--policy", "--agent-module", '"first"'),
        beside("--policy-module", "--agent-module", '"x.mjs"'),
        expect.stringMatching(/expected "noWorld" to be a function that creates an agent, got /),
      ]);
    }
    expect(mistakes("train", "--agent", "first", ...turning)).toEqual([beside("--agent", "--agent-module", '"first"')]);
    expect(mistakes("run", ...world, "--policy", "optimal", "--users", "1")[0]).toMatch(
      /^"world" expected a world that /,
    );
    const rule = "nothing beside --world, unless it is a world file";
    expect(mistakes("compare", ...world, "--what-if", "x=1")).toEqual([`"--what-if" expected ${rule}, got ["x=1"]`]);
    expect(mistakes("sweep", ...world, "--param", "x=1", "--vary", "y=1,2")).toEqual([
      `"--param" expected ${rule}, got ["x=1"]`,
      `"--vary" expected ${rule}, got ["y=1,2"]`,
    ]);
  });

  test("of TypeScript where Node does not load it", () => {
    const path = join(place, "world.ts");
    writeFileSync(path, "export default 3 as number;");
    const [mistake] = mistakes("run", "--world", path);
    const loads = Boolean(Reflect.get(process.features, "typescript"));
    expect(mistake).toMatch(
      loads ? /expected "default" to be a world / : /: Node loads TypeScript from version 22\.18 on$/,
    );
  });
});
