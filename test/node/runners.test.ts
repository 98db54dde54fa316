// TrainRunner and EvalRunner as a program uses them, with worlds and agents of one's own.
import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, describe, expect, test } from "vitest";
import { agents, longTermSatisfaction, makeEnv, type Agent, type Environment } from "../../src/index.js";
import { EvalRunner, readCheckpoints, TrainRunner, type TrainOptions } from "../../src/train/index.js";
import { filesIn } from "../support/filesIn.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { filmWorld } from "../support/ownWorlds.js";

const place = mkdtempSync(join(tmpdir(), "slatesim-runners-"));
afterAll(() => rmSync(place, { recursive: true }));
const folder = (name: string): string => join(place, name);

/** Learns from rewards, in a world without clusters. */
const createAgent = agents.tabularQ({ bounds: [0, 4], numBins: 5 });
const openFilms = (): Promise<Environment> => makeEnv(filmWorld("step", 12), { seed: "films" });
const few = { numIterations: 4, maxTrainingSteps: 30 } as const;

async function trainFilms(options: Partial<TrainOptions> = {}, signal?: AbortSignal) {
  const runner = new TrainRunner({ env: await openFilms(), createAgent, ...few, ...options });
  return runner.run(signal === undefined ? {} : { signal });
}

describe("in an own world", () => {
  test("statistics, log and steps per iteration agree", async () => {
    const out = folder("logged");
    const { iterations } = await trainFilms({ out, episodeLog: "jsonl", maxStepsPerEpisode: 5 });
    const lines = readFileSync(join(out, "train/episodes.jsonl"), "utf8").trimEnd().split("\n");
    const rows = lines.map((line) => JSON.parse(line) as Record<string, number> & { truncated: boolean });
    expect(iterations.map(({ iteration }) => iteration)).toEqual([1, 2, 3, 4]);
    for (const { iteration, episodes, steps, averageEpisodeRewards, stdEpisodeRewards, ctr } of iterations) {
      const own = rows.filter((row) => row["iteration"] === iteration);
      const numbers = [...new Set(own.map((row) => row["episode"]!))];
      const rewards = numbers.map((number) =>
        own.filter((row) => row["episode"] === number).reduce((sum, row) => sum + row["reward"]!, 0),
      );
      const mean = rewards.reduce((sum, reward) => sum + reward, 0) / rewards.length;
      const square = rewards.reduce((sum, reward) => sum + (reward - mean) ** 2, 0) / rewards.length;
      expect([own.length, numbers.length]).toEqual([steps, episodes]);
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

describe("a run's folder", () => {
  test("takes as many bytes from each iteration, however many there were", async () => {
    await bytesOf(1); // what is loaded and written once
    const [first, more] = [await bytesOf(20), await bytesOf(200)];
    expect(more).toBeLessThan(10.5 * first);
  });

  test.each(["jsonl", "parquet"] as const)(
    "goes on with more iterations to the same bytes (%s)",
    async (episodeLog) => {
      for (const [first, then, checkpointFrequency, keepCheckpoints] of [
        [4, 8, 1, 4],
        [4, 5, 3, 2],
        [1, 7, 2, 100],
        [4, 4, 1, 2],
      ] as const) {
        const [whole, longer] = [
          folder(`w-${episodeLog}-${first}-${then}`),
          folder(`l-${episodeLog}-${first}-${then}`),
        ];
        const options = { episodeLog, checkpointFrequency, numIterations: then, keepCheckpoints };
        const summary = await trainFilms({ ...options, out: whole });
        await trainFilms({ ...options, out: longer, numIterations: first, keepCheckpoints: 4 });
        const { iterations } = await trainFilms({ ...options, out: longer, resume: true });
        expect(iterations).toEqual(summary.iterations);
        if (keepCheckpoints <= 4) expect(filesIn(longer)).toEqual(filesIn(whole));
      }
    },
  );

  test("holds nothing of iterations that a crash undid", async () => {
    const [whole, crashed] = [folder("whole-of-4"), folder("crashed-at-5")];
    const options = { episodeLog: "parquet", checkpointFrequency: 3 } as const;
    await trainFilms({ ...options, out: whole });
    const env = crashing(await openFilms(), 190);
    await expect(trainFilms({ ...options, out: crashed, env, numIterations: 9 })).rejects.toThrow("a crash");
    expect(Object.keys(filesIn(crashed))).toContain("train/episodes/iteration-000005.parquet");
    await trainFilms({ ...options, out: crashed, resume: true });
    expect(filesIn(crashed)).toEqual(filesIn(whole));
  });

  test("has at least the iterations that it has", async () => {
    const out = folder("shorter");
    await trainFilms({ out });
    expect(await mistakesOf(() => trainFilms({ out, resume: true, numIterations: 3 }))).toEqual([
      '"numIterations" expected at least 4, as many as the run to resume has, got 3',
    ]);
  });

  test.each(["jsonl", "parquet"] as const)("damaged anywhere, is refused or mended (%s)", async (episodeLog) => {
    const out = folder(`mended-${episodeLog}`);
    const options = { out, episodeLog, resume: true, checkpointFrequency: 2, keepCheckpoints: 2 };
    await trainFilms(options);
    const whole = filesIn(out);
    const all = Object.keys(whole).filter((name) => name !== "run.json");
    const newest = all.filter((name) => !name.endsWith("checkpoint-000002"));
    for (const name of newest) {
      for (const damage of damages) {
        damage(join(out, name), Buffer.from(whole[name]!, "latin1"));
        const before = filesIn(out);
        const told = await mistakesOf(() => trainFilms(options));
        expect(told.join(), name).toMatch(/\(resume with repair: it (goes on from iteration [24]|begins again)\)$/);
        expect(told.join()).toContain(name);
        expect(filesIn(out)).toEqual(before);
        const { repaired = [] } = await trainFilms({ ...options, repair: true });
        expect(repaired.at(-1)).toMatch(/^The run (went on from iteration [24]|began again)\.$/);
        const mended = filesIn(out);
        const aside = Object.keys(mended).filter((each) => each.includes(".damaged"));
        for (const each of aside) rmSync(join(out, each));
        for (const each of aside) delete mended[each];
        // A run that begins again passes the checkpoints that it passed before.
        expect(mended).toEqual(whole);
        expect(await mistakesOf(() => trainFilms(options))).toEqual([]);
      }
    }
  });

  test("with foreign files is left as it is by a repair", async () => {
    const out = folder("foreign");
    await trainFilms({ out });
    const mine = ["train/checkpoints/notes", "train/checkpoints/checkpoint-000004.old", "train/mine.jsonl", "mine"];
    for (const name of mine) writeFileSync(join(out, name), "mine");
    writeFileSync(join(out, "train/checkpoints/checkpoint-000004"), "also mine");
    const { repaired } = await trainFilms({ out, resume: true, repair: true });
    const path = join(out, "train/checkpoints/checkpoint-000004");
    expect(repaired).toEqual([`${path} is damaged, and kept as ${path}.damaged.`, "The run went on from iteration 3."]);
    const files = filesIn(out);
    for (const name of mine) expect(files[name]).toBe("mine");
    expect(files["train/checkpoints/checkpoint-000004.damaged"]).toBe("also mine");
  });

  test("of another run is not mended", async () => {
    const out = folder("other");
    await trainFilms({ out });
    for (const iteration of [1, 2, 3, 4]) {
      writeFileSync(join(out, `train/checkpoints/checkpoint-00000${iteration}`), "damaged");
    }
    const before = filesIn(out);
    const told = await mistakesOf(() => trainFilms({ out, resume: true, repair: true, maxTrainingSteps: 31 }));
    expect(told).toEqual(['"maxTrainingSteps" expected 30 as in the run to resume, got 31']);
    expect(await mistakesOf(() => trainFilms({ out, repair: true }))).toHaveLength(2);
    expect(filesIn(out)).toEqual(before);
  });

  test("of evaluations is freed of what dead writers left, and of nothing else", async () => {
    const out = folder("partials");
    const below = join(out, "eval_2");
    mkdirSync(below, { recursive: true });
    const dead = spawnSync(process.execPath, ["-e", "0"]).pid;
    const [ours, alive, mine] = [`returns_0.${dead}-1`, `returns_0.${process.ppid}-1`, "x"].map((name) => {
      return join(below, `${name}.slatesim-partial`);
    });
    for (const path of [ours!, alive!, mine!]) writeFileSync(path, "half");
    await new EvalRunner({ env: await openFilms(), createAgent, maxEvalEpisodes: 2, out }).run();
    expect([ours!, alive!, mine!].map((path) => existsSync(path))).toEqual([false, true, true]);
  });

  test("that cannot be made is refused by name before anything is simulated", async () => {
    const file = folder("no-folder");
    writeFileSync(file, "mine");
    const outs = ["/proc/x", "/proc/self/x/y", join(place, "a".repeat(300)), join(file, "below"), join(place, "a\0b")];
    symlinkSync(folder("nowhere"), folder("dangling"));
    for (const out of [...outs, folder("dangling")]) {
      const env = crashing(await openFilms(), 0);
      const told = await mistakesOf(() => trainFilms({ env, out }));
      expect(told.join(), out).toMatch(/^"out" expected /);
      const evaluation = { env, createAgent, maxEvalEpisodes: 1, out };
      expect((await mistakesOf(() => new EvalRunner(evaluation).run())).join(), out).toMatch(/^"out" expected /);
    }
    expect(readFileSync(file, "utf8")).toBe("mine");
    expect(existsSync(folder("nowhere"))).toBe(false);
  });
});

/** What a run of that many one-step iterations writes. */
async function bytesOf(numIterations: number): Promise<number> {
  const out = folder(`linear-${numIterations}`);
  const settings = { numIterations, maxTrainingSteps: 1, maxStepsPerEpisode: 1 };
  const env = await makeEnv(longTermSatisfaction({ slateSize: 1 }), { seed: "linear" });
  const before = written();
  await new TrainRunner({ env, createAgent: agents.first(), ...settings, out, episodeLog: "parquet" }).run();
  return written() - before;
}

/** Bytes that this process has written so far. */
function written(): number {
  return Number(/^wchar: (\d+)$/m.exec(readFileSync("/proc/self/io", "utf8"))![1]);
}

/** Ways in which a file is no longer what it was. */
const damages: ((path: string, sound: Buffer) => void)[] = [
  (path, sound) => {
    const flipped = Buffer.from(sound);
    flipped[sound.length - 9]! ^= 1;
    writeFileSync(path, flipped);
  },
  (path, sound) => {
    const flipped = Buffer.from(sound);
    flipped[5]! ^= 1;
    writeFileSync(path, flipped);
  },
  (path, sound) => writeFileSync(path, sound.subarray(0, -1)),
  (path) => writeFileSync(path, ""),
  (path) => {
    rmSync(path);
    mkdirSync(path);
  },
];

/** The environment until it has lived so many steps. */
function crashing(env: Environment, steps: number): Environment {
  let left = steps;
  return {
    observationSpace: env.observationSpace,
    actionSpace: env.actionSpace,
    reset: (options) => env.reset(options),
    step(slate) {
      if (left-- === 0) throw new Error("a crash");
      return env.step(slate);
    },
    snapshot: () => env.snapshot(),
    restore: (snapshot) => env.restore(snapshot),
    fork: () => env.fork(),
  };
}

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
      const sentence = `"out" expected a folder, got ${JSON.stringify(out)}`;
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
