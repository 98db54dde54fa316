// Commands whose work is done in shards, and put together to the bytes of one process.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { writeShard } from "../../../src/records/index.js";
import { policies, scenarios, simulate } from "../../../src/index.js";
import { readShardPlace } from "../../../src/cli/shardWords.js";
import { json, main, mistakes, slatesim } from "./slatesim.js";

const scratch = mkdtempSync(join(tmpdir(), "slatesim-cli-shards-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const at = (name: string): string => join(scratch, name);
const modules = fileURLToPath(new URL("../../support/moduleWorlds.mjs", import.meta.url));

type Document = Readonly<Record<string, unknown>>;

function document(...words: readonly string[]): Document {
  const { timing: _timing, ...rest } = json<Document>(...words);
  return rest;
}

function writeAll(folder: string, shards: number, words: readonly string[]): void {
  for (let shard = 0; shard < shards; shard++) {
    const { code, err } = slatesim("shard", `${shard}/${shards}`, "--out", folder, ...words);
    expect({ code, err }).toEqual({ code: 0, err: "" });
  }
}

const work = (control: object) => simulate(scenarios["lts"]!, policies.random(), { users: 10, seed: 1, ...control });
const small = ["--users", "20000", "--steps", "2", "--workers", "1"];

describe("slatesim shard", () => {
  const commands: readonly (readonly string[])[] = [
    ["run", "--estimator", "controlled", "--seed", "a b"],
    ["run", "--world", `${modules}#small`, "--policy", "first"],
    ["compare", "--policy", "random", "--policy", "mix(2)", "--what-if", "sensitivity=0.2"],
    ["sweep", "--vary", "sensitivity=0.05,0.1", "--policy", "random", "--policy", "first"],
  ];

  test.each(commands)("and merge print the document of %s %s %s …", (...words) => {
    const folder = at(`d${readdirSync(scratch).length}`);
    writeAll(folder, 2, [...words, ...small]);
    const [command, ...rest] = [...words, ...small] as [string, ...string[]];
    expect(document("merge", folder)).toEqual(document(command, ...rest));
  });

  test("and merge print the text and write the files of the command, and status what is there", () => {
    const words = ["compare", "--policy", "random", "--policy", "mix(2)", ...small];
    writeAll(at("text"), 3, words);
    expect(slatesim("merge", at("text"), "--all-pairs").out).toBe(slatesim(...words, "--all-pairs").out);
    expect(slatesim("merge", at("text"), "--csv", at("merged.csv")).code).toBe(0);
    expect(slatesim(...words, "--csv", at("whole.csv")).code).toBe(0);
    expect(readFileSync(at("merged.csv"), "utf8")).toBe(readFileSync(at("whole.csv"), "utf8"));
    expect(slatesim("shard", "1/3", "--out", at("text"), ...words).out).toMatch(
      /^Shard 1 of 3 is there already: 16,384 users/,
    );
    expect(slatesim("status", at("text"))).toEqual({
      code: 0,
      err: "",
      out: "slatesim compare --policy random --policy 'mix(2)' --users 20000 --steps 2\n3 of 3 shards of 20,000 users\ncomplete\n",
    });
    rmSync(join(at("text"), "shard-00001-of-00003"));
    writeFileSync(join(at("text"), "shard-00002-of-00003"), "");
    const { code, out } = slatesim("status", at("text"));
    expect(code).toBe(1);
    expect(out.split("\n").slice(1)).toEqual([
      "1 of 3 shards of 20,000 users",
      "damaged: 2",
      "missing: 1",
      "incomplete",
      "",
    ]);
    expect(mistakes("merge", at("text"))).toHaveLength(2);
  });

  test("and merge print the learning curve of train --replications", () => {
    const words = "train --replications 3 --iterations 1 --steps 20 --eval-episodes 3 --param timeBudget=2".split(" ");
    writeAll(at("curve"), 2, [...words, "--workers", "1"]);
    expect(document("merge", at("curve"))).toEqual(document(...words, "--workers", "1"));
    expect(slatesim("merge", at("curve")).out).toBe(slatesim(...words, "--workers", "1").out);
    expect(slatesim("status", at("curve")).out).toContain("\n2 of 2 shards of 3 replications\ncomplete\n");
    expect(mistakes("shard", "0/2", "--out", at("none"), "train", "--resume")).toEqual(
      expect.arrayContaining([
        '"--resume" expected nothing in a shard (a shard that is there is kept), got true',
        '"--replications" expected a number of trainings, which shards divide, got nothing',
      ]),
    );
  });

  test("takes its number from the environment, and is run where no command is named", () => {
    const env = { ...process.env, SLURM_ARRAY_TASK_ID: "1", SLURM_ARRAY_TASK_COUNT: "2" };
    const words = [main, "shard", "env", `--out=${at("env")}`, ...small];
    const { status, stdout } = spawnSync(process.execPath, words, { env, encoding: "utf8" });
    expect([status, stdout]).toEqual([0, expect.stringMatching(/^Shard 1 of 2 is written: 3,616 users/)]);
    writeAll(at("env"), 2, ["run", ...small]);
    expect(document("merge", at("env"))).toEqual(document("run", ...small));
  });

  test("does rounds until a precision is reached, and merge names the next", () => {
    const words = ["run", "--precision", "1%", "--steps", "4", "--seed", "rounds"];
    const whole = document(...words);
    const rounds = ["--round-users", "16384"];
    for (let round = 1; ; round++) {
      writeAll(at("rounds"), 2, ["--round", String(round), ...rounds, ...words]);
      if (16_384 * round >= (whole["users"] as number)) break;
      const { code, out, err } = slatesim("merge", at("rounds"));
      expect({ code, out }).toEqual({ code: 1, out: "" });
      const next = `slatesim shard I/2 --round ${round + 1} --round-users 16384 --out ${at("rounds")} ${words.join(" ")}`;
      expect(err).toMatch(/^The precision is not reached after \d+ users; it takes about \d+\./);
      expect(err).toContain(`${next}\n`);
    }
    expect(whole["users"]).toBeGreaterThan(16_384);
    expect(document("merge", at("rounds"))).toEqual(whole);
  });
});

describe("bad words of shards", () => {
  test("are refused all at once, each by name", () => {
    const wrong = [
      "--round",
      "0",
      "--csv",
      "a.csv",
      "--json",
      "--users",
      "-1",
      "--stepz",
      "3",
      "--trajectories",
      "t.csv",
    ];
    const found = mistakes("shard", "7/3", "--out", at("none"), "run", ...wrong);
    expect(found.map((mistake) => mistake.split('"')[1])).toEqual(
      expect.arrayContaining(["shard", "--csv", "--json", "--users", "--stepz", "--trajectories"]),
    );
    expect(mistakes("shard")).toEqual([
      '"I/N" expected a shard such as 3/16, or env/16, got nothing',
      '"--out" expected the name of a folder, got nothing',
    ]);
    expect(mistakes("shard", "1/2", "--out", at("none"), "lock")).toEqual([
      '"command" expected one of "run", "compare", "train", "sweep", got "lock"',
    ]);
    expect(mistakes("shard", "0/2", "--out", at("none"), "--round", "2", ...small)).toEqual([
      '"--round" expected nothing without a precision, got 2',
    ]);
    expect(readdirSync(scratch)).not.toContain("none");
    for (const command of ["merge", "status"]) {
      expect(mistakes(command)).toEqual(['"FOLDER" expected a path, got nothing']);
      expect(mistakes(command, at("none"))).toHaveLength(1);
      expect(mistakes(command, scratch)).toHaveLength(1);
    }
  });

  test("are refused where they come from the environment", () => {
    const cases: readonly (readonly [string, Record<string, string>, object | RegExp])[] = [
      ["3/16", {}, { shard: 3, shards: 16 }],
      ["env/16", { JOB_COMPLETION_INDEX: "3" }, { shard: 3, shards: 16 }],
      ["env", { SLURM_ARRAY_TASK_ID: "3", SLURM_ARRAY_TASK_COUNT: "16" }, { shard: 3, shards: 16 }],
      ["env/2", { SLURM_ARRAY_TASK_ID: "1", JOB_COMPLETION_INDEX: "1" }, { shard: 1, shards: 2 }],
      [
        "env/2",
        { SLURM_ARRAY_TASK_ID: "1", JOB_COMPLETION_INDEX: "0" },
        /^"JOB_COMPLETION_INDEX" expected 1, as SLURM/,
      ],
      ["env/2", {}, /^"SLURM_ARRAY_TASK_ID or JOB_COMPLETION_INDEX" expected the number/],
      ["env/2", { SLURM_ARRAY_TASK_ID: "x" }, /^"SLURM_ARRAY_TASK_ID" expected a number, got "x"/],
      ["env", { SLURM_ARRAY_TASK_ID: "1" }, /^"SLURM_ARRAY_TASK_COUNT" expected a number/],
      ...["3", "/3", "1/", "a/b", "1/2/3", "-1/2", "1.5/2"].map(
        (text) => [text, {}, /^"I\/N" expected a shard/] as const,
      ),
    ];
    for (const [text, environment, expected] of cases) {
      const found: string[] = [];
      const place = readShardPlace(text, environment, found);
      if (expected instanceof RegExp) expect([place, ...found]).toEqual([undefined, expect.stringMatching(expected)]);
      else expect([place, found]).toEqual([expected, []]);
    }
  });

  test("are refused where a folder has them: merge writes what it is told to, and no more", async () => {
    const commands: readonly (readonly string[])[] = [
      ["run", "--csv", at("x.csv")],
      ["run", "--out", at("x")],
      ["lock", at("x.json")],
      ["constructor"],
    ];
    for (const [place, command] of commands.entries()) {
      await writeShard(at(`told${place}`), { shard: 0, shards: 1, command }, work);
      expect(mistakes("merge", at(`told${place}`))).toHaveLength(1);
    }
    await writeShard(at("api"), { shard: 0, shards: 1 }, work);
    expect(mistakes("merge", at("api"))[0]).toMatch(/expected shards of the command line/);
    cpSync(at("api"), at("copy"), { recursive: true });
    expect(slatesim("status", at("copy")).out).toBe("1 of 1 shards of 10 users\ncomplete\n");
  });
});
