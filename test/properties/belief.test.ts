// The policy that follows the optimum by what agents see: its filter against particles and against true states, and its regret.
import { describe, expect, test } from "vitest";
import {
  beliefPolicy,
  compare,
  drawsAt,
  longTermSatisfaction,
  makeWorld,
  policies,
  scenarios,
  simulate,
  solve,
  trace,
  type LtsTypes,
  type PlainParameters,
  type Trace,
} from "../../src/index.js";
import { afterClick, afterObservation, firstBelief } from "../../src/solve/beliefFilter.js";
import { mistakesOf } from "../support/mistakesOf.js";

const hard: Partial<PlainParameters> = {
  sensitivity: 0.4,
  memoryDiscount: 0.8,
  innovationStddev: 0.5,
  noClickLogit: 0,
  timeBudget: 12,
};
const world = longTermSatisfaction(hard);
const model = (() => {
  const found = world.scalarState!();
  if (typeof found === "string") throw new Error(found);
  return found;
})();

/** Educativeness of the document that was clicked, if any. */
function clickedIn({ candidates, slate, choice }: Trace<LtsTypes>["steps"][number]): number | undefined {
  return choice < slate.length ? candidates[slate[choice]!]!.educativeness : undefined;
}

/** Beliefs before each step of a traced episode, and the documents that were clicked. */
function beliefsAlong({ initial, steps }: Trace<LtsTypes>) {
  let belief = afterObservation(firstBelief(model), initial.observation, model.observed);
  const beliefs = [belief];
  for (const step of steps) {
    const clicked = clickedIn(step);
    if (clicked !== undefined) belief = afterClick(belief, clicked, model);
    belief = afterObservation(belief, step.observation, model.observed);
    beliefs.push(belief);
  }
  return beliefs;
}

test("beliefs are as far from the true states as they say", () => {
  let [count, sum, squares] = [0, 0, 0];
  for (let user = 0; user < 300; user++) {
    const told = trace(world, policies.random(), { user, seed: "truth" });
    const states = [told.initial.exposure, ...told.steps.map(({ exposure }) => exposure)];
    beliefsAlong(told).forEach(({ mean, variance }, step) => {
      const z = (states[step]! - mean) / Math.sqrt(variance);
      [count, sum, squares] = [count + 1, sum + z, squares + z * z];
    });
  }
  expect(Math.abs(sum / count)).toBeLessThan(0.1);
  expect(Math.abs(squares / count - 1)).toBeLessThan(0.1);
});

test("beliefs are those of a particle filter", () => {
  const particles = 20_000;
  const told = trace(world, policies.mix(1), { user: 3, seed: "particles" });
  const beliefs = beliefsAlong(told);
  const weigh = (states: number[], observed: number, step: number): number[] => {
    const weights = states.map((state) => {
      const z = (observed - model.observed.mean(state)) / model.observed.stddev;
      return Math.exp((-z * z) / 2);
    });
    const total = weights.reduce((a, b) => a + b, 0);
    // Systematic resampling.
    const offset = drawsAt({ seed: "filter", step }).uniform();
    const drawn: number[] = [];
    let [place, passed] = [0, weights[0]!];
    for (let i = 0; i < states.length; i++) {
      while (passed < ((i + offset) / states.length) * total) passed += weights[++place]!;
      drawn.push(states[place]!);
    }
    return drawn;
  };
  const [least, greatest] = model.initialStates;
  const first = drawsAt({ seed: "filter", step: 1000 });
  let states = Array.from({ length: particles }, () => least + (greatest - least) * first.uniform());
  states = weigh(states, told.initial.observation, 0);
  told.steps.forEach((taken, step) => {
    const [noise, clicked] = [drawsAt({ seed: "filter", step: 2000 + step }), clickedIn(taken)];
    if (clicked !== undefined) {
      states = states.map((state) => model.meanNextState(clicked, state) + model.noiseStddev * noise.normal());
    }
    states = weigh(states, taken.observation, step + 1);
    const mean = states.reduce((a, b) => a + b, 0) / particles;
    const variance = states.reduce((a, b) => a + (b - mean) ** 2, 0) / particles;
    const believed = beliefs[step + 1]!;
    expect(Math.abs(believed.mean - mean) / Math.sqrt(variance), `step ${step}`).toBeLessThan(0.3);
    expect(Math.abs(Math.log(believed.variance / variance)), `step ${step}`).toBeLessThan(0.35);
  });
});

describe("the policy", () => {
  test("comes near the optimum without seeing the state, never above it, and far above every mix", async () => {
    const short = makeWorld("lts-tradeoff", { timeBudget: 10 });
    const solution = await solve(short, { gridSize: 24 });
    const options = { users: 600, estimator: "expected" } as const;
    const mixes = [0, 1, 2, 3].map((m) => policies.mix(m));
    const { pairs } = await compare(short, [beliefPolicy(solution), policies.optimal(solution), ...mixes], options);
    const [optimal, ...others] = pairs.filter(({ a }) => a === "belief").map(({ difference }) => difference);
    expect(optimal!.mean).toBeGreaterThan(-4 * optimal!.standardError);
    expect(optimal!.mean).toBeLessThan(0.005 * solution.value);
    for (const each of others) expect(each.mean + 2 * each.standardError).toBeLessThan(0);
  });

  test("begins every episode anew, and is the same whoever else is simulated", async () => {
    const solution = await solve(world, { gridSize: 8, steps: 4 });
    const together = await simulate(world, beliefPolicy(solution), { users: 70, seed: 2, steps: 4 });
    const parts = await Promise.all(
      [0, 35].map((firstUser) => simulate(world, beliefPolicy(solution), { users: 35, firstUser, seed: 2, steps: 4 })),
    );
    const sum = parts.reduce((total, { digest }) => total + BigInt(`0x${digest}`), 0n) % 2n ** 64n;
    expect(BigInt(`0x${together.digest}`)).toBe(sum);
    expect(together.policy).toBe("belief");
  });

  test("is refused without a solution of this process", async () => {
    for (const solution of [{}, null, structuredClone(await solve(world, { gridSize: 8, steps: 4 }))]) {
      expect(await mistakesOf(() => beliefPolicy(solution as never))).toEqual([
        expect.stringMatching(/^"solution" expected one that `solve` returned in this process, got /),
      ]);
    }
  });

  test("fills the slates of chocKale, too, where the first document is always clicked", async () => {
    const solution = await solve(scenarios["choc-kale"]!, { steps: 3, gridSize: 8 });
    const run = await simulate(scenarios["choc-kale"]!, beliefPolicy(solution), { users: 50, steps: 3 });
    const best = await simulate(scenarios["choc-kale"]!, policies.mostEducational(), { users: 50, steps: 3 });
    expect(run.metrics.totalReward.mean).toBeCloseTo(best.metrics.totalReward.mean, 9);
  });
});
