// TrainRunner and EvalRunner as a program uses them, with worlds and agents of one's own.
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, describe, expect, test } from "vitest";
import { agents, longTermSatisfaction, makeEnv, type Agent } from "../../src/index.js";
import { EvalRunner, readCheckpoints, TrainRunner, type TrainOptions } from "../../src/train/index.js";
import { crashing, createAgent, few, openFilms, trainFilms } from "../support/films.js";
import { filesIn } from "../support/filesIn.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { filmWorld } from "../support/ownWorlds.js";

const place = mkdtempSync(join(tmpdir(), "slatesim-runners-"));
afterAll(() => rmSync(place, { recursive: true }));
const folder = (name: string): string => join(place, name);

describe("in an own world", () => {
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
      reward::double, typeof(reward), engagement::double, terminated, truncated`;
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

describe("bad input", () => {
  test("is refused with every mistake", async () => {
    const counts = { numIterations: 0, maxTrainingSteps: 1.5, maxStepsPerEpisode: NaN, checkpointFrequency: "1" };
    const rest = { out: 5, episodeLog: "csv", resume: 1, provenance: { f: () => 1 }, iterations: 3 };
    const told = await mistakesOf(() => new TrainRunner({ env: 1, createAgent: 2, ...counts, ...rest } as never));
    expect(told.map((sentence) => sentence.split('"')[1])).toEqual(
      ["env", "createAgent", "iterations", Object.keys(counts), "episodeLog", "resume", "provenance", "out"].flat(),
    );
    const evaluation = { maxEvalEpisodes: 0, maxStepsPerEpisode: 0, out: "", provenance: 1, checkpoints: [{}], x: 1 };
    const said = await mistakesOf(() => new EvalRunner({ env: {}, createAgent: null, ...evaluation } as never));
    expect(said.map((sentence) => sentence.split('"')[1])).toEqual(
      "env createAgent x maxEvalEpisodes maxStepsPerEpisode out provenance checkpoints".split(" "),
    );
    for (const nothing of [undefined, null, 3, []]) {
      expect(await mistakesOf(() => new TrainRunner(nothing as never))).toHaveLength(1);
      expect(await mistakesOf(() => new EvalRunner(nothing as never))).toHaveLength(1);
      expect(await mistakesOf(() => readCheckpoints(nothing as never))).toHaveLength(1);
    }
    const env = await openFilms();
    expect(
      await mistakesOf(() => new TrainRunner({ env, createAgent, provenance: { numIterations: 3 } })),
    ).toHaveLength(1);
  });

  test("to a run, and makers that make no agents, are refused", async () => {
    const env = await openFilms();
    const train = { env, createAgent, ...few };
    const evaluation = { env, createAgent, maxEvalEpisodes: 2 };
    for (const control of [null, 5, { signal: 1 }, { onProgress: 1 }]) {
      expect(await mistakesOf(() => new TrainRunner(train).run(control as never))).toHaveLength(1);
      expect(await mistakesOf(() => new EvalRunner(evaluation).run(control as never))).toHaveLength(1);
    }
    for (const made of [null, 5, {}]) {
      const create = (): Agent => made as never;
      expect(await mistakesOf(() => new TrainRunner({ ...train, createAgent: create }).run())).toHaveLength(1);
      expect(await mistakesOf(() => new EvalRunner({ ...evaluation, createAgent: create }).run())).toHaveLength(1);
    }
  });

  test("as a folder is refused before anything is lived", async () => {
    const env = await openFilms();
    const file = folder("file");
    writeFileSync(file, "mine");
    for (const out of [file, join(file, "below")]) {
      const rule = out === file ? "a folder" : "a folder that can be read and written to";
      const sentence = `"out" expected ${rule}, got ${JSON.stringify(out)}`;
      expect(await mistakesOf(() => new TrainRunner({ env, createAgent, out }))).toEqual([sentence]);
      expect(await mistakesOf(() => new EvalRunner({ env, createAgent, out }))).toEqual([sentence]);
    }
    const used = folder("used");
    mkdirSync(used);
    writeFileSync(join(used, "film.partial"), "mine");
    expect(await mistakesOf(() => new TrainRunner({ env, createAgent, out: used }))).toHaveLength(1);
    expect(filesIn(used)).toEqual({ "film.partial": "mine" });
  });

  test("as checkpoints, damaged or foreign, is refused by name and left alone", async () => {
    const out = folder("damaged");
    await trainFilms({ out });
    const path = join(out, "train/checkpoints/checkpoint-000004");
    const sound = readFileSync(path);
    const flipped = Buffer.from(sound);
    flipped[flipped.length - 9]! ^= 1;
    const other = readFileSync(join(out, "train/checkpoints/checkpoint-000003"));
    for (const bad of [flipped, sound.subarray(0, -5), other, Buffer.from("hello"), Buffer.alloc(0)]) {
      writeFileSync(path, bad);
      const before = filesIn(out);
      expect((await mistakesOf(() => readCheckpoints(out))).join()).toContain(path);
      expect((await mistakesOf(() => trainFilms({ out, resume: true }))).join()).toContain(path);
      expect(filesIn(out)).toEqual(before);
    }
    writeFileSync(path, sound);
    mkdirSync(join(out, "train/checkpoints/checkpoint-000009"));
    expect((await mistakesOf(() => readCheckpoints(out))).join()).toContain("checkpoint-000009");
    rmSync(join(out, "train/checkpoints/checkpoint-000009"), { recursive: true });
    writeFileSync(join(out, "train/checkpoints/checkpoint-0000009"), "not named as ours are");
    expect(readCheckpoints(out)[0]!.iteration).toBe(4);
  });

  test("as files that somebody else writes to meanwhile, is refused", async () => {
    const out = folder("shared");
    const runner = new TrainRunner({ env: await openFilms(), createAgent, ...few, out, episodeLog: "jsonl" });
    const onProgress = (): void => appendFileSync(join(out, "train/episodes.jsonl"), "of another run\n");
    const [mistake] = await mistakesOf(() => runner.run({ onProgress }));
    expect(mistake).toMatch(/^".*episodes.jsonl" expected \d+ bytes, as this run left it/);
  });

  test("to a resumed run is refused where it is not the run that was begun", async () => {
    const out = folder("begun");
    await trainFilms({ out, provenance: { agent: "q" } });
    const before = filesIn(out);
    const others: [string, Partial<TrainOptions>][] = [
      ["maxTrainingSteps", { maxTrainingSteps: 31 }],
      ["episodeLog", { episodeLog: "jsonl" }],
      ["agent", { provenance: { agent: "r" } }],
      ["agent", { createAgent: agents.random() }],
      ["env", { env: await makeEnv(filmWorld("step", 12), { seed: "other" }) }],
      ["env", { env: await makeEnv(filmWorld("step", 11), { seed: "films" }) }],
    ];
    for (const [field, options] of others) {
      const told = await mistakesOf(() => trainFilms({ out, resume: true, provenance: { agent: "q" }, ...options }));
      expect(told.map((sentence) => sentence.split('"')[1])).toEqual([field]);
      expect(told[0]).toContain("as in the run to resume");
    }
    const checkpoints = readCheckpoints(out);
    const asked = { env: await openFilms(), createAgent, checkpoints };
    expect(await mistakesOf(() => new EvalRunner({ ...asked, provenance: { agent: "r", toString: "x" } }))).toEqual([
      '"agent" expected "q" as in the checkpoint after iteration 4, got "r"',
    ]);
    expect(await mistakesOf(() => new EvalRunner({ ...asked, createAgent: agents.first() }).run())).toHaveLength(1);
    expect(filesIn(out)).toEqual(before);
  });
});
