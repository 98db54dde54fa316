// Runs that are stopped at any moment and gone on with: the command line in processes that are killed for real.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, describe, expect, inject, test } from "vitest";
import type { Comparison } from "../../src/index.js";
import { blockFolder } from "../../src/records/index.js";
import { contentsOf } from "../support/contentsOf.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { main, mistakes, slatesim } from "./cli/slatesim.js";

const scratch = mkdtempSync(join(tmpdir(), "slatesim-blocks-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

let folders = 0;
function fresh(): string {
  return join(scratch, `run-${++folders}`);
}

function blockFiles(folder: string): string[] {
  return readdirSync(join(folder, "blocks")).map((name) => join(folder, "blocks", name));
}

const words = "compare --policy first --policy mix(2) --users 100000 --steps 4 --seed out".split(" ");
const whole = fresh();
const finished = slatesim(...words, "--json", "--out", whole);

function document(out: string): Omit<Comparison, "timing"> {
  const { timing: _timing, ...rest } = JSON.parse(out) as Comparison;
  return rest;
}

describe("a run that is stopped and started again", () => {
  test("keeps what it printed, a file for every 16,384 users, and the study", () => {
    expect(finished).toMatchObject({ code: 0, err: "" });
    expect(JSON.parse(readFileSync(join(whole, "result.json"), "utf8"))).toEqual(document(finished.out));
    expect(blockFiles(whole)).toHaveLength(7);
    expect(Object.keys(contentsOf(whole)).filter((name) => !name.startsWith("/blocks"))).toEqual([
      "/result.json",
      "/study",
    ]);
  });

  test("prints the same, and changes no file, when it is whole", () => {
    const before = contentsOf(whole);
    const again = slatesim(...words, "--json", "--out", whole);
    expect(document(again.out)).toEqual(document(finished.out));
    expect(contentsOf(whole)).toEqual(before);
  });

  test("ends with the same bytes when two processes simulate it at once, in one folder", async () => {
    const out = fresh();
    const longer = words.with(words.indexOf("100000"), "200000");
    const both = [0, 1].map(() => spawn(process.execPath, [main, ...longer, "--out", out], { stdio: "ignore" }));
    const closed = await Promise.all(both.map((child) => once(child, "close")));
    expect(closed.map(([code]) => code as number)).toEqual([0, 0]);
    expect(blockFiles(out)).toHaveLength(13);
    for (const path of blockFiles(whole).slice(0, -1))
      expect(readFileSync(path.replace(whole, out), "utf8")).toBe(readFileSync(path, "utf8"));
  });

  test("ends with the same bytes after Ctrl-C", async () => {
    const out = fresh();
    const longer = words.with(words.indexOf("100000"), "40000000");
    const child = spawn(process.execPath, [main, ...longer, "--out", out, "--workers", "1"], { stdio: "ignore" });
    const closed = once(child, "close");
    while (!existsSync(join(out, "blocks")) || blockFiles(out).length < 2) await sleep(5);
    child.kill("SIGINT");
    expect(await closed).toEqual([130, null]);
    expect(existsSync(join(out, "result.json"))).toBe(false);
    expect(slatesim(...words, "--out", out).code).toBe(0);
    expect(readFileSync(join(out, "result.json"), "utf8")).toBe(readFileSync(join(whole, "result.json"), "utf8"));
  });

  test("redoes files that are cut short, damaged, or gone", () => {
    const cases = fc.record({
      file: fc.nat(6),
      harm: fc.oneof(
        fc.record({ cut: fc.double({ min: 0, max: 0.999, noNaN: true }) }),
        fc.record({ flip: fc.double({ min: 0, max: 0.999, noNaN: true }), bit: fc.nat(7) }),
        fc.constant("gone" as const),
      ),
    });
    const property = fc.property(cases, ({ file, harm }) => {
      const out = fresh();
      cpSync(whole, out, { recursive: true });
      const path = blockFiles(out)[file]!;
      const bytes = readFileSync(path);
      if (harm === "gone") rmSync(path);
      else if ("cut" in harm) truncateSync(path, Math.floor(harm.cut * bytes.length));
      else {
        bytes[Math.floor(harm.flip * bytes.length)]! ^= 1 << harm.bit;
        writeFileSync(path, bytes);
      }
      expect(slatesim(...words, "--out", out).code).toBe(0);
      expect(contentsOf(out)).toEqual(contentsOf(whole));
    });
    fc.assert(property, { seed: inject("fastCheckSeed"), numRuns: 5 });
  });

  test("keeps what a shorter run does not need, and everybody else's files", () => {
    const out = fresh();
    cpSync(whole, out, { recursive: true });
    writeFileSync(join(out, "blocks", "from-9999999999"), "mine");
    const before = contentsOf(join(out, "blocks"));
    const shorter = words.with(words.indexOf("100000"), "40000");
    const alone = fresh();
    expect(slatesim(...shorter, "--out", alone).code).toBe(0);
    expect(slatesim(...shorter, "--out", out).code).toBe(0);
    expect(readFileSync(join(out, "result.json"), "utf8")).toBe(readFileSync(join(alone, "result.json"), "utf8"));
    expect(contentsOf(join(out, "blocks"))).toEqual(before);
    expect(slatesim(...words, "--out", alone).code).toBe(0);
    expect(contentsOf(alone)).toEqual(contentsOf(whole));
  });

  test("leaves no partial files on a full disk, and says what is wrong", () => {
    const out = fresh();
    const limit = ["-c", `ulimit -f 8; exec "$0" "$@"`, process.execPath, main, ...words, "--out", out];
    const limited = spawnSync("bash", limit, { encoding: "utf8" });
    expect(limited.status).toBe(1);
    expect(limited.stderr).toMatch(/^EFBIG: file too large, write ".*\/blocks\/from-\d{10}"\n$/);
    expect(Object.keys(contentsOf(out)).filter((name) => name.includes("partial"))).toEqual([]);
    expect(slatesim(...words, "--out", out).code).toBe(0);
    expect(contentsOf(out)).toEqual(contentsOf(whole));
  });
});

/** What is said of a policy in a world, with # for the hash of the world. */
function variant(policy: string): string {
  return `{"policy":"${policy}","scenario":"lts-tradeoff","world":"#"}`;
}

describe("a folder of blocks refuses, and leaves as they are,", () => {
  test.each<[string, readonly string[], ...string[]]>([
    ["another seed's", ["--seed", "other"], 'seed" expected "other", as asked for, got "out"'],
    [
      "another world's",
      ["--param", "sensitivity=0.2"],
      `variants[0]" expected ${variant("first")}, as asked for, got ${variant("first")}`,
      `variants[1]" expected ${variant("mix(2)")}, as asked for, got ${variant("mix(2)")}`,
    ],
    ["other steps'", ["--steps", "5"], 'steps" expected 5, as asked for, got 4'],
    ["other users'", ["--first-user", "5"], 'firstUser" expected 5, as asked for, got 0'],
    ["another estimator's", ["--estimator", "expected"], 'estimator" expected "expected", as asked for, got "sampled"'],
  ])("%s blocks", (_, changes, ...sentences) => {
    const before = contentsOf(whole);
    const given = new Map<string, string>();
    const all = [...words.slice(5), ...changes];
    for (let at = 0; at < all.length; at += 2) given.set(all[at]!, all[at + 1]!);
    const told = mistakes(...words.slice(0, 5), ...[...given].flat(), "--out", whole);
    expect(told.map((mistake) => mistake.replaceAll(/[0-9a-f]{16}/g, "#"))).toEqual(
      sentences.map((sentence) => `"${whole}/study: ${sentence}`),
    );
    expect(contentsOf(whole)).toEqual(before);
  });

  test("another stream version's blocks", () => {
    const out = fresh();
    mkdirSync(out);
    void blockFolder(out).open({
      streamVersion: 1,
      seed: "1",
      steps: 60,
      estimator: "sampled",
      firstUser: 0,
      variants: [],
    });
    const before = contentsOf(out);
    expect(mistakes("run", "--out", out)[0]).toBe(`"${out}/study: streamVersion" expected 3, as asked for, got 1`);
    expect(contentsOf(out)).toEqual(before);
  });

  test("what cannot be read, which it names", () => {
    for (const name of ["study", join("blocks", "from-0000016384")]) {
      const out = fresh();
      cpSync(whole, out, { recursive: true });
      rmSync(join(out, name));
      mkdirSync(join(out, name));
      expect(mistakes(...words, "--out", out)).toEqual([
        `"--out" expected a file, no folder, got "${join(out, name)}"`,
      ]);
    }
    const out = fresh();
    mkdirSync(out);
    writeFileSync(join(out, "blocks"), "a file");
    expect(mistakes(...words, "--out", out)).toEqual([`"--out" expected a folder, got "${join(out, "blocks")}"`]);
  });

  test("other policies' blocks, also where one of many is another, or more", () => {
    const third = [...words, "--policy", "random", "--out", whole];
    const told = mistakes(...third).map((mistake) => mistake.replaceAll(/[0-9a-f]{16}/g, "#"));
    expect(told).toEqual([
      `"${whole}/study: number of variants" expected 3, as asked for, got 2`,
      `"${whole}/study: variants[2]" expected ${variant("random")}, as asked for, got nothing`,
    ]);
    const other = words.with(words.indexOf("mix(2)"), "mix(1)");
    expect(mistakes(...other, "--out", whole)).toEqual([
      expect.stringMatching(/variants\[1\]" expected \{"policy":"mix\(1\)".*, got \{"policy":"mix\(2\)"/),
    ]);
  });

  test("a block file that was copied from another study", () => {
    const out = fresh();
    const other = words.with(words.indexOf("out"), "other");
    const shorter = other.with(other.indexOf("100000"), "20000");
    expect(slatesim(...shorter, "--out", out).code).toBe(0);
    cpSync(blockFiles(whole)[0]!, blockFiles(out)[0]!);
    const before = contentsOf(out);
    const told = mistakes(...shorter, "--out", out).map((mistake) => mistake.replaceAll(/[0-9a-f]{16}/g, "#"));
    expect(told).toEqual([`"${blockFiles(out)[0]}" expected blocks of study # from user 0 on, got "#, 0"`]);
    expect(contentsOf(out)).toEqual(before);
  });

  test.each([
    ["a file", "package.json"],
    ["a path below a file", "package.json/blocks"],
    ["nothing", ""],
  ])("%s", async (_, path) => {
    expect(await mistakesOf(() => blockFolder(path))).toEqual([expect.stringMatching(/^"out" expected /)]);
  });
});
