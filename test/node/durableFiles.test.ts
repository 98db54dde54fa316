// In which order files are made, with node:fs watched, and whose leftovers are taken away.
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { longTermSatisfaction, policies, simulate, agents, makeEnv } from "../../src/index.js";
import { holdsNothing } from "../../src/files/folder.js";
import { beginPartial, endPartial, partialBeside, removePartials } from "../../src/files/partials.js";
import { WholeFile, writeWhole } from "../../src/files/wholeFile.js";
import { blockFolder } from "../../src/records/index.js";
import { GrowingFile, markOf } from "../../src/train/growingFile.js";
import { TrainRunner } from "../../src/train/index.js";

const watched = vi.hoisted(() => ({ calls: [] as string[], failing: "" }));
vi.mock("node:fs", async (load) => {
  const real = await load<typeof fs>();
  const paths = new Map<unknown, string>();
  const nameOf = (file: unknown): string => {
    const path = paths.get(file) ?? String(file);
    return path
      .split("/")
      .at(-1)!
      .replace(/\..*-partial$/, ".partial");
  };
  const watch =
    (name: string, call: (...given: never[]) => unknown) =>
    (...given: unknown[]): unknown => {
      watched.calls.push(`${name} ${nameOf(given[0])}`);
      if (watched.failing === name) throw Object.assign(new Error(`${name} failed`), { code: "EIO" });
      const result = call(...(given as never[]));
      if (name.startsWith("open")) paths.set(result, String(given[0]));
      return result;
    };
  const names = ["openSync", "writeSync", "fsyncSync", "closeSync", "renameSync", "chmodSync", "truncateSync"] as const;
  const calls = [...names, "writeFileSync" as const].map((name) => [name, watch(name, real[name] as never)]);
  return { ...real, ...Object.fromEntries(calls) };
});

const place = fs.mkdtempSync(join(tmpdir(), "durable-"));
const folder = basename(place);
const at = (name: string): string => join(place, name);
beforeEach(() => {
  fs.rmSync(place, { recursive: true });
  fs.mkdirSync(place);
  watched.calls.length = 0;
  watched.failing = "";
});
afterAll(() => fs.rmSync(place, { recursive: true }));
const written = (names: readonly string[]): string[] =>
  names.map((name) => `${name.split(" ")[0]}Sync ${name.split(" ")[1]}`);

describe("a whole file", () => {
  const before = ["open x.partial", "write x.partial", "fsync x.partial", "close x.partial"];
  const after = ["rename x.partial", `open ${folder}`, `fsync ${folder}`, `close ${folder}`];

  test("is on the disk before it has its name, and its name before the call is over", () => {
    writeWhole(at("x"), "new");
    expect(watched.calls).toEqual(written([...before, ...after]));
    watched.calls.length = 0;
    writeWhole(at("x"), "newer");
    expect(watched.calls).toEqual(written([...before, "chmod x.partial", ...after]));
    expect(fs.readFileSync(at("x"), "utf8")).toBe("newer");
  });

  test.each(["writeSync", "fsyncSync", "chmodSync", "renameSync"])("whose %s fails leaves what was there", (name) => {
    fs.writeFileSync(at("x"), "old");
    watched.failing = name;
    expect(() => writeWhole(at("x"), "new")).toThrow(`${name} failed`);
    watched.failing = "";
    expect(fs.readdirSync(place)).toEqual(["x"]);
    expect(fs.readFileSync(at("x"), "utf8")).toBe("old");
  });
});

describe("a growing file", () => {
  test("is on the disk before a mark counts on it", () => {
    const file = new GrowingFile(at("x"));
    watched.calls.length = 0;
    file.append("one");
    expect(watched.calls.slice(1)).toEqual(["writeFileSync x", "fsyncSync x", "closeSync x"]);
    expect(file.mark()).toEqual(markOf(Buffer.from("one")));
  });

  test.each(["writeFileSync", "fsyncSync"])("whose %s fails is as it was, and goes on", (name) => {
    const file = new GrowingFile(at("x"));
    file.append("one");
    watched.failing = name;
    expect(() => file.append("half")).toThrow(`${at("x")} could not be written: ${name} failed`);
    watched.failing = "";
    expect(fs.readFileSync(at("x"), "utf8")).toBe("one");
    file.append("two");
    expect(fs.readFileSync(at("x"), "utf8")).toBe("onetwo");
    expect(file.mark()).toEqual(markOf(Buffer.from("onetwo")));
  });

  test("is cut to the mark that it goes on from", () => {
    fs.writeFileSync(at("x"), "onetwo");
    const file = new GrowingFile(at("x"), markOf(Buffer.from("one")));
    expect(fs.readFileSync(at("x"), "utf8")).toBe("one");
    expect(file.isEmpty).toBe(false);
  });
});

