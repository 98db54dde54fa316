// Training by the command line: files that are the same however often the run was killed between.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, describe, expect, test } from "vitest";
import { agentNames, makeEnv, parseAgent, scenarios, type CreateAgent } from "../../../src/index.js";
import { checkpointIterations } from "../../../src/train/checkpointFolder.js";
import { TrainRunner, type Settings } from "../../../src/train/index.js";
import { filesIn } from "../../support/filesIn.js";
import { json, main, mistakes, slatesim } from "./slatesim.js";

const place = mkdtempSync(join(tmpdir(), "slatesim-train-"));
afterAll(() => rmSync(place, { recursive: true }));

const folder = (name: string): string => join(place, name);
const few = ["train", "--iterations", "3", "--steps", "130", "--seed", "t"];

interface TrainDocument {
  readonly iterations: readonly { readonly episodes: number; readonly steps: number; readonly totalSteps: number }[];
  readonly settings: Settings;
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
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
    const finished = checkpointIterations(out).at(-1)!;
    expect(said).toBe(
      `Interrupted: ${finished} of 100000 iterations are finished. Resume with the same command and --resume.\n`,
    );
    expect(printed).toBe("");
    expect(mistakes(...words)).toEqual([
      `"--out" expected a folder that is new or empty (--resume continues a run), got "${out}"`,
    ]);
    expect(mistakes(...words, "--resume", "--seed", "other")).toEqual([
      '"--seed" expected "0" as in the run to resume, got "other"',
    ]);
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
    const [, ...lines] = sound.toString("latin1").split("\n");
    const digests = [sound, flipped].map((bytes) => sha256(bytes.subarray(-lines.join("\n").length)));
    const rule = `"${path}" expected content of SHA-256 ${digests[0]}, got "${digests[1]}"`;
    expect(mistakes(...few, "--out", out, "--resume")).toEqual([
      `${rule} (--resume with --repair: it resumes from iteration 2)`,
    ]);
    expect(mistakes("eval", "--out", out)).toEqual([
      `${rule} (of the checkpoints there, sound are those after 0, 1, 2 iterations)`,
    ]);
    expect(filesIn(out)).toEqual(before);
    writeFileSync(path, sound);
    for (const [flag, value, ...told] of [
      [
        "--scenario",
        "lts",
        '"--scenario" expected "lts-tradeoff" as in the run to resume, got "lts"',
        expect.stringMatching(
          /^"--param" expected \{.*"sensitivity":0\.1,.*\} as in the run to resume, got \{.*"sensitivity":0\.01,/,
        ),
        expect.stringMatching(/^"world" expected "[0-9a-f]{16}" as in the run to resume, got "[0-9a-f]{16}"$/),
      ],
      ["--agent", "random", '"--agent" expected "value-learner" as in the run to resume, got "random"'],
      ["--max-steps-per-episode", "7", '"--max-steps-per-episode" expected 27000 as in the run to resume, got 7'],
    ] as const) {
      expect(mistakes(...few, "--out", out, "--resume", flag, value)).toEqual(told);
    }
  });

  test("refuses bad input with every mistake", () => {
    const names = agentNames.map((name) => `"${name}"`).join(", ");
    expect(mistakes("train", "--iterations", "0", "--agent", "bandit", "--episode-log", "csv", "--resume")).toEqual([
      `"--agent" expected one of ${names}, got "bandit"`,
      '"--iterations" expected an integer in [1, 2147483647], got 0',
      '"--episode-log" expected one of "jsonl", "parquet", got "csv"',
      '"--out" expected the folder of the run to resume, got nothing',
      '"--out" expected a folder for the episode log, got nothing',
    ]);
  });

  test("tells of mistakes by the flags that were typed", () => {
    const out = folder("flags");
    const bad = "--iterations 0 --steps 0.5 --max-steps-per-episode 0 --checkpoint-every -1 --episode-log csv";
    const count = "expected an integer in [1, 2147483647], got";
    expect(mistakes("train", ...bad.split(" "), "--out", out)).toEqual([
      `"--iterations" ${count} 0`,
      `"--steps" ${count} 0.5`,
      `"--max-steps-per-episode" ${count} 0`,
      `"--checkpoint-every" ${count} -1`,
      '"--episode-log" expected one of "jsonl", "parquet", got "csv"',
    ]);
    slatesim(...few, "--out", out);
    expect(mistakes(...few, "--out", out, "--resume", "--checkpoint-every", "2")).toEqual([
      '"--checkpoint-every" expected 1 as in the run to resume, got 2',
    ]);
    expect(mistakes("eval", "--out", out, "--episodes", "0")).toEqual([`"--episodes" ${count} 0`]);
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
    expect(mistakes("eval", "--agent", "random", "--out", out, "--episodes", "5")).toEqual([
      `"--out" expected a folder without a run's checkpoints, as --agent asks for a fresh agent, got "${out}"`,
    ]);
    expect(filesIn(out)).toEqual(before);
    expect(mistakes("eval")).toEqual(['"--out" expected the folder of a run, unless --agent is given; got nothing']);
    expect(mistakes("eval", "--out", folder("nothing"))).toEqual([
      `"--out" expected a folder of a training run, with checkpoints, got "${folder("nothing")}"`,
    ]);
  });
});
