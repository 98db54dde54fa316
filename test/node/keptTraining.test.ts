// What an interrupted training keeps, and which checkpoints stay.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { agents, longTermSatisfaction, makeEnv, type Agent, type AgentSpaces } from "../../src/index.js";
import { checkpointIterations } from "../../src/train/checkpointFolder.js";
import {
  EvalRunner,
  readCheckpoints,
  TrainRunner,
  type TrainSettings,
  type TrainSummary,
} from "../../src/train/index.js";
import { filesIn } from "../support/filesIn.js";

const place = mkdtempSync(join(tmpdir(), "kept-training-"));
afterAll(() => rmSync(place, { recursive: true }));

const world = longTermSatisfaction({ timeBudget: 4 });
const createAgent = agents.clusterBandit({ memory: "lifetime" });

/** Trains for ten iterations of two lives; interrupted, where `after` says so, once so many steps are lived. */
async function train(out: string, settings: TrainSettings, after = Infinity): Promise<TrainSummary> {
  const env = await makeEnv(world, { seed: "kept" });
  const controller = new AbortController();
  const onProgress = ({ steps }: { steps: number }): void => {
    if (steps >= after) controller.abort(new Error("enough"));
    // The run looks up now and then; so it does at once.
    if (steps >= after) for (const until = performance.now() + 60; performance.now() < until;);
  };
  const all = { numIterations: 10, maxTrainingSteps: 8, out: join(place, out), ...settings };
  return new TrainRunner({ env, createAgent, ...all }).run({ onProgress, signal: controller.signal });
}

const told = (out: string): unknown[] => JSON.parse(readFileSync(join(place, out, "run.json"), "utf8")).iterations;

test("an interrupted training keeps its last whole iteration, and goes on from there to the same bytes", async () => {
  const settings = { checkpointFrequency: 4, keepCheckpoints: 2 };
  const whole = await train("whole", settings);
  expect(whole.iterations).toHaveLength(10);
  expect(checkpointIterations(join(place, "whole"))).toEqual([8, 10]); // of 0, 4, 8 and the last
  const cut = await train("cut", settings, 6 * 8);
  expect(cut.iterations).toEqual(whole.iterations.slice(0, 6));
  expect(told("cut")).toHaveLength(6);
  expect(checkpointIterations(join(place, "cut"))).toEqual([0, 4, 6]); // the sixth is nobody's plan, and counts for none
  const [newest] = readCheckpoints(join(place, "cut"));
  expect(newest).toMatchObject({ iteration: 6, totalSteps: 48, episodes: 12 });
  const rest = await train("cut", { ...settings, resume: true }, 7 * 8);
  expect(rest.iterations).toHaveLength(7);
  expect(checkpointIterations(join(place, "cut"))).toEqual([0, 4, 6, 7]);
  expect((await train("cut", { ...settings, resume: true })).iterations).toEqual(whole.iterations);
  expect(filesIn(join(place, "cut"))).toEqual(filesIn(join(place, "whole")));
});

test("a training that is interrupted before its first iteration keeps its beginning", async () => {
  const env = await makeEnv(world, { seed: "kept" });
  const out = join(place, "none");
  const signal = AbortSignal.abort(new Error("at once"));
  const runner = new TrainRunner({ env, createAgent, numIterations: 1, maxTrainingSteps: 400_000, out });
  expect((await runner.run({ signal })).iterations).toEqual([]);
  expect(checkpointIterations(out)).toEqual([0]);
  expect(told("none")).toEqual([]);
});

test("a second run begins where the first did, and so does the agent that it makes", async () => {
  const env = await makeEnv(world, { seed: "kept" });
  const found: unknown[] = [];
  const watching = (spaces: AgentSpaces): Agent => {
    found.push(env.snapshot());
    return createAgent(spaces);
  };
  const runner = new TrainRunner({ env, createAgent: watching, numIterations: 2, maxTrainingSteps: 8 });
  const { iterations } = await runner.run();
  expect((await runner.run()).iterations).toEqual(iterations);
  expect(found[1]).toEqual(found[0]);
});

test("an error that comes after the interruption is heard", async () => {
  const env = await makeEnv(world, { seed: "kept" });
  const controller = new AbortController();
  const onProgress = (): void => {
    controller.abort(new Error("enough"));
    throw new Error("mine");
  };
  const runner = new TrainRunner({ env, createAgent, numIterations: 3, maxTrainingSteps: 8 });
  await expect(runner.run({ onProgress, signal: controller.signal })).rejects.toThrow("mine");
});

const inEvalMode = (spaces: AgentSpaces): Agent => createAgent(spaces, { evalMode: true });

test("every checkpoint is evaluated from the same beginning, and as its own agent", async () => {
  const trained = readCheckpoints(join(place, "whole"), "each");
  const env = await makeEnv(world, { seed: "eval", user: 2 ** 31 });
  const evaluate = async (checkpoints: typeof trained) => {
    const runner = new EvalRunner({ env, createAgent: inEvalMode, checkpoints, maxEvalEpisodes: 3 });
    return (await runner.run()).evaluations;
  };
  const together = await evaluate(trained);
  const apart: (typeof together)[number][] = [];
  for (const checkpoint of trained) {
    env.restore(await makeEnv(world, { seed: "eval", user: 2 ** 31 }).then((fresh) => fresh.snapshot()));
    apart.push(...(await evaluate([checkpoint])));
  }
  expect(together).toEqual(apart);
  expect(together.map(({ iteration, trainingSteps }) => [iteration, trainingSteps])).toEqual([
    [8, 64],
    [10, 80],
  ]);
});
