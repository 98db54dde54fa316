// The parts of the value learner: models of steps, traces, slopes and plans.
import fc from "fast-check";
import { expect, test } from "vitest";
import { drawsAt } from "../../src/index.js";
import { nextTraces, noTraces } from "../../src/agents/valueLearner/belief.js";
import { fitMixes, noMixSums, addStep } from "../../src/agents/valueLearner/mixModel.js";
import { Plan } from "../../src/agents/valueLearner/plan.js";

test("models of exact steps are what the steps follow", () => {
  const coefficient = fc.double({ min: -5, max: 5, noNaN: true });
  const constants = fc.array(fc.tuple(coefficient, coefficient), { minLength: 2, maxLength: 4 });
  fc.assert(
    fc.property(constants, coefficient, coefficient, fc.double({ min: -1, max: 1, noNaN: true }), (mixes, a, b, c) => {
      const sums = noMixSums(mixes.length);
      mixes.forEach(([reward, next], mix) => {
        for (let i = 0; i < 40_000; i++) {
          const x = ((i % 41) - 20) / 20;
          const ends = i % 4 === 0 && c === 0;
          sums[mix] = addStep(sums[mix]!, x, reward + a * x + b * x * x, ends ? null : next + c * x);
        }
      });
      fitMixes(sums).forEach(({ reward, next, goesOn }, mix) => {
        const [asReward, asNext] = mixes[mix]!;
        expect(reward).toEqual([asReward, a, b].map((x) => expect.closeTo(x, 1)));
        if (c !== 0) expect(next).toEqual([expect.closeTo(asNext, 1), expect.closeTo(c, 1)]);
        expect(goesOn).toBe(c === 0 ? 0.75 : 1);
      });
    }),
    { numRuns: 8 },
  );
});

test("moving averages of what does not change come to be that", () => {
  let traces = noTraces();
  for (let i = 0; i < 500; i++) traces = nextTraces(traces, 0.5, 7);
  expect(traces).toEqual([1, 1, 7, 0.5, 1, 7, 0.5, 1, 7, 0.5].map((x) => expect.closeTo(x, 9)));
});

/** The slopes that are fitted to mixes whose slopes differ by `own`, seen through noise. */
function slopes(own: number, noise: number): number[] {
  const sums = noMixSums(3);
  for (let mix = 0; mix < 3; mix++) {
    const draws = drawsAt({ seed: "slopes", user: mix });
    for (let i = 0; i < 6000; i++) {
      const x = draws.uniform() * 2 - 1;
      sums[mix] = addStep(sums[mix]!, x, 5 + own * mix * x + noise * draws.normal(), x);
    }
  }
  return fitMixes(sums).map(({ reward }) => reward[1]);
}

test("mixes have slopes of their own only where these are clear of noise", () => {
  const [first, ...others] = slopes(0.05, 10);
  expect(others).toEqual([first, first]);
  const [least, middle, most] = slopes(3, 10);
  expect(middle! - least!).toBeGreaterThan(1);
  expect(most! - middle!).toBeGreaterThan(1);
});

test("a plan is the best of all sequences of mixes", () => {
  const models = [
    { reward: [1, 0.5, 0], next: [-0.2, 0.5], goesOn: 1 },
    { reward: [0.8, 0.5, 0], next: [0.5, 0.5], goesOn: 0.9 },
  ] as const;
  const worth = (x: number, left: number, first?: number): number => {
    if (left === 0) return 0;
    const each = models.map(({ reward, next, goesOn }) => {
      return reward[0] + reward[1] * x + 0.9 * goesOn * worth(next[0] + next[1] * x, left - 1);
    });
    return first === undefined ? Math.max(...each) : each[first]!;
  };
  const plan = new Plan(models, 5, 0.9);
  for (let left = 1; left <= 5; left++) {
    for (const x of [-1, -0.3, 0, 0.4, 1]) {
      const best = plan.bestMix(x, left);
      expect(worth(x, left, best)).toBeGreaterThan(worth(x, left) - 0.01);
    }
  }
  const far = [-1, 0, 1];
  expect(far.map((x) => plan.bestMix(x, 9))).toEqual(far.map((x) => plan.bestMix(x, 5)));
});
