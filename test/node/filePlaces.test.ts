// Where files can be made: through links, onto devices, and nowhere else; nothing is waited for.
import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { policies, scenarios } from "../../src/index.js";
import { folderMistake, holdsNothing, makeFolder } from "../../src/files/folder.js";
import { partialBeside, removePartials } from "../../src/files/partials.js";
import { readWhole } from "../../src/files/readWhole.js";
import { WholeFile, wholeFileMistake, writeWhole } from "../../src/files/wholeFile.js";
import { blockFolder, makeLock, readLock, writeLock, writeTrajectories } from "../../src/records/index.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { main, mistakes, slatesim } from "./cli/slatesim.js";

const place = mkdtempSync(join(tmpdir(), "slatesim-places-"));
const at = (name: string): string => join(place, name);
beforeEach(() => {
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place);
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

const world = scenarios["lts"]!;
const lock = await makeLock(world, policies.first(), { users: 10, steps: 2, seed: 1 });
const few = ["--users", "10", "--steps", "2"];

describe("a file", () => {
  test("behind links is replaced, with its permissions, and the links stay", () => {
    writeFileSync(at("target"), "old");
    chmodSync(at("target"), 0o640);
    symlinkSync("target", at("inner"));
    symlinkSync(at("inner"), at("outer"));
    const before = statSync(at("target")).ino;
    expect(wholeFileMistake("file", at("outer"))).toBeUndefined();
    writeWhole(at("outer"), "new");
    expect(readFileSync(at("target"), "utf8")).toBe("new");
    expect(statSync(at("target")).mode & 0o777).toBe(0o640);
    expect(statSync(at("target")).ino).not.toBe(before);
    expect([readlinkSync(at("inner")), readlinkSync(at("outer"))]).toEqual(["target", at("inner")]);
    expect(readdirSync(place).toSorted()).toEqual(["inner", "outer", "target"]);
  });

  test("that stands for a device gets bytes, and the device stays", async () => {
    symlinkSync("/dev/null", at("null"));
    symlinkSync(at("null"), at("lives"));
    writeLock(at("null"), lock);
    await writeTrajectories(at("lives"), world, policies.first(), { users: [1], seed: 1 });
    expect(slatesim("lock", at("null"), ...few).code).toBe(0);
    expect([lstatSync(at("null")).isSymbolicLink(), statSync("/dev/null").isCharacterDevice()]).toEqual([true, true]);
  });

  test("may be what the command prints to: pipe or file", () => {
    const piped = spawnSync(process.execPath, [main, "lock", "/dev/stdout", "--users", "200000", "--steps", "40"]);
    expect(JSON.parse(piped.stdout.toString())).toMatchObject({ format: "slatesim lock", users: 200_000 });
    expect(piped.stderr.toString()).toMatch(/^\/dev\/stdout: 200,000 users, digest [0-9a-f]{16}\n$/);
    const words = `"$0" "$1" lock /dev/stdout ${few.join(" ")} > "$2"`;
    expect(spawnSync("sh", ["-c", words, process.execPath, main, at("out")]).status).toBe(0);
    expect(JSON.parse(readFileSync(at("out"), "utf8"))).toMatchObject({ format: "slatesim lock", users: 10 });
    const lives = `"$0" "$1" run --trajectories /dev/stdout ${few.join(" ")} > "$2"`;
    expect(spawnSync("sh", ["-c", lives, process.execPath, main, at("lives")]).status).toBe(0);
    expect(readFileSync(at("lives"), "latin1")).toMatch(/^PAR1[^]*PAR1$/);
    expect(statSync("/dev/stdout").isFile()).toBe(false);
  });

  test("on a full device fails by name, and leaves nothing", () => {
    symlinkSync("/dev/full", at("full"));
    expect(() => writeWhole(at("full"), "x")).toThrow(/^ENOSPC: .*full"$/);
    const { code, err } = slatesim("lock", at("full"), ...few);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/^ENOSPC: .*full"\n$/) });
    const limited = [
      "-c",
      'ulimit -f 1; exec "$0" "$@"',
      process.execPath,
      main,
      "lock",
      at("cut.json"),
      "--users",
      "1e5",
    ];
    const { status, stderr } = spawnSync("sh", limited, { encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringMatching(/^EFBIG: .*cut\.json"\n$/) });
    expect(readdirSync(place)).toEqual(["full"]);
  });

  test("is refused by name where none can be", async () => {
    execFileSync("mkfifo", [at("fifo")]);
    mkdirSync(at("folder"));
    writeFileSync(at("plain"), "");
    symlinkSync(at("fifo"), at("to fifo"));
    symlinkSync(at("folder"), at("to folder"));
    symlinkSync(at("nowhere"), at("dangling"));
    symlinkSync(at("loop"), at("loop"));
    const server = createServer().listen(at("socket"));
    await new Promise((go) => server.once("listening", go));
    const wrong: readonly [unknown, RegExp][] = [
      [at("fifo"), /expected no FIFO/],
      [at("to fifo"), /expected no FIFO/],
      [at("folder"), /expected no folder/],
      [at("to folder"), /expected no folder/],
      [at("socket"), /expected no socket/],
      [at("dangling"), /expected no link that leads nowhere/],
      [at("loop"), /expected no link that leads in a circle/],
      [at("n".repeat(300)), /expected a shorter name/],
      [at("n".repeat(250)), /expected a shorter name/],
      [at(`${"n/".repeat(3000)}x`), /expected a shorter name/],
      [at("plain/x"), /expected a file in a folder that can be written/],
      [at("no/x"), /expected a file in a folder that can be written/],
      ["/proc/x", /expected a file in a folder that can be written/],
      ["/proc/self/x", /expected a file in a folder that can be written/],
      ["/sys/x", /expected a file in a folder that can be written/],
      [`${at("x")}/`, /expected the name of a file/],
      [at("a\0b"), /expected the name of a file/],
      ["", /expected the name of a file/],
      [undefined, /expected the name of a file/],
      [5, /expected the name of a file/],
      [Symbol("x"), /expected the name of a file/],
    ];
    const before = readdirSync(place);
    for (const [path, message] of wrong) {
      expect(wholeFileMistake("file", path)).toMatch(message);
      expect(await mistakesOf(() => writeLock(path as string, lock))).toEqual([expect.stringMatching(message)]);
      expect(
        await mistakesOf(() => writeTrajectories(path as string, world, policies.first(), { users: [1], seed: 1 })),
      ).toEqual([expect.stringMatching(message)]);
    }
    expect(readdirSync(place)).toEqual(before);
    server.close();
  });

  test("of trajectories is named by its format, and replaces its like alone unless told to", () => {
    const lives = (name: string, ...more: string[]) => slatesim("run", ...few, "--trajectories", at(name), ...more);
    for (const name of ["a.txt", "a", "a.parquet.gz"])
      expect(lives(name)).toMatchObject({
        code: 2,
        err: expect.stringMatching(/expected a name that ends in \.csv, \.jsonl or \.parquet/),
      });
    writeFileSync(at("a.parquet"), "PAR1 mine");
    expect(lives("a.parquet")).toMatchObject({
      code: 2,
      err: expect.stringMatching(/ did not write \(--force replaces it\)/),
    });
    expect(readFileSync(at("a.parquet"), "utf8")).toBe("PAR1 mine");
    expect(lives("a.parquet", "--force").code).toBe(0);
    expect(lives("a.parquet", "--seed", "2").code).toBe(0);
  });
});

describe("what is read", () => {
  test("is a file: nothing else is waited for, or read without end", async () => {
    execFileSync("mkfifo", [at("fifo")]);
    symlinkSync("/dev/zero", at("zero"));
    mkdirSync(at("folder"));
    for (const [name, kind] of [
      ["fifo", "FIFO"],
      ["zero", "device"],
      ["folder", "folder"],
    ] as const) {
      expect(() => readWhole("x", at(name))).toThrow(`"x" expected a file, no ${kind}, got`);
      expect(mistakes("verify", at(name))).toEqual([
        expect.stringContaining(`"lock file" expected a file, no ${kind}`),
      ]);
      expect(await mistakesOf(() => readLock(at(name)))).toHaveLength(1);
      expect(mistakes("run", "--policy-module", `${at(name)}#x`)).toEqual([expect.stringContaining(`no ${kind}`)]);
    }
    mkdirSync(at("run"));
    execFileSync("mkfifo", [at("run/study")]);
    expect(mistakes("run", ...few, "--out", at("run"))).toEqual([expect.stringContaining("a file, no FIFO")]);
  });
});

describe("a folder", () => {
  test.each<[unknown, RegExp]>([
    ["/proc/x", /that can be read and written to/],
    ["/proc/self/x/y", /that can be read and written to/],
    ["/sys/x", /that can be read and written to/],
    ["/dev/null", /expected a folder/],
    ["/dev/null/x", /expected a folder/],
    [at("n".repeat(300)), /expected shorter names/],
    [at("dangling"), /expected no link that leads nowhere/],
    [at("dangling/x"), /expected no link that leads nowhere/],
    ["a\0b", /expected the name of a folder/],
    ["", /expected the name of a folder/],
    [7, /expected the name of a folder/],
    [{}, /expected the name of a folder/],
  ])("is refused at once where none can be: %j", async (path, message) => {
    symlinkSync(at("nowhere"), at("dangling"));
    expect(folderMistake(path)).toMatch(message);
    expect(await mistakesOf(() => blockFolder(path as string))).toEqual([expect.stringMatching(message)]);
    if (typeof path === "string" && !path.includes("\0") && path !== "")
      expect(mistakes("run", ...few, "--out", path)).toEqual([expect.stringMatching(message)]);
    expect(readdirSync(place)).toEqual(["dangling"]);
  });

  test("may stand behind a link, and is made with all above it", () => {
    mkdirSync(at("real"));
    symlinkSync(at("real"), at("link"));
    expect(folderMistake(at("link/a/b"))).toBeUndefined();
    makeFolder(at("link/a/b"));
    expect(statSync(at("real/a/b")).isDirectory()).toBe(true);
    expect(holdsNothing(place)).toBe(false); // a link is something
    expect(holdsNothing(at("real"))).toBe(true);
    expect(() => makeFolder("/proc/x/y")).toThrow("/proc/x");
  });
});

describe("what is not whole yet", () => {
  test("is left alone while its writer may live, wherever that is", () => {
    const { pid } = spawnSync(process.execPath, ["--version"]);
    const file = at("x");
    const foreign = `x.deadbeef-${pid}-0a1b2c3d.slatesim-partial`;
    const old = `x.deadbeef-${pid}-1a1b2c3d.slatesim-partial`;
    const ours = partialBeside(file).replace(`-${process.pid}-`, `-${pid}-`);
    for (const name of [at(foreign), at(old), ours]) writeFileSync(name, "part");
    const longAgo = Date.now() / 1000 - 2 * 24 * 60 * 60;
    utimesSync(at(old), longAgo, longAgo);
    const writing = new WholeFile(file);
    const otherThread = partialBeside(at("y"));
    const earlier = partialBeside(at("z")); // of a process that had the same number
    for (const name of [otherThread, earlier]) writeFileSync(name, "part");
    const before = Date.now() / 1000 - process.uptime() - 10;
    utimesSync(earlier, before, before);
    removePartials(place);
    expect([otherThread, earlier].map((name) => existsSync(name))).toEqual([true, false]);
    rmSync(otherThread);
    expect(existsSync(ours)).toBe(false);
    expect(readdirSync(place)).toHaveLength(2);
    expect(existsSync(at(foreign))).toBe(true);
    writing.append("whole");
    writing.finish();
    expect(readFileSync(file, "utf8")).toBe("whole");
  });
});