const { pid: dead } = spawnSync(process.execPath, ["--version"]);
const leftBy = (file: string, pid: number): string => partialBeside(at(file)).replace(`-${process.pid}-`, `-${pid}-`);

function left(...paths: readonly string[]): void {
  for (const path of paths) fs.writeFileSync(path, "part");
}

describe("what a writer left", () => {
  test("is taken away when its process is gone, of one file or of all", () => {
    const [mine, neighbours, alive] = [leftBy("x", dead), leftBy("x.y", dead), leftBy("x", process.ppid)];
    left(mine, neighbours, alive, at("x.slatesim-partial"), at("x"));
    removePartials(place, "x");
    expect(fs.readdirSync(place).toSorted()).toEqual(
      [neighbours, alive, at("x"), at("x.slatesim-partial")].map((path) => basename(path)).toSorted(),
    );
    removePartials(place);
    expect(fs.existsSync(neighbours)).toBe(false);
    expect(fs.existsSync(alive)).toBe(true);
  });

  test("stays where the system says no more than that the process is somebody else's", () => {
    const [ofRoot, gone] = [leftBy("x", 1), leftBy("x", 2)];
    left(ofRoot, gone);
    const kill = vi.spyOn(process, "kill").mockImplementation((pid, signal) => {
      expect(signal).toBe(0);
      throw Object.assign(new Error("kill"), { code: pid === 1 ? "EPERM" : "ESRCH" });
    });
    removePartials(place);
    kill.mockRestore();
    expect(fs.readdirSync(place)).toEqual([basename(ofRoot)]);
  });

  test("is this process's own work, of this thread or another, unless it was there before the process", () => {
    const partial = partialBeside(at("x"));
    left(partial);
    const before = (Date.now() - 1000 * process.uptime()) / 1000 - 10;
    beginPartial(partial);
    fs.utimesSync(partial, before, before);
    removePartials(place);
    expect(fs.existsSync(partial)).toBe(true);
    endPartial(partial);
    fs.utimesSync(partial, before + 20, before + 20);
    removePartials(place);
    expect(fs.existsSync(partial)).toBe(true);
    fs.utimesSync(partial, before, before);
    removePartials(place);
    expect(fs.existsSync(partial)).toBe(false);
    for (const end of ["finish", "abandon"] as const) {
      const file = new WholeFile(at("y"));
      const name = fs.readdirSync(place).find((each) => each.endsWith("partial"));
      fs.utimesSync(at(name!), before, before); // as if the clock had been put forward since
      removePartials(place);
      expect(fs.existsSync(at(name!))).toBe(true);
      file[end]();
      expect(fs.existsSync(at(name!))).toBe(false);
      left(at(name!));
      fs.utimesSync(at(name!), before, before);
      removePartials(place);
      expect(fs.existsSync(at(name!))).toBe(false);
    }
  });

  test.each([23, 25])("elsewhere is %i hours old, and gone after a day", (hours) => {
    const foreign = at(`x.deadbeef-${dead}-0a1b2c3d.slatesim-partial`);
    left(foreign);
    const time = Date.now() / 1000 - hours * 60 * 60;
    fs.utimesSync(foreign, time, time);
    removePartials(place);
    expect(fs.existsSync(foreign)).toBe(hours < 24);
  });

  test("does not keep a folder from being used", async () => {
    const run = at("run");
    fs.mkdirSync(join(run, "blocks"), { recursive: true });
    left(leftBy("run/study", dead), leftBy("run/blocks/from-0000000000", dead));
    expect(holdsNothing(run)).toBe(true);
    await simulate(longTermSatisfaction(), policies.first(), { users: 5, steps: 1, seed: 1, store: blockFolder(run) });
    expect(fs.readdirSync(run, { recursive: true }).toSorted()).toEqual(["blocks", "blocks/from-0000000000", "study"]);
    const out = at("training");
    fs.mkdirSync(out);
    left(leftBy("training/run.json", dead));
    const env = await makeEnv(longTermSatisfaction({ timeBudget: 2 }));
    await new TrainRunner({ env, createAgent: agents.first(), numIterations: 1, maxTrainingSteps: 1, out }).run();
    expect(fs.readdirSync(out).toSorted()).toEqual(["run.json", "train"]);
    left(join(out, "mine"));
    expect(holdsNothing(out)).toBe(false);
  });
});
