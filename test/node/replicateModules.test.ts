// Learning curves of agents and worlds from modules, which import the built package.
import { expect, test } from "vitest";
import { importAgent, importWorld } from "slatesim";
import { replicate, type LearningCurve } from "slatesim/train";

const few = { replications: 3, numIterations: 1, maxTrainingSteps: 20, maxEvalEpisodes: 4, seed: "few" };

/** A curve without what the machine has a part in. */
function lasting({ timing: _timing, ...curve }: LearningCurve): Omit<LearningCurve, "timing"> {
  return curve;
}

test("trains agents of modules in worlds of modules in threads, too", async () => {
  const modules = new URL("../support/moduleWorlds.mjs", import.meta.url);
  const [small, learner] = [await importWorld(modules, "small"), await importAgent(modules, "learner")];
  const alone = await replicate(small, learner, few);
  const threaded = await replicate(small, learner, { ...few, workers: 2 });
  expect([alone.timing.workers, threaded.timing.workers]).toEqual([1, 2]);
  expect(lasting(threaded)).toEqual(lasting(alone));
  const asValue = await replicate(small, (...given) => learner(...given), { ...few, workers: 2 });
  expect([asValue.timing.workers, asValue.points]).toEqual([1, alone.points]);
  await importWorld(modules, "changing");
  const changing = await importWorld(modules, "changing"); // the second one, as threads have the first
  await expect(replicate(changing, learner, { ...few, workers: 2 })).rejects.toThrow(
    /expected "changing" to be the world of hash [0-9a-f]{16}, as when the run began/,
  );
});
