// World files with other parameters by flags: every command has the world that `compiledWorld(program, options)` makes.
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { compiledWorld, policies, simulate, type Comparison, type Sweep } from "../../src/index.js";
import type { TrainSummary } from "../../src/train/index.js";
import { cachedWorld } from "../../src/worldFiles/worldCache.js";
import type { CompiledProgram } from "../../src/worlds/compiled/compiledProgram.js";
import { json, mistakes, project, slatesim } from "../node/cli/slatesim.js";

type Document = Readonly<Record<string, unknown>>;

const place = mkdtempSync(join(tmpdir(), "slatesim-world-files-"));
const at = (name: string): string => join(place, name);
const file = ["--world", at("people.world.ts")];
const module = ["--world", at("people.mjs")]; // the same numbers, written into a module
const values = { boredomDiscount: 0.5, patience: 8, slateSize: 2, numCandidates: 6 };
const { slateSize, numCandidates, ...parameters } = values;
const params = Object.entries(values).flatMap(([name, value]) => ["--param", `${name}=${value}`]);
const small = ["--users", "300", "--steps", "9"];
let program: CompiledProgram;

beforeAll(async () => {
  vi.stubEnv("XDG_CACHE_HOME", at("cache"));
  copyFileSync(new URL("examples/people.world.ts", project), at("people.world.ts"));
  const text = readFileSync(at("people.world.ts"), "utf8");
  const cached = pathToFileURL((await cachedWorld(text, at("people.world.ts"), (work) => work())).path).href;
  program = ((await import(cached)) as { readonly program: CompiledProgram }).program;
  const lines = [
    `import { compiledWorld } from ${JSON.stringify(new URL("dist/index.js", project).href)};`,
    `import { program } from ${JSON.stringify(cached)};`,
    `export default compiledWorld(program, ${JSON.stringify({ parameters, slateSize, numCandidates })});`,
    "export const asItIs = compiledWorld(program);",
  ];
  writeFileSync(at("people.mjs"), lines.join("\n"));
}, 60_000);

afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(place, { recursive: true });
});

/** The document of a command, without what says when it ran, and where its world comes from. */
function result(...words: readonly string[]): Document {
  const { timing: _timing, config: _config, settings, ...rest } = json<Document>(...words);
  const { worldModule: _module, worldChanges: _changes, ...others } = (settings ?? {}) as Document;
  return { ...rest, settings: others };
}

