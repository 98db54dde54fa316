// What a notebook shows of a result that a cell ends with.
import { beforeAll, describe, expect, test } from "vitest";
import { chart } from "../../src/htmlReport/index.js";
import {
  agents,
  compare,
  makeEnv,
  mergeRuns,
  policies,
  scenarios,
  simulate,
  solve,
  sweep,
  worldGrid,
  type Run,
} from "../../src/index.js";
import { showResult } from "../../src/notebook/showResult.js";
import { EvalRunner, replicate, TrainRunner } from "../../src/train/index.js";

const METHOD = Symbol.for("Jupyter.display");
const world = scenarios["lts-tradeoff"];
const rivals = [policies.random(), policies.mix(2)];

let results: Readonly<Record<string, object>>;
beforeAll(async () => {
  const few = { users: 100, steps: 3 };
  const env = await makeEnv(world);
  const training = { env, createAgent: agents.random(), numIterations: 1, maxTrainingSteps: 60 };
  const evaluation = { env, createAgent: agents.random(), maxEvalEpisodes: 2 };
  const replicated = { replications: 2, numIterations: 1, maxTrainingSteps: 60, maxEvalEpisodes: 2 };
  const run = await simulate(world, policies.random(), few);
  results = {
    run,
    "merged runs": mergeRuns(run, await simulate(world, policies.random(), { ...few, firstUser: 100 })),
    comparison: await compare(world, rivals, few),
    sweep: await sweep(worldGrid("lts", { sensitivity: [0.02, 0.1] }), rivals, few),
    solution: await solve(world, { steps: 3, gridSize: 9 }),
    training: await new TrainRunner(training).run(),
    evaluation: await new EvalRunner(evaluation).run(),
    curve: await replicate(world, "random", replicated),
  };
});

/** Calls the method as a kernel does. */
function shown(result: object): Promise<Record<string, string>> {
  return (result as Record<typeof METHOD, () => Promise<Record<string, string>>>)[METHOD]!();
}

describe("a notebook", () => {
  test("shows the main numbers and a chart of every result", async () => {
    for (const [name, result] of Object.entries(results)) {
      const { "text/plain": text, "text/html": html, ...more } = await shown(result);
      expect(more).toEqual({});
      expect(html, name).toMatch(/<table>[\s\S]*<img alt="[^"]{20,}" src="data:image\/svg\+xml,%3Csvg[^"]*">$/);
      expect(decodeURIComponent(/src="data:image\/svg\+xml,([^"]*)"/.exec(html!)![1]!)).toBe(
        await chart(result as Run),
      );
      expect(text, name).toMatch(/\d/);
      expect(html).not.toMatch(/<script|https?:|NaN|undefined/);
    }
    const { metrics } = results["run"] as Run;
    for (const content of Object.values(await shown(results["run"]!)))
      expect(content).toContain(metrics.totalReward.mean.toFixed(1));
  });

  test("escapes names of others", async () => {
    const foreign = `<img src=x onerror="a">\u202e`;
    const { "text/plain": text, "text/html": html } = await showResult({
      ...(results["run"] as Run),
      policy: foreign,
      scenario: foreign,
    });
    expect(html).not.toContain("<img src=x");
    expect(text! + html!).not.toContain("\u202e");
  });

  test("leaves results as they are without it", () => {
    for (const result of Object.values(results)) {
      expect(Object.getOwnPropertyDescriptor(result, METHOD)).toMatchObject({ enumerable: false });
      expect(METHOD in { ...result }).toBe(false);
      expect(structuredClone(result)).toStrictEqual({ ...result });
      expect(result).toStrictEqual({ ...result });
      expect(JSON.stringify(result)).toBe(JSON.stringify({ ...result }));
    }
  });
});
