// Training by the command line: files that are the same however often the run was killed between.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, describe, expect, test } from "vitest";
import { agentNames } from "../../../src/index.js";
import { json, main, mistakes, slatesim } from "./slatesim.js";

const place = mkdtempSync(join(tmpdir(), "slatesim-train-"));
afterAll(() => rmSync(place, { recursive: true }));

const folder = (name: string): string => join(place, name);
const few = ["train", "--iterations", "3", "--steps", "130", "--seed", "t"];

/** Every file below a folder, by its path, as text of its bytes. */
function contents(root: string): Record<string, string> {
  const paths = readdirSync(root, { recursive: true, encoding: "utf8" }).toSorted();
  const files = paths.filter((path) => statSync(join(root, path)).isFile());
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(root, path), "latin1")]));
}

interface TrainDocument {
  readonly iterations: readonly { readonly episodes: number; readonly steps: number; readonly totalSteps: number }[];
  readonly timing: unknown;
}

describe("slatesim train", () => {
  test.each(agentNames)("trains %s, and says the same twice", (agent) => {
    const [first, second] = [0, 1].map(() => json<TrainDocument>(...few, "--agent", agent));
    expect({ ...first, timing: 0 }).toEqual({ ...second, timing: 0 });
    expect(first!.iterations.map(({ episodes, steps, totalSteps }) => [episodes, steps, totalSteps])).toEqual([
      [3, 180, 180],
      [3, 180, 360],
      [3, 180, 540],
    ]);
  });

  test("killed at any moment and resumed, ends with the same bytes in every file", async () => {
    const long = ["train", "--iterations", "40", "--steps", "600", "--agent", "cluster-bandit-thompson"];
    for (const format of ["jsonl", "parquet"]) {
      const words = [...long, "--episode-log", format];
      slatesim(...words, "--out", folder(`whole-${format}`));
      const killed = folder(`killed-${format}`);
      let [kills, code] = [0, 1 as number | null];
      for (let attempt = 0; code !== 0; attempt++) {
        const child = spawn(process.execPath, [main, ...words, "--out", killed, "--resume"], { stdio: "ignore" });
        const ended = once(child, "exit") as Promise<[number | null]>;
        if (attempt < 6) void sleep(250 + 67 * attempt).then(() => child.kill("SIGKILL"));
        [code] = await ended;
        kills += code === null ? 1 : 0;
      }
      expect(kills).toBeGreaterThan(0);
      expect(contents(killed)).toEqual(contents(folder(`whole-${format}`)));
    }
  }, 60_000);

  test("stops at Ctrl-C with what is finished, and goes on from there", async () => {
    const out = folder("interrupted");
    const words = ["train", "--iterations", "100000", "--steps", "60", "--out", out];
    const child = spawn(process.execPath, [main, ...words], { stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    child.stderr.on("data", (text: Buffer) => (said += text.toString()));
    await sleep(1500);
    child.kill("SIGINT");
    const [code] = (await once(child, "exit")) as [number];
    expect(code).toBe(130);
    expect(said).toMatch(/^Interrupted: \d+ of 100000 iterations are finished\. Go on with the same command/);
    expect(mistakes(...words)).toHaveLength(1);
    expect(mistakes(...words, "--resume", "--seed", "other").join()).toContain('"seed" expected "1" as in the run');
  }, 20_000);

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
    for (const bad of [flipped, sound.subarray(0, -5), Buffer.from("hello"), Buffer.alloc(0)]) {
      writeFileSync(path, bad);
      const before = contents(out);
      expect(mistakes(...few, "--out", out, "--resume").join()).toContain(path);
      expect(mistakes("eval", "--out", out).join()).toContain(path);
      expect(contents(out)).toEqual(before);
    }
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
    const fresh = json<{ evaluations: readonly object[] }>("eval", "--agent", "random", "--episodes", "5");
    expect(fresh.evaluations).toHaveLength(1);
    expect(mistakes("eval")).toHaveLength(1);
    expect(mistakes("eval", "--out", folder("nothing"))).toHaveLength(1);
  });
});
