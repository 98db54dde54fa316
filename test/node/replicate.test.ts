// Learning curves: independent trainings that are the same bits in any number of threads and however often they were stopped.
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { agents, makeEnv, makeWorld, parseAgent, type AgentSpaces } from "../../src/index.js";
import {
  compareCurves,
  EvalRunner,
  readCheckpoints,
  replicate,
  replicationSeed,
  TrainRunner,
  type LearningCurve,
  type ReplicateOptions,
} from "../../src/train/index.js";
import { exactMean } from "../support/exactMoments.js";
import { filesIn } from "../support/filesIn.js";
import { filmWorld } from "../support/ownWorlds.js";
import { readRecords } from "../support/tfRecords.js";
import { interval, near, standardError } from "../support/textbook.js";

const place = mkdtempSync(join(tmpdir(), "slatesim-replicate-"));
afterAll(() => rmSync(place, { recursive: true }));
const folder = (name: string): string => join(place, name);

const world = makeWorld("lts-tradeoff", { timeBudget: 4 });
const few = { replications: 3, numIterations: 2, maxTrainingSteps: 80, maxEvalEpisodes: 6, seed: "few" };
const learn = (options: ReplicateOptions = {}, agent = "value-learner"): Promise<LearningCurve> =>
  replicate(world, agent, { ...few, ...options });

/** A curve without what the machine has a part in. */
function lasting({ timing: _timing, ...curve }: LearningCurve): Omit<LearningCurve, "timing"> {
  return curve;
}

/** Replicates, and stops after so many evaluations. */
async function stopped(evaluationsBefore: number, options: ReplicateOptions): Promise<LearningCurve> {
  const controller = new AbortController();
  const onProgress = ({ evaluations }: { readonly evaluations: number }): void => {
    if (evaluations >= evaluationsBefore) controller.abort(new Error("enough"));
  };
  return learn({ ...options, onProgress, signal: controller.signal });
}

describe("replicate", () => {
  test.each([
    ["random", 2],
    ["value-learner", 200],
  ])("returns the same curve from any number of threads: %s, %d", async (agent, workers) => {
    const curve = await learn({}, agent);
    expect(curve.timing.workers).toBe(1);
    const counts: number[] = [];
    const threaded = await learn({ workers, onProgress: ({ evaluations }) => counts.push(evaluations) }, agent);
    expect(lasting(threaded)).toEqual(lasting(curve));
    expect(threaded.timing.workers).toBe(Math.min(workers, few.replications));
    expect(counts).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const created = await replicate(world, parseAgent(agent), { ...few, workers });
    expect(created.timing.workers).toBe(1);
    expect(created.points).toEqual(curve.points);
    expect(created.settings).not.toHaveProperty("agent");
  });

  test("is an ordinary training and evaluation of each replication, on users of its own", async () => {
    const { replications } = await learn();
    for (const { replication, seed, evaluations } of replications) {
      expect(seed).toBe(`few replication ${replication}`);
      const createAgent = (spaces: AgentSpaces) => parseAgent("value-learner")(spaces, { seed });
      const inEvalMode = (spaces: AgentSpaces) => parseAgent("value-learner")(spaces, { seed, evalMode: true });
      const out = folder(`ordinary-${replication}`);
      const { numIterations, maxTrainingSteps, maxEvalEpisodes } = few;
      const training = { env: await makeEnv(world, { seed }), createAgent, numIterations, maxTrainingSteps, out };
      await new TrainRunner(training).run();
      const env = await makeEnv(world, { seed, user: 2 ** 31 });
      const checkpoints = readCheckpoints(out, "each");
      const runner = new EvalRunner({ env, createAgent: inEvalMode, checkpoints, maxEvalEpisodes });
      expect((await runner.run()).evaluations).toEqual(evaluations);
    }
    expect(replications.map(({ replication }) => replication)).toEqual([1, 2, 3]);
    expect(replicationSeed(7, 3)).toBe("7 replication 3");
  });

  test("has the mean of the replications, its standard error and Student's interval", async () => {
    const { replications, points } = await learn({ replications: 4, optimum: 60 });
    expect(points.map(({ iteration }) => iteration)).toEqual([0, 1, 2]);
    for (const { iteration, values, mean, standardError: error, ci95, regret } of points) {
      expect(values).toEqual(replications.map(({ evaluations }) => evaluations[iteration]!.averageEpisodeRewards));
      expect([mean, error]).toEqual([near(exactMean(values)), near(standardError(values))]);
      expect(ci95).toEqual(interval(mean, error, 4));
      expect(regret).toEqual({ mean: 60 - mean, ci95: [60 - ci95[1], 60 - ci95[0]], share: (60 - mean) / 60 });
    }
  });

  test("does not depend on how many replications and iterations there are", async () => {
    const small = await learn();
    const { replications } = await learn({ replications: 4, numIterations: 3 });
    const beginning = small.replications.map(({ evaluations }) => evaluations);
    expect(replications.slice(0, 3).map(({ evaluations }) => evaluations.slice(0, 3))).toEqual(beginning);
    expect(replications[3]!.evaluations).toHaveLength(4);
  });

  test("trains agents in custom worlds, in the calling thread", async () => {
    const films = filmWorld("step", 12);
    const createAgent = agents.tabularQ({ bounds: [0, 4], numBins: 5 });
    const curve = await replicate(films, createAgent, { ...few, workers: "auto" });
    expect(curve.points).toHaveLength(3);
    expect(curve.timing.workers).toBe(1);
  });
});

const complain = (): never => {
  throw new Error("mine");
};

