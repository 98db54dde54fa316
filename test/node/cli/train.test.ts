// Training by the command line: files that are the same however often the run was killed between.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, describe, expect, test } from "vitest";
import { agentNames, makeEnv, parseAgent, scenarios, type CreateAgent } from "../../../src/index.js";
import { checkpointIterations } from "../../../src/train/checkpointFolder.js";
import { TrainRunner, type Settings } from "../../../src/train/index.js";
import { filesIn } from "../../support/filesIn.js";
import { chosen, killedAt, kindsOfChanges } from "../../support/killed.js";
import { json, main, mistakes, slatesim } from "./slatesim.js";

const place = mkdtempSync(join(tmpdir(), "slatesim-train-"));
afterAll(() => rmSync(place, { recursive: true }));

const folder = (name: string): string => join(place, name);
const few = ["train", "--iterations", "3", "--steps", "130", "--seed", "t"];

interface TrainDocument {
  readonly iterations: readonly { readonly episodes: number; readonly steps: number; readonly totalSteps: number }[];
  readonly settings: Settings;
}

/** Waits until a run in that folder has kept a checkpoint after at least so many iterations. */
async function reached(out: string, iterations: number): Promise<void> {
  while ((checkpointIterations(out).at(-1) ?? -1) < iterations) await sleep(2);
}

