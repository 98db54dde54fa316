import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { FIELDS } from "../../../src/cli/config.js";
import { experiments, experimentSchema } from "../../../src/experiment/experiment.js";
import { parseLock } from "../../../src/records/parseLock.js";
import { beliefPolicy, policies, sweep, worldGrid } from "../../../src/index.js";
import { toJson } from "../../../src/report/json.js";
import { json, mistakes, project, slatesim } from "./slatesim.js";

const place = mkdtempSync(join(tmpdir(), "slatesim-sweep-"));
afterAll(() => rmSync(place, { recursive: true }));
const at = (name: string): string => join(place, name);

type Document = Readonly<Record<string, unknown>>;
const small = ["--param", "timeBudget=3", "--users", "200", "--policy", "random", "--policy", "mix(1)"];
const grid = ["--vary", "sensitivity=0.02,0.1", "--vary", "memoryDiscount=0.7:0.9:3", ...small];

describe("slatesim sweep", () => {
  test("prints the document of sweep, and its table", async () => {
    const { timing: _a, config: _config, ...document } = json<Document>("sweep", ...grid, "--csv", at("s.csv"));
    const vary = { sensitivity: [0.02, 0.1], memoryDiscount: { from: 0.7, to: 0.9, count: 3 } };
    const worlds = worldGrid("lts-tradeoff", vary, { timeBudget: 3 });
    const { timing: _b, ...expected } = await sweep(worlds, [policies.random(), policies.mix(1)], { users: 200 });
    expect(document).toEqual(JSON.parse(toJson(expected)));
    const [titles, ...lines] = readFileSync(at("s.csv"), "utf8").trimEnd().split("\n");
    expect(titles).toMatch(/^sensitivity,memoryDiscount,seed,world,policy,users,mean,/);
    const found = expected.cells.flatMap((cell) => cell.policies.map((each) => ({ ...cell.at, ...each })));
    expect(lines.map((line) => line.split(",")).map((cells) => [+cells[0]!, cells[4], +cells[6]!])).toEqual(
      found.map((row) => [(row as unknown as { sensitivity: number }).sensitivity, row.policy, row.mean]),
    );
  });

  test("prints the table alone to stdout under --csv -", () => {
    const { code, out, err } = slatesim("sweep", ...grid, "--csv", "-");
    expect(code).toBe(0);
    expect(out).toMatch(/^sensitivity,memoryDiscount,seed,/);
    expect(out.trimEnd().split("\n")).toHaveLength(1 + 2 * 3 * 2);
    expect(err).toContain("by sensitivity (down)");
  });

  test("draws a heat map of two parameters", () => {
    const { code, out } = slatesim("sweep", ...grid);
    expect(code).toBe(0);
    expect(out).toMatch(/by sensitivity \(down\) and memoryDiscount \(across\):\n\n +0\.7 +0\.8 +0\.9\n0\.02 /);
  });

  test("refuses what is none, with every mistake at once", () => {
    expect(mistakes("sweep", "--vary", "sensitivity=1:2", "--vary", "a", "--csv", "a.txt", "--users", "0")).toEqual([
      '"--vary" expected name=value,value… or name=from:to:count, got "a"',
      expect.stringMatching(/^"--csv" expected a name that ends in \.csv/),
    ]);
    expect(mistakes("sweep", "--vary", "sensitivity=1:2", "--policy", "best")).toEqual([
      '"--vary sensitivity.count" expected an integer in [2, 4096], got nothing',
      expect.stringMatching(/^"--policy" expected one of/),
    ]);
    expect(mistakes("sweep", "--vary", "resample=step,episode", "--policy", "optimal")).toEqual([
      '"resample" expected "step", so that the exposure is all of the state, got "episode"',
    ]);
  });

  test("fills slates by the solution of each world", async () => {
    const solved = ["--policy", "random", "--policy", "optimal", "--policy", "belief", "--users", "20", "--steps", "2"];
    const extent = { slateSize: 1, numCandidates: 4 };
    const params = Object.entries(extent).map(([name, value]) => `--param=${name}=${value}`);
    const {
      timing: _a,
      config,
      ...document
    } = json<Document>("sweep", "--vary", "sensitivity=0.02,0.1", ...params, ...solved);
    const worlds = worldGrid("lts-tradeoff", { sensitivity: [0.02, 0.1] }, extent);
    const rivals = [policies.random(), { name: "optimal", of: policies.optimal }, { name: "belief", of: beliefPolicy }];
    const { timing: _b, ...expected } = await sweep(worlds, rivals, { users: 20, steps: 2 });
    expect(document).toEqual(JSON.parse(toJson(expected)));
    expect(config).toMatchObject({ policies: ["random", "optimal", "belief"] });
  });
});