test.each([1, 2])("what onProgress throws ends the replications (%d threads)", async (workers) => {
  await expect(learn({ workers, onProgress: complain })).rejects.toThrow("mine");
});

describe("a folder of replications", () => {
  test.each([
    [1, [5, 7]],
    [2, []],
  ])("stopped anywhere and resumed, ends with the same bytes (%d threads)", async (workers, stops) => {
    const [whole, cut] = [folder(`whole-${workers}`), folder(`cut-${workers}`)];
    const curve = await learn({ out: whole, optimum: 60 });
    const begun = await stopped(1, { out: cut, workers });
    if (workers === 1) expect(begun.points).toEqual([]); // threads hear of it between two episodes, and may be done by then
    for (const after of stops) await stopped(after, { out: cut, workers, resume: true });
    const resumed = await learn({ out: cut, workers, resume: true, optimum: 60 });
    expect(lasting(resumed)).toEqual(lasting(curve));
    expect(filesIn(cut)).toEqual(filesIn(whole));
  });

  test("goes on with more iterations and more replications to the same bytes", async () => {
    const [longer, whole] = [folder("longer"), folder("all")];
    await learn({ out: longer }, "random");
    const more = { numIterations: 3, replications: 4 };
    await learn({ ...more, out: longer, resume: true }, "random");
    await learn({ ...more, out: whole }, "random");
    expect(filesIn(longer)).toEqual(filesIn(whole));
  });

  test("keeps the finished replications of a run that was stopped", async () => {
    const { replications, points } = await stopped(7, { out: folder("kept") });
    const whole = await learn();
    expect(replications.map(({ evaluations }) => evaluations.length)).toEqual([3, 3, 1]);
    expect(points.map(({ values }) => values)).toEqual(whole.points.map(({ values }) => values.slice(0, 2)));
  });

  test("has the curve as a table and as scalars of TensorBoard", async () => {
    const out = folder("written");
    const { points } = await learn({ out, optimum: 60 });
    const [titles, ...rows] = readFileSync(join(out, "curve.csv"), "utf8").trimEnd().split("\n");
    expect(titles).toBe("iteration,replications,mean,standardError,lower,upper,regret,regretLower,regretUpper");
    const numbers = points.map(({ iteration, mean, standardError: error, ci95, regret }) => {
      return [iteration, 3, mean, error, ...ci95, regret!.mean, ...regret!.ci95];
    });
    expect(rows.map((row) => row.split(",").map(Number))).toEqual(numbers);
    const events = readRecords(new Uint8Array(readFileSync(join(out, "events.out.tfevents.0.slatesim"))));
    expect(events).toHaveLength(1 + points.length);
    points.forEach(({ mean, ci95: [lower, upper], regret }, iteration) => {
      const text = Buffer.from(events[iteration + 1]!);
      expect(text.readDoubleLE(1)).toBe(iteration); // its wall time, which is its step
      const values = { "AverageEpisodeRewards/mean": mean, "AverageEpisodeRewards/lower": lower };
      const scalars = { ...values, "AverageEpisodeRewards/upper": upper, "Regret/mean": regret!.mean };
      for (const [tag, value] of Object.entries(scalars)) {
        const at = text.indexOf(tag) + tag.length; // then a byte for the field, and the number in 32 bits
        expect(text.readFloatLE(at + 1)).toBe(Math.fround(value));
      }
    });
  });

  test("is rejected for damaged or missing evaluations, by their names", async () => {
    const out = folder("damaged");
    await learn({ out }, "random");
    const path = join(out, "replication-0002/evaluations/evaluation-000001");
    const text = readFileSync(path, "latin1");
    writeFileSync(path, text.replace(/(?<="steps":)\d+/, "1"));
    const again = { out, resume: true, numIterations: 3 };
    await expect(learn(again, "random")).rejects.toThrow(`"${path}" expected content of SHA-256 `);
    rmSync(path);
    await expect(learn({ ...again, workers: 2 }, "random")).rejects.toThrow(`"${path}" expected a file, got undefined`);
    const fewer = folder("fewer");
    await learn({ out: fewer, maxEvalEpisodes: 5 }, "random");
    for (const foreign of [path.replace(/1$/, "0"), path.replace(out, fewer)]) {
      copyFileSync(foreign, path);
      await expect(learn(again, "random")).rejects.toThrow(
        `"${path}" expected an evaluation of 6 episodes after iteration 1, got `,
      );
    }
    writeFileSync(path, text, "latin1");
    expect((await learn(again, "random")).points).toHaveLength(4);
  });
});

describe("compareCurves", () => {
  test("has the differences between two agents, replication by replication", async () => {
    const [a, b] = [await learn({}, "random"), await learn()];
    const differences = compareCurves(a, b);
    expect(differences.map(({ iteration }) => iteration)).toEqual([0, 1, 2]);
    for (const { iteration, values, mean, standardError: error, ci95 } of differences) {
      const [before, after] = [a, b].map(({ points }) => points[iteration]!.values);
      expect(values).toEqual(after!.map((value, at) => value - before![at]!));
      expect([mean, error]).toEqual([near(exactMean(values)), near(standardError(values))]);
      expect(ci95).toEqual(interval(mean, error, 3));
    }
    const none = compareCurves(a, JSON.parse(JSON.stringify(await learn({}, "random"))));
    expect(none.map(({ values }) => values)).toEqual([0, 1, 2].map(() => [0, 0, 0]));
    expect(none.map(({ ci95 }) => ci95)).toEqual([0, 1, 2].map(() => [NaN, NaN])); // three that are equal say nothing yet
  });
});
