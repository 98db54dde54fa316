// `slatesim run --trajectories`: whose episodes are written, and what is said of it.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { makeWorld, policies, trace } from "../../../src/index.js";
import { sampleUsers } from "../../../src/records/index.js";
import { ask } from "../../support/duckdb.js";
import { main, mistakes, slatesim } from "./slatesim.js";

const place = mkdtempSync(join(tmpdir(), "slatesim-run-"));
const path = join(place, "lives.parquet");
const run = ["run", "--users", "300", "--first-user", "40", "--steps", "5", "--seed", "cli", "--trajectories", path];
afterAll(() => rmSync(place, { recursive: true }));

async function usersWritten(): Promise<number[]> {
  const rows = await ask<{ user: number }>(`select distinct "user" from '${path}' order by all`);
  return rows.map(({ user }) => user);
}

describe("slatesim run --trajectories", () => {
  test("writes the users that are named, and prints the run as ever", async () => {
    const named = ["--trajectory-users", "50,45-47,46,339", "--policy", "mix(1)", "--json"];
    const { code, out, err } = slatesim(...run, ...named);
    expect({ code, err }).toEqual({ code: 0, err: `Wrote 25 steps of 5 users to ${path}\n` });
    const without = slatesim(...run.slice(0, -2), "--policy", "mix(1)", "--json").out;
    expect(JSON.parse(out)).toEqual({ ...JSON.parse(without), timing: expect.anything() });
    expect(await usersWritten()).toEqual([45, 46, 47, 50, 339]);
    const engagement = await ask<{ engagement: number }>(`select engagement from '${path}' where "user" = 339`);
    const life = trace(makeWorld("lts-tradeoff"), policies.mix(1), { user: 339, seed: "cli", steps: 5 });
    expect(engagement).toEqual(life.steps.map((step) => ({ engagement: step.engagement })));
  });

  test("writes a sample of them otherwise", async () => {
    for (const [words, sample] of [
      [[], 100],
      [["--trajectory-sample", "7"], 7],
    ] as const) {
      const { err } = slatesim(...run, ...words);
      expect(err.split("\n")[0]).toBe(`Wrote ${5 * sample} steps of ${sample} users to ${path}`);
      expect(await usersWritten()).toEqual(sampleUsers({ sample, users: 300, firstUser: 40, seed: "cli" }));
    }
    expect(mistakes(...run, "--users", "1")).toEqual(['"--users" expected once, got 2 times']);
    const one = ["run", "--users", "1", "--steps", "1", "--trajectories", path];
    expect(slatesim(...one).err.split("\n")[0]).toBe(`Wrote 1 step of 1 user to ${path}`);
  });

  const [USERS, SAMPLE] = ['"--trajectory-users" expected', '"--trajectory-sample" expected'];
  const LIST = `${USERS} users and ranges such as 0,5,10-20, got`;
  test.each<[string, readonly string[], readonly string[]]>([
    ["users out of the run", ["--trajectory-users", "39"], [`${USERS} users from 40 to 339, as the run has, got "39"`]],
    [
      "users beyond any run",
      ["--trajectory-users", "0-99999999999"],
      [`${USERS} users from 40 to 339, as the run has, got "0-99999999999"`],
    ],
    ["a range backwards", ["--trajectory-users", "45-44"], [`${LIST} "45-44"`]],
    ["what is no list", ["--trajectory-users", "41,,x"], [`${LIST} "41,,x"`]],
    ["an empty list", ["--trajectory-users="], [`${USERS} a value, got nothing`]],
    ["too large a sample", ["--trajectory-sample", "301"], [`${SAMPLE} an integer in [1, 300], got 301`]],
    [
      "both",
      ["--trajectory-users", "41", "--trajectory-sample", "1"],
      [`${SAMPLE} nothing beside --trajectory-users, got 1`],
    ],
    [
      "all else beside",
      ["--trajectory-users", "x", "--trajectory-sample", "0.5", "--policy", "y"],
      [
        '"--policy" expected one of "first", "random", "most-educational", "least-educational", "greedy", "greedy(field)", "mix(m)", "mix(m, field)", got "y"',
        `${LIST} "x"`,
        `${SAMPLE} nothing beside --trajectory-users, got 0.5`,
        `${SAMPLE} an integer in [1, 300], got 0.5`,
      ],
    ],
  ])("refuses %s", (_, words, expected) => {
    expect(mistakes(...run, ...words)).toEqual(expected);
  });

  test("refuses paths where no file can be, and its other flags alone", () => {
    expect(mistakes("run", "--trajectories", place, "--users", "0")).toEqual([
      '"--users" expected an integer in [1, 4294967295], got 0',
      `"--trajectories" expected no folder, got "${place}"`,
    ]);
    const nowhere = join(place, "no", "file");
    expect(mistakes("run", "--trajectories", nowhere)).toEqual([
      `"--trajectories" expected a file in a folder that can be written, got "${nowhere}"`,
    ]);
    expect(mistakes("run", "--trajectory-sample", "3")).toEqual([
      '"--trajectory-sample" expected --trajectories beside it, got 3',
    ]);
    expect(mistakes("trace", "--trajectories", path)).toEqual(['"--trajectories" is not an option']);
  });

  test.skipIf(process.platform === "win32")("leaves nothing on a full disk", () => {
    const target = join(place, "full.parquet");
    const words = [main, "run", "--users", "1000", "--trajectory-sample", "1000", "--trajectories", target];
    const limited = ["-c", 'ulimit -f 100; exec "$0" "$@"', process.execPath, ...words];
    const { status, stdout, stderr } = spawnSync("sh", limited, { encoding: "utf8" });
    const told = `EFBIG: file too large, write "${target}"\n`;
    expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: "", stderr: told });
    expect(readdirSync(place)).toEqual(["lives.parquet"]);
  });

  test("leaves nothing after Ctrl-C, and simulates no further", async () => {
    const target = join(place, "stopped.parquet");
    const words = ["run", "--users", "4e9", "--trajectory-sample", "2e5", "--trajectories", target];
    const child = spawn(process.execPath, [main, ...words]);
    let [out, err] = ["", ""];
    child.stdout.on("data", (text) => (out += text));
    child.stderr.on("data", (text) => (err += text));
    while (!readdirSync(place).some((name) => /^stopped\.parquet\..*slatesim-partial$/.test(name)))
      await new Promise((go) => setTimeout(go, 20));
    child.kill("SIGINT");
    expect(await once(child, "close")).toEqual([130, null]);
    expect({ out, err }).toEqual({ out: "", err: `Interrupted: ${target} was not written.\n` });
    expect(readdirSync(place)).toEqual(["lives.parquet"]);
  });

  test("leaves Ctrl-C as it was for the run that follows", async () => {
    const child = spawn(process.execPath, [
      main,
      "run",
      "--users",
      "4e9",
      "--trajectory-sample",
      "1",
      "--trajectories",
      path,
    ]);
    let [out, err] = ["", ""];
    child.stdout.on("data", (text) => (out += text));
    child.stderr.on("data", (text) => (err += text));
    while (!err.includes("Wrote")) await new Promise((go) => setTimeout(go, 20));
    child.kill("SIGINT");
    expect(await once(child, "close")).toEqual([130, null]);
    expect(out).toBe("");
  });
});
