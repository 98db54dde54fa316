// TrainRunner and EvalRunner as a program uses them, with worlds and agents of one's own.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, describe, expect, test } from "vitest";
import { agents, longTermSatisfaction, makeEnv } from "../../src/index.js";
import { EvalRunner, readCheckpoints } from "../../src/train/index.js";
import { crashing, createAgent, openFilms, trainFilms } from "../support/films.js";
import { filesIn } from "../support/filesIn.js";

const place = mkdtempSync(join(tmpdir(), "slatesim-runners-"));
afterAll(() => rmSync(place, { recursive: true }));
const folder = (name: string): string => join(place, name);

describe("in a custom world", () => {
  test("statistics, log and steps per iteration agree", async () => {
    const out = folder("logged");
    const { iterations } = await trainFilms({ out, episodeLog: "jsonl", maxStepsPerEpisode: 5 });
    const lines = readFileSync(join(out, "train/episodes.jsonl"), "utf8").trimEnd().split("\n");
    const rows = lines.map((line) => JSON.parse(line) as Record<string, number> & { truncated: boolean });
    expect(iterations.map(({ iteration }) => iteration)).toEqual([1, 2, 3, 4]);
    for (const summary of iterations) {
      const { iteration, episodes, steps, averageEpisodeRewards, stdEpisodeRewards, averageEpisodeLength, ctr } =
        summary;
      const own = rows.filter((row) => row["iteration"] === iteration);
      const numbers = [...new Set(own.map((row) => row["episode"]!))];
      const rewards = numbers.map((number) =>
        own.filter((row) => row["episode"] === number).reduce((sum, row) => sum + row["reward"]!, 0),
      );
      const mean = rewards.reduce((sum, reward) => sum + reward, 0) / rewards.length;
      const square = rewards.reduce((sum, reward) => sum + (reward - mean) ** 2, 0) / rewards.length;
      expect([own.length, numbers.length]).toEqual([steps, episodes]);
      expect(averageEpisodeLength).toBe(own.length / numbers.length);
      expect(averageEpisodeRewards).toBeCloseTo(mean, 10);
      expect(stdEpisodeRewards).toBeCloseTo(Math.sqrt(square), 10);
      expect(ctr).toBeCloseTo(own.filter((row) => row["choice"] !== null).length / steps, 10);
      expect(steps).toBeGreaterThanOrEqual(30);
      const last = own.filter((row) => row["episode"] === numbers.at(-1));
      expect(steps - last.length).toBeLessThan(30);
      for (const row of own) expect(row.truncated).toBe(row["step"] === 5 && !row["terminated"]);
    }
  });

  test.each(["jsonl", "parquet"] as const)("crashed and resumed, ends with the same bytes (%s)", async (episodeLog) => {
    const [whole, crashed] = [folder(`whole-${episodeLog}`), folder(`crashed-${episodeLog}`)];
    const options = { episodeLog, checkpointFrequency: 3 };
    const summary = await trainFilms({ ...options, out: whole });
    for (const steps of [0, 20, 80, 125]) {
      const env = crashing(await openFilms(), steps);
      await expect(trainFilms({ ...options, out: crashed, resume: true, env })).rejects.toThrow("a crash");
    }
    await trainFilms({ ...options, out: crashed, resume: true }, AbortSignal.abort());
    const { iterations } = await trainFilms({ ...options, out: crashed, resume: true });
    expect(iterations).toEqual(summary.iterations);
    expect(filesIn(crashed)).toEqual(filesIn(whole));
    const { timing } = await trainFilms({ ...options, out: crashed, resume: true });
    expect(timing.timePerStep).toBeNaN();
    expect(filesIn(crashed)).toEqual(filesIn(whole));
  });

  test("evaluates checkpoints on the same users, and leaves them as they are", async () => {
    const out = folder("evaluated");
    await trainFilms({ out });
    const before = filesIn(out);
    const checkpoints = readCheckpoints(out, "each");
    const options = { env: await openFilms(), createAgent, maxEvalEpisodes: 6, out, checkpoints };
    const { evaluations } = await new EvalRunner(options).run();
    expect(evaluations.map(({ iteration, episodes }) => [iteration, episodes])).toEqual(
      checkpoints.map(({ iteration }) => [iteration, 6]),
    );
    const alone = await new EvalRunner({
      ...options,
      env: await openFilms(),
      checkpoints: checkpoints.slice(-1),
    }).run();
    expect(alone.evaluations).toEqual(evaluations.slice(-1));
    const returns = readFileSync(join(out, "eval_6", `returns_${evaluations.at(-1)!.trainingSteps}`), "utf8");
    const rewards = JSON.parse(returns) as number[];
    expect(rewards.reduce((sum, reward) => sum + reward, 0) / 6).toBe(evaluations.at(-1)!.averageEpisodeRewards);
    expect(filesIn(out)).toMatchObject(before);
  });

  test("logs the same as JSON Lines and as Parquet, also the last users and rewards of -0", async () => {
    const query = `select iteration::int, episode::int, step::int, "user"::ubigint::varchar, slate::int[]::varchar, choice::int,
      reward::double, typeof(reward), engagement::double, terminated, truncated, slatePropensity::double`;
    const tables: unknown[] = [];
    for (const [episodeLog, source] of [
      ["jsonl", "read_json_auto('$/train/episodes.jsonl')"],
      ["parquet", "read_parquet('$/train/episodes/*.parquet')"],
    ] as const) {
      const out = folder(`equal-${episodeLog}`);
      const world = longTermSatisfaction({ timeBudget: 5, noClickLogit: 1 });
      const env = await makeEnv(world, { user: 2 ** 32 - 4, reward: () => -0 });
      await trainFilms({ env, createAgent: agents.random(), numIterations: 2, maxTrainingSteps: 6, out, episodeLog });
      const connection = await (await DuckDBInstance.create()).connect();
      const ordered = `${query} from ${source.replace("$", out)} order by episode, step`;
      tables.push((await connection.runAndReadAll(ordered)).getRowsJson());
    }
    expect(tables[0]).toHaveLength(20);
    for (const row of tables[1] as unknown[][]) expect(row.at(-1)).toBeCloseTo(1 / (10 * 9 * 8), 12);
    const ends = (tables[1] as unknown[][]).map((row) => [row[3], row[7]]);
    expect([ends[0], ends.at(-1)]).toEqual([
      ["4294967292", "DOUBLE"],
      ["4294967295", "DOUBLE"],
    ]);
    expect(withoutTypes(tables[0])).toEqual(withoutTypes(tables[1]));
  });
});

function withoutTypes(rows: unknown): unknown[] {
  return (rows as unknown[][]).map((row) => row.toSpliced(7, 1));
}