describe("slatesim sweep --out", () => {
  test("goes on with more worlds, more seeds, and what a killed process left", () => {
    const words = (out: string, values: string, ...seeds: string[]): string[] => {
      return ["sweep", "--vary", `sensitivity=${values}`, ...small, ...seeds, "--out", at(out)];
    };
    const larger = ["0.02,0.05,0.1", "--seed", "0", "--seed", "1"] as const;
    type Timed = Document & { readonly timing: { readonly simulatedUsers: number } };
    expect(json<Timed>(...words("kept", "0.02,0.1")).timing.simulatedUsers).toBe(400);
    const left = at("kept/result.json.999999999-0.slatesim-partial");
    writeFileSync(left, "{");
    const { timing, ...resumed } = json<Timed>(...words("kept", ...larger));
    expect(timing.simulatedUsers).toBe(800); // four cells of six
    expect(existsSync(left)).toBe(false);
    const fresh = json<Timed>(...words("fresh", ...larger));
    expect(fresh.timing.simulatedUsers).toBe(1200);
    expect({ ...fresh, timing: undefined }).toEqual({ ...resumed, timing: undefined });
    expect(readFileSync(at("kept/result.json"), "utf8")).toBe(readFileSync(at("fresh/result.json"), "utf8"));
  });
});