describe("--param with a world file", () => {
  test("has the digest of compiledWorld in one thread, in two, and in shards", async () => {
    const words = [...file, ...params, "--users", "17000", "--steps", "3"];
    const world = compiledWorld(program, { parameters, slateSize, numCandidates });
    const { digest } = await simulate(world, policies.random(), { users: 17_000, steps: 3 });
    expect(json("run", ...words, "--workers", "1").digest).toBe(digest);
    expect(json("run", ...words, "--workers", "2").digest).toBe(digest);
    expect(json("run", ...words, "--engine", "reference").digest).toBe(digest);
    for (const shard of ["0/2", "1/2"]) {
      expect(slatesim("shard", shard, "--out", at("shards"), "run", ...words, "--workers", "1").code).toBe(0);
    }
    expect(json("merge", at("shards")).digest).toBe(digest);
    expect(mistakes("shard", "1/2", "--out", at("shards"), "run", ...file, ...words.slice(-4))[0]).toMatch(/world/);
  });

  test.each([
    ["run", ...small],
    ["run", ...small, "--policy", "first", "--estimator", "sampled", "--seed", "7"],
    ["compare", ...small],
    ["sweep", ...small],
    ["trace", "--user", "3", "--steps", "9"],
    ["train", "--iterations", "1", "--steps", "60", "--agent", "random"],
    ["train", "--iterations", "1", "--steps", "60", "--agent", "random", "--replications", "2", "--eval-episodes", "9"],
    ["eval", "--agent", "random", "--episodes", "3"],
  ])("gives the world of a module with these numbers to %s %s %s …", (command, ...words) => {
    const found = result(command!, ...words, ...file, ...params);
    expect(found).toEqual(result(command!, ...words, ...module));
    expect(found).not.toEqual(result(command!, ...words, ...file));
  });

  test("goes with worlds that a module made by compiledWorld, too", () => {
    const found = result("run", "--world", `${at("people.mjs")}#asItIs`, ...params, ...small);
    expect(found).toEqual(result("run", ...module, ...small));
  });

  test("is in the rows of trajectories", () => {
    const rows = [file.concat(params), module].map((words, index) => {
      const path = at(`rows-${index}.csv`);
      expect(slatesim("run", ...words, ...small, "--trajectories", path).code).toBe(0);
      return readFileSync(path, "utf8");
    });
    expect(rows[0]).toBe(rows[1]);
  });

  test("keeps the sign of -0 in a lock, and in the experiment of a result", () => {
    const words = [...file, "--param", "patience=-0", ...small];
    const run = result("run", ...words);
    writeFileSync(
      at("zero.json"),
      slatesim("run", ...words, "--json").out.replace(/^[^]*"config": (\{[^]*\})\n\}\n$/, "$1"),
    );
    expect(result("run", "--config", at("zero.json"))).toEqual(run);
    expect(run["world"]).not.toBe(result("run", ...file, "--param", "patience=0", ...small)["world"]);
    expect(slatesim("lock", at("zero.lock.json"), ...words).code).toBe(0);
    expect(slatesim("verify", at("zero.lock.json")).code).toBe(0);
  });

  test("is in the experiment of a result, with which --config repeats it, and in the command of a report", () => {
    const words = [...file, ...params, ...small];
    const commands = [
      ["run", ...words],
      ["compare", ...words, "--policy", "random", "--what-if", "patience=30"],
      ["sweep", ...file, ...small, "--policy", "random", "--param", "slateSize=2", "--vary", "patience=9:11:3"],
    ];
    for (const [command, ...rest] of commands) {
      const { config } = json<Document>(command!, ...rest);
      writeFileSync(at("config.json"), JSON.stringify(config));
      expect(result(command!, "--config", at("config.json"))).toEqual(result(command!, ...rest));
    }
    expect(slatesim("run", ...words, "--report", at("run.html")).out).toMatch(
      /^people \(boredomDiscount 0\.5, patience 8, slateSize 2, numCandidates 6\) /,
    );
    expect(readFileSync(at("run.html"), "utf8")).toContain("--param patience=8 ");
  });
});

test("--what-if and --vary change a parameter beside those of --param", () => {
  const own = [...file, "--param", "boredomDiscount=0.5", "--policy", "random", ...small];
  const digest = (patience: number) => json("run", ...own, "--param", `patience=${patience}`).digest;
  const { policies: compared } = json<Comparison>("compare", ...own, "--what-if", "patience=40");
  expect(compared.map((each) => each.digest)).toEqual([json("run", ...own).digest, digest(40)]);
  const { cells } = json<Sweep>("sweep", ...own, "--vary", "patience=10,40");
  expect(cells.map((each) => [each.at, each.policies[0]!.digest])).toEqual([
    [{ patience: 10 }, digest(10)],
    [{ patience: 40 }, digest(40)],
  ]);
  const both = json<Sweep>("sweep", ...own, "--world", `${at("people.mjs")}#asItIs`, "--vary", "patience=10,40");
  expect(both.cells.map((each) => each.at)).toEqual(
    ["people", "asItIs"].flatMap((world) => [10, 40].map((patience) => ({ world, patience }))),
  );
});

