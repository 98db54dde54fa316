// What TrainRunner and EvalRunner refuse, and what each of them says.
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { agents, makeEnv, type Agent } from "../../src/index.js";
import { EvalRunner, readCheckpoints, TrainRunner, type TrainOptions } from "../../src/train/index.js";
import { createAgent, few, openFilms, trainFilms } from "../support/films.js";
import { filesIn } from "../support/filesIn.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { filmWorld } from "../support/ownWorlds.js";

const place = mkdtempSync(join(tmpdir(), "slatesim-refused-runners-"));
afterAll(() => rmSync(place, { recursive: true }));
const folder = (name: string): string => join(place, name);

describe("bad input to the runners", () => {
  test("is refused with every mistake", async () => {
    const counts = { numIterations: 0, maxTrainingSteps: 1.5, maxStepsPerEpisode: NaN, checkpointFrequency: "1" };
    const rest = { out: 5, episodeLog: "csv", resume: 1, provenance: { f: () => 1 }, iterations: 3 };
    const told = await mistakesOf(() => new TrainRunner({ env: 1, createAgent: 2, ...counts, ...rest } as never));
    const count = "expected an integer in [1, 2147483647], got";
    expect(told).toEqual([
      '"env" expected an environment, got 1',
      '"createAgent" expected a function, got 2',
      '"iterations" is not a training option (did you mean "numIterations"?)',
      `"numIterations" ${count} 0`,
      `"maxTrainingSteps" ${count} 1.5`,
      `"maxStepsPerEpisode" ${count} NaN`,
      `"checkpointFrequency" ${count} "1"`,
      '"episodeLog" expected one of "jsonl", "parquet", got "csv"',
      '"resume" expected true or false, got 1',
      '"provenance" expected plain data, got a function',
      '"out" expected the name of a folder, got 5',
    ]);
    const evaluation = { maxEvalEpisodes: 0, maxStepsPerEpisode: 0, out: "", provenance: 1, checkpoints: [{}], x: 1 };
    const said = await mistakesOf(() => new EvalRunner({ env: {}, createAgent: null, ...evaluation } as never));
    expect(said).toEqual([
      '"env" expected an environment, got {}',
      '"createAgent" expected a function, got null',
      '"x" is not an evaluation option',
      `"maxEvalEpisodes" ${count} 0`,
      `"maxStepsPerEpisode" ${count} 0`,
      '"out" expected the name of a folder, got ""',
      '"provenance" expected an object, got 1',
      '"checkpoints" expected checkpoints from readCheckpoints, got [{}]',
    ]);
    for (const [nothing, shown] of [
      [undefined, "undefined"],
      [null, "null"],
      [3, "3"],
      [[], "[]"],
    ] as const) {
      const sentence = `"options" expected an object, got ${shown}`;
      expect(await mistakesOf(() => new TrainRunner(nothing as never))).toEqual([sentence]);
      expect(await mistakesOf(() => new EvalRunner(nothing as never))).toEqual([sentence]);
      expect(await mistakesOf(() => readCheckpoints(nothing as never))).toEqual([
        `"out" expected the name of a folder, got ${shown}`,
      ]);
    }
    const env = await openFilms();
    expect(await mistakesOf(() => new TrainRunner({ env, createAgent, provenance: { numIterations: 3 } }))).toEqual([
      '"provenance" expected names other than numIterations, maxTrainingSteps, maxStepsPerEpisode, checkpointFrequency, keepCheckpoints, episodeLog, streamVersion, got "numIterations"',
    ]);
  });

  test("to a run, and makers that make no agents, are refused", async () => {
    const env = await openFilms();
    const train = { env, createAgent, ...few };
    const evaluation = { env, createAgent, maxEvalEpisodes: 2 };
    for (const [control, sentence] of [
      [null, '"control" expected an object, got null'],
      [5, '"control" expected an object, got 5'],
      [{ signal: 1 }, '"signal" expected an AbortSignal, got 1'],
      [{ onProgress: 1 }, '"onProgress" expected a function, got 1'],
    ] as const) {
      expect(await mistakesOf(() => new TrainRunner(train).run(control as never))).toEqual([sentence]);
      expect(await mistakesOf(() => new EvalRunner(evaluation).run(control as never))).toEqual([sentence]);
    }
    const methods = "beginEpisode, step, endEpisode, snapshot, restore";
    for (const [made, shown] of [
      [null, "null"],
      [5, "5"],
      [{}, `one without ${methods}`],
      [{ beginEpisode() {}, step() {}, endEpisode() {} }, "one without snapshot, restore"],
    ] as const) {
      const create = (): Agent => made as never;
      const sentence = `"createAgent" expected a function that returns an agent, with ${methods}, got ${shown}`;
      expect(await mistakesOf(() => new TrainRunner({ ...train, createAgent: create }).run())).toEqual([sentence]);
      expect(await mistakesOf(() => new EvalRunner({ ...evaluation, createAgent: create }).run())).toEqual([sentence]);
    }
  });

  test("as a folder is refused before anything is simulated", async () => {
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
    expect(await mistakesOf(() => new TrainRunner({ env, createAgent, out: used }))).toEqual([
      `"out" expected a folder that is new or empty (resume continues a run), got "${used}"`,
    ]);
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
    const content = /expected content of SHA-256 [0-9a-f]{64}, got "[0-9a-f]{64}"/;
    const firstLine = 'expected a first line "slatesim checkpoint 2 sha256 …", got';
    for (const [bad, wrong] of [
      [flipped, content],
      [sound.subarray(0, -5), content],
      [other, "expected 4 iterations, as it is named, got 3"],
      [Buffer.from("hello"), `${firstLine} "hello"`],
      [Buffer.alloc(0), `${firstLine} ""`],
    ] as const) {
      writeFileSync(path, bad);
      const before = filesIn(out);
      const [read, resumed] = [
        await mistakesOf(() => readCheckpoints(out)),
        await mistakesOf(() => trainFilms({ out, resume: true })),
      ].map((told) => told.map((mistake) => mistake.replace(wrong, "is not sound")));
      expect(read).toEqual([
        `"${path}" is not sound (of the checkpoints there, sound are those after 1, 2, 3 iterations)`,
      ]);
      expect(resumed).toEqual([`"${path}" is not sound (resume with repair: it resumes from iteration 3)`]);
      expect(filesIn(out)).toEqual(before);
    }
    writeFileSync(path, sound);
    const ninth = join(out, "train/checkpoints/checkpoint-000009");
    mkdirSync(ninth);
    expect(await mistakesOf(() => readCheckpoints(out))).toEqual([
      `"${ninth}" expected a file, got "something else" (of the checkpoints there, sound are those after 1, 2, 3, 4 iterations)`,
    ]);
    rmSync(ninth, { recursive: true });
    writeFileSync(join(out, "train/checkpoints/checkpoint-0000009"), "not named as ours are");
    expect(readCheckpoints(out)[0]!.iteration).toBe(4);
  });

  test("as files that somebody else writes to meanwhile, is refused", async () => {
    const out = folder("shared");
    const runner = new TrainRunner({ env: await openFilms(), createAgent, ...few, out, episodeLog: "jsonl" });
    const log = join(out, "train/episodes.jsonl");
    let bytes = 0;
    const onProgress = (): void => {
      bytes = statSync(log).size;
      appendFileSync(log, "of another run\n");
    };
    const told = await mistakesOf(() => runner.run({ onProgress }));
    expect(bytes).toBeGreaterThan(0);
    expect(told).toEqual([
      `"${log}" expected ${bytes} bytes, as this run left it (does another one write to the folder?), got ${bytes + 15}`,
    ]);
  });

  test("to a resumed run is refused where it is not the run that was begun", async () => {
    const out = folder("begun");
    await trainFilms({ out, provenance: { agent: "q" } });
    const before = filesIn(out);
    const run = "as in the run to resume, got";
    const begun = `expected one whose first snapshot has the SHA-256 #, ${run} "#"`;
    const others: [string, Partial<TrainOptions>][] = [
      [`"maxTrainingSteps" expected 30 ${run} 31`, { maxTrainingSteps: 31 }],
      [`"episodeLog" expected nothing ${run} "jsonl"`, { episodeLog: "jsonl" }],
      [`"agent" expected "q" ${run} "r"`, { provenance: { agent: "r" } }],
      [`"agent" ${begun}`, { createAgent: agents.random() }],
      [`"env" ${begun}`, { env: await makeEnv(filmWorld("step", 12), { seed: "other" }) }],
      [`"env" ${begun}`, { env: await makeEnv(filmWorld("step", 11), { seed: "films" }) }],
    ];
    for (const [sentence, options] of others) {
      const told = await mistakesOf(() => trainFilms({ out, resume: true, provenance: { agent: "q" }, ...options }));
      expect(told.map((mistake) => mistake.replaceAll(/[0-9a-f]{64}/g, "#"))).toEqual([sentence]);
    }
    const checkpoints = readCheckpoints(out);
    const asked = { env: await openFilms(), createAgent, checkpoints };
    expect(await mistakesOf(() => new EvalRunner({ ...asked, provenance: { agent: "r", toString: "x" } }))).toEqual([
      '"agent" expected "q" as in the checkpoint after iteration 4, got "r"',
    ]);
    expect(await mistakesOf(() => new EvalRunner({ ...asked, createAgent: agents.first() }).run())).toEqual([
      '"snapshot.agent" expected "first", got "tabularQ"',
    ]);
    expect(filesIn(out)).toEqual(before);
  });
});
