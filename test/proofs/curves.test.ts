// The interval of a learning curve holds the exact mean as often as it says: small replications of an agent whose mean is known.
import { describe, expect, test } from "vitest";
import { makeWorld, solve } from "../../src/index.js";
import { replicate } from "../../src/train/index.js";

const EXPERIMENTS = 1500;
/** Four standard errors of a share of 95 % among so many. */
const BAND = 4 * Math.sqrt((0.95 * 0.05) / EXPERIMENTS);
/** Its engagement varies little, so that a mean over the episodes of an evaluation is nearly normal. */
const world = makeWorld("lts-tradeoff", {
  timeBudget: 4,
  slateSize: 1,
  numCandidates: 2,
  memeEngagementLogStddev: 0.1,
  educationalEngagementLogStddev: 0.1,
});

describe("the 95 percent interval of a learning curve", () => {
  test.each([2, 3, 5])("holds the mean of the random agent in 95 percent of %d replications", async (replications) => {
    const mean = (await solve(world)).policies["random"]!;
    const held = [0, 0];
    for (let experiment = 0; experiment < EXPERIMENTS; experiment++) {
      const options = { replications, numIterations: 1, maxTrainingSteps: 4, maxEvalEpisodes: 32 };
      const { points } = await replicate(world, "random", { ...options, seed: `curve ${experiment}` });
      for (const { iteration, ci95 } of points) if (ci95[0] <= mean && mean <= ci95[1]) held[iteration]! += 1;
    }
    const shares = held.map((count) => count / EXPERIMENTS);
    console.log(`${replications} replications: ${shares.map((share) => `${(100 * share).toFixed(2)} %`).join(", ")}`);
    for (const share of shares) expect(Math.abs(share - 0.95)).toBeLessThan(BAND);
  });
});