describe("a lock and a training", () => {
  test("have the parameters, and are verified and evaluated with them", () => {
    expect(slatesim("lock", at("a.lock.json"), ...file, ...params, ...small).code).toBe(0);
    expect(JSON.parse(readFileSync(at("a.lock.json"), "utf8"))).toMatchObject({ worldChanges: values });
    expect(slatesim("verify", at("a.lock.json")).code).toBe(0);
    expect(slatesim("verify", at("a.lock.json"), ...file).code).toBe(0);
    const edited = (changes: object | undefined, more: object = {}): string[] => {
      const lock = JSON.parse(readFileSync(at("a.lock.json"), "utf8"));
      writeFileSync(at("b.lock.json"), JSON.stringify({ ...lock, worldChanges: changes, ...more }));
      return mistakes("verify", at("b.lock.json"));
    };
    expect(edited({ patience: "8" })).toEqual([
      expect.stringMatching(/"worldChanges\.patience" expected a number, true or false, got "8"$/),
    ]);
    expect(edited({ ...values, patience: 9 })).toEqual([expect.stringMatching(/"sha256" expected /)]);
    expect(edited(undefined)).toEqual([expect.stringMatching(/"sha256" expected /)]);
    expect(edited(values, { worldModule: undefined, values: ["world"] })).toEqual([
      expect.stringMatching(/"worldChanges" expected nothing without worldModule, got /),
    ]);
  });

  test("a training has them", () => {
    const train = ["train", ...file, "--iterations", "1", "--steps", "60", "--agent", "random", "--out", at("trained")];
    const { settings } = json<TrainSummary>(...train, ...params);
    expect(settings).toMatchObject({ worldChanges: values });
    const found = result("eval", ...file, "--out", at("trained"), "--episodes", "3");
    expect(found).toMatchObject({ settings: { world: settings["world"] } });
    expect(mistakes(...train, "--resume")).toContainEqual(expect.stringMatching(/^"world" expected .* as in the run/));
  });
});

describe("refused, every mistake at once, are", () => {
  const names = '"boredomDiscount", "patience", "slateSize", "numCandidates"';

  test.each([["run"], ["compare"], ["trace"], ["train"], ["eval", "--agent", "random"]])(
    "names and values that the world does not have: %s",
    (...command) => {
      const wrong = ["patiense=40", "boredomDiscount=a", "slateSize=0", "numCandidates=1e9", "oops"];
      expect(mistakes(...command, ...file, ...wrong.flatMap((text) => ["--param", text]), "--seed=")).toEqual([
        '"--seed" expected a value, got nothing',
        '"--param" expected name=value, got "oops"',
        `"parameter" expected one of ${names}, got "patiense" (did you mean "patience"?)`,
        '"slateSize" expected an integer in [1, 16384], got 0',
        '"numCandidates" expected an integer in [1, 32768], got 1000000000',
        '"boredomDiscount" expected a finite number, got "a"',
      ]);
    },
  );

  test("agents by name that the world does not suit, with those that it does, beside all other mistakes", () => {
    const rule =
      '"--agent" expected one of "random", "first", "least-educational", "most-educational", "tabular-q", "policy-search" in the world "people", got';
    const noNumber = /: "observationSpace" expected a user of one number, got Dict /;
    const [first, ...others] = mistakes("train", ...file, "--steps", "0");
    expect(first).toContain(`${rule} nothing, which stands for "value-learner": `);
    expect(first).toMatch(noNumber);
    expect(others).toEqual([expect.stringMatching(/^"--steps" expected an integer in /)]);
    for (const command of [["train", "--replications", "2"], ["train"], ["eval"]]) {
      const [told, ...more] = mistakes(...command, ...file, "--agent", "cluster-bandit");
      expect([told, more]).toEqual([
        expect.stringContaining(`${rule} "cluster-bandit": "observationSpace" expected `),
        [],
      ]);
    }
    const { code, err } = slatesim("eval", ...file, "--agent", "most-educational", "--episodes", "1");
    expect({ code, err }).toEqual({ code: 0, err: "" });
  });

  test("the same of --what-if and --vary", () => {
    const unknown = `"parameter" expected one of ${names}, got "x"`;
    expect(mistakes("compare", ...file, "--what-if", "x=1", "--what-if", "slateSize=11")).toEqual([
      unknown,
      '"numCandidates" expected an integer in [11, 32768], got 10',
    ]);
    expect(mistakes("sweep", ...file, "--vary", "x=1,2", "--vary", "patience=1,y")).toEqual([
      unknown,
      '"patience" expected a finite number, got "y"',
    ]);
    expect(mistakes("sweep", ...file, "--vary", "patience=1,2", "--param", "patience=3", "--scenario", "lts")).toEqual([
      '"--scenario" expected nothing beside --world, got "lts"',
      '"--vary patience" expected nothing beside a parameter of that name, got [1,2]',
    ]);
  });
});