describe("slatesim train", () => {
  test.each(agentNames)("trains %s as a program does", async (agent) => {
    const { iterations, settings } = json<TrainDocument>(...few, "--agent", agent);
    expect(iterations.map(({ episodes, steps, totalSteps }) => [episodes, steps, totalSteps])).toEqual([
      [3, 180, 180],
      [3, 180, 360],
      [3, 180, 540],
    ]);
    const env = await makeEnv(scenarios["lts-tradeoff"]!, { seed: "t" });
    const createAgent: CreateAgent = (spaces) => parseAgent(agent)(spaces, { seed: "t" });
    const summary = await new TrainRunner({ env, createAgent, numIterations: 3, maxTrainingSteps: 130 }).run();
    expect(iterations).toEqual(summary.iterations);
    expect(settings).toMatchObject({ agent, seed: "t", scenario: "lts-tradeoff", ...summary.settings });
  });

  test.each([
    ["jsonl", 11, /^[a-z]+ (\/(run|train)|$)/],
    ["parquet", 3, /\/episodes/], // all else is as before
  ])("killed at any change of a file and resumed, ends with the same bytes (%s)", async (format, many, which) => {
    const agent = ["--agent", "cluster-bandit-thompson", "--keep-checkpoints", "2", "--episode-log", format];
    const words = ["train", "--iterations", "6", "--steps", "120", ...agent, "--resume", "--out"];
    const whole = folder(`whole-${format}`);
    const changes = [...kindsOfChanges(whole, ...words, whole)].filter(([kind]) => which.test(kind));
    expect(changes.length).toBeGreaterThanOrEqual(many);
    for (const [kind, change] of chosen(changes)) {
      const killed = folder(`killed-${format}-${change}`);
      await killedAt(change, ...words, killed);
      expect({ kind, ...slatesim(...words, killed) }).toMatchObject({ code: 0, err: "" });
      expect({ kind, files: filesIn(killed) }).toEqual({ kind, files: filesIn(whole) });
    }
  });

  test("killed while it tries whether it can write to the folder, leaves one that can be gone on with", async () => {
    const out = folder("tried");
    slatesim(...few, "--out", out);
    const before = filesIn(out);
    const words = [...few, "--out", out, "--resume"];
    const tried = [...kindsOfChanges(out, ...words)].find(([kind]) => /^rmdir .*trial/.test(kind))!;
    await killedAt(tried[1], ...words);
    expect(readdirSync(out)).toContainEqual(expect.stringMatching(/^trial\..*-partial$/));
    expect(slatesim(...words)).toMatchObject({ code: 0, err: "" });
    expect(filesIn(out)).toEqual(before);
    expect(readdirSync(out).toSorted()).toEqual(["run.json", "train"]);
  });

  test("stops at Ctrl-C with what is finished, and goes on from there", async () => {
    const out = folder("interrupted");
    const words = ["train", "--iterations", "100000", "--steps", "60", "--out", out];
    const child = spawn(process.execPath, [main, ...words], { stdio: ["ignore", "pipe", "pipe"] });
    let [said, printed] = ["", ""];
    child.stderr.on("data", (text: Buffer) => (said += text.toString()));
    child.stdout.on("data", (text: Buffer) => (printed += text.toString()));
    await reached(out, 3);
    child.kill("SIGINT");
    expect(await once(child, "close")).toEqual([130, null]);
    expect(said).toMatch(/^Interrupted: \d+ of 100000 iterations are finished\. Go on with the same command/);
    expect(printed).toBe("");
    expect(mistakes(...words)).toHaveLength(1);
    expect(mistakes(...words, "--resume", "--seed", "other").join()).toMatch(/"--seed" expected .* as in the run/);
  });

  test("logs every step, as DuckDB reads it", async () => {
    const counts: unknown[] = [];
    for (const [format, source] of [
      ["jsonl", "read_json_auto('$/train/episodes.jsonl')"],
      ["parquet", "read_parquet('$/train/episodes/*.parquet')"],
    ] as const) {
      const out = folder(`log-${format}`);
      slatesim(...few, "--out", out, "--episode-log", format);
      const connection = await (await DuckDBInstance.create()).connect();
      const query = `select count(*)::int, count(distinct "user")::int, round(sum(reward), 6), sum(len(slate))::int, sum(terminated::int)::int`;
      const reader = await connection.runAndReadAll(`${query} from ${source.replace("$", out)}`);
      counts.push(reader.getRows());
    }
    expect(counts[0]).toEqual(counts[1]);
    const [[steps, users, reward, shown, ends]] = counts[0] as [[number, number, number, number, number]];
    expect([steps, users, shown, ends]).toEqual([540, 9, 1620, 9]);
    expect(reward).toBeGreaterThan(0);
  });

  test("refuses checkpoints that are damaged or foreign by name, and leaves them as they are", () => {
    const out = folder("damaged");
    slatesim(...few, "--out", out);
    const path = join(out, "train", "checkpoints", "checkpoint-000003");
    const sound = readFileSync(path);
    const flipped = Buffer.from(sound);
    flipped[flipped.length - 9]! ^= 1;
    writeFileSync(path, flipped);
    const before = filesIn(out);
    expect(mistakes(...few, "--out", out, "--resume").join()).toContain(path);
    expect(mistakes("eval", "--out", out).join()).toContain(path);
    expect(filesIn(out)).toEqual(before);
    writeFileSync(path, sound);
    for (const [flag, value] of [
      ["--scenario", "lts"],
      ["--agent", "random"],
      ["--max-steps-per-episode", "7"],
    ] as const) {
      expect(mistakes(...few, "--out", out, "--resume", flag, value).join()).toContain("as in the run to resume");
    }
  });

  test("refuses bad input with every mistake", () => {
    expect(
      mistakes("train", "--iterations", "0", "--agent", "bandit", "--episode-log", "csv", "--resume"),
    ).toHaveLength(5);
  });

  test("tells of mistakes by the flags that were typed", () => {
    const out = folder("flags");
    const bad = "--iterations 0 --steps 0.5 --max-steps-per-episode 0 --checkpoint-every -1 --episode-log csv";
    const told = mistakes("train", ...bad.split(" "), "--out", out);
    expect(told.map((mistake) => mistake.split('"')[1])).toEqual(bad.match(/--[a-z-]+/g));
    slatesim(...few, "--out", out);
    expect(mistakes(...few, "--out", out, "--resume", "--checkpoint-every", "2")).toEqual([
      '"--checkpoint-every" expected 1 as in the run to resume, got 2',
    ]);
    expect(mistakes("eval", "--out", out, "--episodes", "0")).toEqual([
      expect.stringMatching(/^"--episodes" expected/),
    ]);
  });
});

describe("slatesim eval", () => {
  test("evaluates checkpoints and fresh agents on users of their own", () => {
    const out = folder("evaluated");
    slatesim(...few, "--out", out, "--agent", "cluster-bandit-lifetime");
    const words = ["eval", "--out", out, "--checkpoint", "each", "--episodes", "5"];
    const each = json<{ evaluations: readonly { iteration: number; episodes: number }[] }>(...words);
    expect(each.evaluations.map(({ iteration, episodes }) => [iteration, episodes])).toEqual([
      [0, 5],
      [1, 5],
      [2, 5],
      [3, 5],
    ]);
    const fresh = json<{ evaluations: readonly object[]; settings: Settings }>(
      "eval",
      "--agent",
      "random",
      "--episodes",
      "5",
    );
    expect(fresh.evaluations).toHaveLength(1);
    expect(fresh.settings).toMatchObject({ scenario: "lts-tradeoff" }); // as trained agents'
    const before = filesIn(out);
    expect(mistakes("eval", "--agent", "random", "--out", out, "--episodes", "5")).toHaveLength(1);
    expect(filesIn(out)).toEqual(before);
    expect(mistakes("eval")).toHaveLength(1);
    expect(mistakes("eval", "--out", folder("nothing"))).toHaveLength(1);
  });
});
