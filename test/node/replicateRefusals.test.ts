// What `replicate` and `compareCurves` refuse, every mistake at once.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { agentNames, agents, makeWorld } from "../../src/index.js";
import { compareCurves, replicate, type LearningCurve, type ReplicateOptions } from "../../src/train/index.js";
import { filesIn } from "../support/filesIn.js";
import { mistakesOf } from "../support/mistakesOf.js";

const place = mkdtempSync(join(tmpdir(), "slatesim-replicate-refusals-"));
afterAll(() => rmSync(place, { recursive: true }));
const folder = (name: string): string => join(place, name);

const world = makeWorld("lts-tradeoff", { timeBudget: 2, slateSize: 1, numCandidates: 2 });
const few = { replications: 2, numIterations: 1, maxTrainingSteps: 2, maxEvalEpisodes: 2 };
const learn = (options: ReplicateOptions = {}): Promise<LearningCurve> =>
  replicate(world, "random", { ...few, ...options });

describe("replicate refuses", () => {
  test("every bad option at once", async () => {
    const bad = {
      replications: 1,
      maxEvalEpisodes: 0.5,
      seed: "",
      workers: 0,
      optimum: NaN,
      onProgress: 1,
      signal: {},
      numIterations: 0,
      resume: true,
      replication: 3,
    };
    const names = agentNames.map((name) => `"${name}"`).join(", ");
    expect(await mistakesOf(() => replicate(world, "randon", bad as never))).toEqual([
      '"replication" is not a replication option (did you mean "replications"?)',
      `"agent" expected one of ${names}, got "randon" (did you mean "random"?)`,
      '"replications" expected an integer in [2, 9999], got 1',
      '"maxEvalEpisodes" expected an integer in [1, 2147483647], got 0.5',
      '"seed" expected a text that is not empty, or a finite number, got ""',
      '"workers" expected "auto" or an integer in [1, 256], got 0',
      '"optimum" expected a finite number, got NaN',
      '"onProgress" expected a function, got 1',
      '"signal" expected an AbortSignal, got {}',
      '"numIterations" expected an integer in [1, 2147483647], got 0',
      '"out" expected the folder of the run to resume, got undefined',
    ]);
    expect(await mistakesOf(() => replicate({} as never, 5 as never))).toEqual([
      expect.stringMatching(/^"world" expected one of `scenarios`/),
      '"agent" expected a name or a function, got 5',
    ]);
    expect(await mistakesOf(() => replicate(world, "random", 5 as never))).toEqual([
      '"options" expected an object, got 5',
    ]);
  });

  test("a solution of another world, or of other returns", async () => {
    const other = makeWorld("lts", { timeBudget: 3, slateSize: 1, numCandidates: 2 });
    const returns = { value: 5, valueError: 0.1 };
    const solved = { ...returns, world: other.hash, steps: 3, discount: 0.5, warmUp: 1 };
    expect(await mistakesOf(() => learn({ optimum: solved as never }))).toEqual([
      `"optimum.world" expected "${world.hash}" as in the replications, got "${other.hash}"`,
      '"optimum.steps" expected 2 as in the replications, got 3',
      '"optimum.discount" expected 1 as in the replications, got 0.5',
      '"optimum.warmUp" expected 0 as in the replications, got 1',
    ]);
    const optimum = { ...returns, world: world.hash, steps: 2 } as never;
    expect((await learn({ optimum })).optimum).toEqual(returns);
  });

  test("folders of something else, and of replications with other settings, and changes nothing in them", async () => {
    const [out, foreign, file] = [folder("begun"), folder("foreign"), folder("file")];
    await learn({ out });
    mkdirSync(foreign);
    writeFileSync(join(foreign, "notes"), "mine");
    writeFileSync(file, "mine");
    const before = filesIn(place);
    const empty = "a folder that is new or empty (resume continues a run)";
    const replications = `replications to resume, with settings in ${join(foreign, "curve.json")}`;
    expect(await mistakesOf(() => learn({ out }))).toEqual([`"out" expected ${empty}, got "${out}"`]);
    expect(await mistakesOf(() => learn({ out: foreign, resume: true }))).toEqual([
      `"out" expected ${replications}, got "${foreign}"`,
    ]);
    expect(await mistakesOf(() => learn({ out: file }))).toEqual([`"out" expected a folder, got "${file}"`]);
    const changed = { seed: 1, maxEvalEpisodes: 3, maxTrainingSteps: 5, out, resume: true };
    expect(await mistakesOf(() => replicate(world, "first", { ...few, ...changed }))).toEqual([
      '"agent" expected "random" as in the replications to resume, got "first"',
      '"seed" expected "0" as in the replications to resume, got "1"',
      '"maxTrainingSteps" expected 2 as in the replications to resume, got 5',
      '"maxEvalEpisodes" expected 2 as in the replications to resume, got 3',
    ]);
    await learn({ out: folder("many"), replications: 3, numIterations: 2 });
    expect(await mistakesOf(() => learn({ out: folder("many"), resume: true }))).toEqual([
      '"replications" expected at least 3, as many as there are to resume, got 2',
    ]);
    const shorter = { out: folder("many"), resume: true, replications: 3 };
    const rule = '"numIterations" expected at least 2, as many as the run to resume has, got 1';
    const many = filesIn(folder("many"));
    for (const workers of [1, 2]) expect(await mistakesOf(() => learn({ ...shorter, workers }))).toEqual([rule]);
    expect(filesIn(folder("many"))).toEqual(many);
    rmSync(folder("many"), { recursive: true });
    expect(filesIn(place)).toEqual(before);
  });

  test("an agent that is none, by the error of the training", async () => {
    expect(await mistakesOf(() => replicate(world, (() => ({})) as never, few))).toEqual([
      expect.stringMatching(/^"createAgent" expected a function that returns an agent, with beginEpisode, /),
    ]);
  });
});

describe("compareCurves refuses", () => {
  test("curves of other users, field by field", async () => {
    const others = makeWorld("lts", { timeBudget: 2, slateSize: 1, numCandidates: 2 });
    const settings = {
      replications: 3,
      numIterations: 2,
      maxTrainingSteps: 4,
      maxStepsPerEpisode: 2,
      maxEvalEpisodes: 3,
    };
    const other = await replicate(others, agents.first(), { ...settings, seed: "other" });
    const own = await learn();
    expect(await mistakesOf(() => compareCurves(own, other))).toEqual([
      `"world" expected "${world.hash}" as in the curve a, got "${others.hash}"`,
      '"seed" expected "0" as in the curve a, got "other"',
      '"replications" expected 2 as in the curve a, got 3',
      '"numIterations" expected 1 as in the curve a, got 2',
      '"maxTrainingSteps" expected 2 as in the curve a, got 4',
      '"maxStepsPerEpisode" expected 27000 as in the curve a, got 2',
      '"maxEvalEpisodes" expected 2 as in the curve a, got 3',
      '"finished" expected [1,2] as in the curve a, got [1,2,3]',
    ]);
  });

  test("what is no curve", async () => {
    expect(await mistakesOf(() => compareCurves(null as never, { settings: {} } as never))).toEqual([
      '"a" expected a learning curve from replicate, got null',
      expect.stringMatching(/^"b" expected a learning curve from replicate, got /),
    ]);
  });
});