describe("--config", () => {
  const commands: readonly (readonly string[])[] = [
    ["run", "--users", "50", "--steps", "4", "--param", "sensitivity=uniform(0.01,0.1)", "--policy", "mix(2)"],
    ["run", "--precision", "20%", "--max-users", "9000", "--steps", "2", "--seed", "-1", "--discount", "0.5"],
    ["compare", "--users", "60", "--what-if", "sensitivity=0.1", "--estimator", "expected", "--warm-up", "2"],
    ["compare", "--users", "60", "--world", "examples/podcasts.js#podcasts", "--steps", "3"],
    ["sweep", ...grid, "--seed", "a b", "--seed", "7"],
    ["sweep", "--vary", "resample=step,never", "--users", "70", "--steps", "2"],
  ];

  test.each(commands)("repeats the document of %s %s %s …", (command, ...words) => {
    const { timing: _a, ...document } = json<Document>(command, ...words);
    writeFileSync(at("again.json"), JSON.stringify(document["config"]));
    const { timing: _b, ...again } = json<Document>(command, "--config", at("again.json"), "--workers", "1");
    expect(JSON.stringify(again)).toBe(JSON.stringify(document));
  });

  test("is in locks, too", () => {
    expect(slatesim("lock", at("a.lock"), "--users", "30", "--seed", "l").code).toBe(0);
    const { config, digest } = parseLock(at("a.lock"));
    writeFileSync(at("lock.json"), JSON.stringify(config));
    expect(json("run", "--config", at("lock.json")).digest).toBe(digest);
    expect(slatesim("verify", at("a.lock")).code).toBe(0);
  });

  test("is replaced by flags, of parameters by those of the same name", () => {
    writeFileSync(at("e.yaml"), "command: run\nparameters: {sensitivity: 0.05, timeBudget: 4}\nusers: 40\nseed: s\n");
    const { config, seed } = json<Document>(
      "run",
      "--config",
      at("e.yaml"),
      "--param",
      "sensitivity=0.2",
      "--seed",
      "t",
    );
    expect({ config, seed }).toMatchObject({ seed: "t", config: { users: 40, seed: "t" } });
    expect((config as Document)["parameters"]).toEqual({ timeBudget: 4, sensitivity: 0.2 });
  });

  test("refuses what is none, with every mistake at once", () => {
    const wrong = { command: "compare", usrs: 3, users: 0, policies: [], steps: "4", vary: 1 };
    writeFileSync(at("wrong.json"), JSON.stringify(wrong));
    expect(mistakes("run", "--config", at("wrong.json"), "--seed", "").toSorted()).toEqual([
      '"--config command" expected "run", got "compare"',
      '"--config steps" expected an integer in [1, 65536], got "4"',
      '"--config users" expected an integer in [1, 4294967295], got 0',
      '"--seed" expected a value, got nothing',
      expect.stringMatching(/^"policies" is not a field of a run/),
      '"usrs" is not a field of a run (did you mean "users"?)',
      expect.stringMatching(/^"vary" is not a field of a run/),
    ]);
    writeFileSync(at("no.json"), "{");
    expect(mistakes("run", "--config", at("no.json"))[0]).toMatch(/^"--config" expected JSON, got /);
    expect(mistakes("run", "--config", at("absent.json"))).toEqual([
      expect.stringMatching(/^"--config" expected a file that can be read/),
    ]);
  });

  test("with a grid that cannot be read is not said to lack one", () => {
    for (const [text, told] of [
      ["command: sweep\nvary: {sensitivity: []}\nusers: 0\n", ["vary.sensitivity", "users"]],
      ["command: sweep\nvary: {a: {from: 1}}\n", ["vary.a"]],
      ["command: sweep\nworlds: 3\n", ["worlds"]],
    ] as const) {
      writeFileSync(at("grid.yml"), text);
      const found = mistakes("sweep", "--config", at("grid.yml")).map((mistake) => mistake.split('"')[1]);
      expect(found.toSorted()).toEqual(told.map((name) => `--config ${name}`).toSorted());
    }
    writeFileSync(at("grid.yml"), "a: [\n");
    for (const name of ["grid.yml", "absent.json"]) expect(mistakes("sweep", "--config", at(name))).toHaveLength(1);
    writeFileSync(at("grid.yml"), "command: sweep\nvary: 3\n");
    expect(slatesim("sweep", "--config", at("grid.yml"), "--vary", "sensitivity=0.1", ...small).code).toBe(2);
  });

  test("has a schema that the package publishes, with the fields that commands know", () => {
    const published = readFileSync(new URL("schema/experiment.schema.json", project), "utf8");
    expect(JSON.parse(published)).toEqual(JSON.parse(JSON.stringify(experimentSchema())));
    for (const [command, schema] of Object.entries(experiments)) {
      const known = Object.keys(schema.shape).filter((name) => name !== "command" && name !== "$schema");
      expect([...FIELDS[command as keyof typeof experiments]].toSorted()).toEqual(known.toSorted());
    }
  });
});

describe("slatesim lock --config", () => {
  test("locks the run of a file, of a result's experiment too, and flags replace its fields", () => {
    const { config, digest } = json<Document>("run", "--policy", "mix(1)", "--users", "60", "--steps", "3");
    writeFileSync(at("locked.json"), JSON.stringify(config));
    expect(json<Document>("lock", at("run.lock"), "--config", at("locked.json"))).toMatchObject({ users: 60, digest });
    expect(json<Document>("lock", at("few.lock"), "--config", at("locked.json"), "--users", "5")).toMatchObject({
      users: 5,
    });
  });

  test("refuses what a lock does not hold", () => {
    writeFileSync(at("unlocked.json"), JSON.stringify({ command: "run", discount: 0.5, warmUp: 0, precision: 0.1 }));
    expect(mistakes("lock", at("no.lock"), "--config", at("unlocked.json"))).toEqual([
      '"--config discount" expected nothing or 1 here, got 0.5',
      '"--config precision" expected nothing here, got 0.1',
    ]);
    expect(existsSync(at("no.lock"))).toBe(false);
  });
});
