// What nobody should hand to the doors of slatesim/train, and what each answers: a refusal, never an inner error.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { agents, InvalidInput, longTermSatisfaction, makeEnv } from "../../src/index.js";
import * as doors from "../../src/train/index.js";

const place = mkdtempSync(join(tmpdir(), "slatesim-hostile-"));
afterAll(() => rmSync(place, { recursive: true }));

const cyclic: Record<string, unknown> = {};
cyclic["self"] = cyclic;
const deep = Array.from({ length: 20_000 }).reduce<object>((inner) => ({ inner }), {});
const deepList = Array.from({ length: 20_000 }).reduce<unknown[]>((inner) => [inner], []);

const hostile = fc.constantFrom<unknown>(
  5n,
  Symbol("s"),
  Object.create(null),
  cyclic,
  deep,
  deepList,
  "a\0b",
  "",
  NaN,
  -1,
  0.5,
  null,
  [],
  [cyclic],
  [null],
  () => 1,
  new Date(NaN),
  new Map(),
  "/proc/x",
  "\u202e",
  { toString: () => 5 },
  { signal: 5n },
);
const names = ["maxTrainingSteps", "numIterations", "maxEvalEpisodes", "maxStepsPerEpisode", "checkpointFrequency"];
const options = [
  "keepCheckpoints",
  "out",
  "episodeLog",
  "resume",
  "repair",
  "provenance",
  "checkpoints",
  "createAgent",
  "env",
];
const fields = fc.dictionary(fc.constantFrom(...names, ...options, "x"), hostile, { minKeys: 1, maxKeys: 4 });

const world = longTermSatisfaction({ timeBudget: 2 });
const env = await makeEnv(world);
const createAgent = agents.first();
const small = { numIterations: 1, maxTrainingSteps: 1, maxEvalEpisodes: 1 };
const two = { ...small, replications: 2 };
const checkpoint = { settings: {}, iteration: 1, totalSteps: 1, agent: createAgent(env).snapshot() };

/** Every door, and what it does with something hostile. */
const calls: Readonly<Record<string, (given: never, wrapped: object) => unknown>> = {
  TrainRunner: (given, wrapped) => {
    const own = { env, createAgent, numIterations: 1, maxTrainingSteps: 1 };
    return [() => new doors.TrainRunner(given), () => runAll(new doors.TrainRunner({ ...own, ...wrapped }), given)];
  },
  EvalRunner: (given, wrapped) => {
    const own = { env, createAgent, maxEvalEpisodes: 1 };
    const checkpoints = [{ ...checkpoint, ...wrapped, settings: given }] as never;
    return [
      () => new doors.EvalRunner(given),
      () => runAll(new doors.EvalRunner({ ...own, ...wrapped }), given),
      () => new doors.EvalRunner({ ...own, checkpoints, provenance: { x: 1 } }).run(),
      () => new doors.EvalRunner({ ...own, checkpoints: [{ ...checkpoint, agent: given }] as never }).run(),
    ];
  },
  trainSettingMistakes: (given, wrapped) => [
    () => doors.trainSettingMistakes(given),
    () => doors.trainSettingMistakes({ ...small, ...wrapped }),
  ],
  evalSettingMistakes: (given, wrapped) => [
    () => doors.evalSettingMistakes(given),
    () => doors.evalSettingMistakes(wrapped),
  ],
  replicate: (given, wrapped) => [
    () => doors.replicate(given, "random", two),
    () => doors.replicate(world, given, two),
    () => doors.replicate(world, "random", { ...two, ...wrapped }),
  ],
  replicationSeed: (given) => [() => doors.replicationSeed(given, 1), () => doors.replicationSeed(1, given)],
  compareCurves: (given, wrapped) => [
    () => doors.compareCurves(given, given),
    () => doors.compareCurves(wrapped as never, wrapped as never),
  ],
  readCheckpoints: (given) => [() => doors.readCheckpoints(given), () => doors.readCheckpoints(place, given)],
};

async function runAll(runner: { run(control?: object): Promise<unknown> }, control: object): Promise<void> {
  await runner.run(control);
}

describe("hostile input", () => {
  test("is tried at every door", () => {
    const exported = Object.entries(doors).filter(([, door]) => typeof door === "function");
    expect(Object.keys(calls).toSorted()).toEqual(exported.map(([name]) => name).toSorted());
  });

  test.each(Object.keys(calls))("is refused by %s, or does no harm", async (name) => {
    await fc.assert(
      fc.asyncProperty(hostile, fields, async (given, wrapped) => {
        for (const call of calls[name]!(given as never, wrapped) as (() => unknown)[]) {
          try {
            await call();
          } catch (error) {
            expect(error).toBeInstanceOf(InvalidInput);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  test("that is another at the second reading is what it was at the first", async () => {
    const reads: Record<string, number> = {};
    const turning = (name: string, first: unknown): PropertyDescriptor => ({
      enumerable: true,
      get: () => ((reads[name] = (reads[name] ?? 0) + 1) === 1 ? first : 5n),
    });
    const own = { env, createAgent, maxTrainingSteps: 1, numIterations: 1, maxStepsPerEpisode: 7, provenance: {} };
    const provenance = Object.defineProperties({}, { a: turning("a", 1) });
    const given = Object.fromEntries(
      Object.entries({ ...own, provenance }).map(([name, value]) => [name, turning(name, value)]),
    );
    const { settings } = await new doors.TrainRunner(Object.defineProperties({}, given) as never).run();
    expect(settings).toMatchObject({ a: 1, maxTrainingSteps: 1, numIterations: 1, maxStepsPerEpisode: 7 });
    expect(Object.values(reads)).toEqual(Object.keys(reads).map(() => 1));
    const control = Object.defineProperties({}, { signal: turning("signal", AbortSignal.abort()) });
    const runner = new doors.EvalRunner({ env, createAgent, maxEvalEpisodes: 1 });
    expect((await runner.run(control)).evaluations.length).toBeLessThan(2);
  });
});
