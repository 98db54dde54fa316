import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  agents,
  drawsAt,
  makeEnv,
  makeWorld,
  policies,
  scenarios,
  spaces,
  type Agent,
  type Json,
} from "../../src/index.js";
import { nextTraces, noTraces } from "../../src/agents/valueLearner/belief.js";
import { fitMixes, noMixSums, addStep } from "../../src/agents/valueLearner/mixModel.js";
import { mixedSlate } from "../../src/agents/mixedSlate.js";
import { Plan } from "../../src/agents/valueLearner/plan.js";
import { selectSlate } from "../../src/policies/selectSlate.js";
import { gainOver, goesOnFromSnapshots, learntPolicy } from "../support/learnt.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { play } from "../support/playing.js";

const create = agents.valueLearner();

async function trained(name: keyof typeof scenarios & string, episodes: number, seed: number): Promise<Agent> {
  const env = await makeEnv(scenarios[name]!, { seed });
  const agent = create(env, { seed });
  await play(agent, env, episodes);
  return agent;
}

describe("valueLearner", () => {
  test("brings more than every fixed mix where the long term counts, after 800 episodes", async () => {
    const agent = await trained("lts-tradeoff", 800, 1);
    const gain = await gainOver(scenarios["lts-tradeoff"]!, 3, learntPolicy(create, agent.snapshot()), 150);
    expect(gain.mean).toBeGreaterThan(15); // of 25.3 that the optimum brings more
    expect(gain.mean).toBeGreaterThan(4 * gain.standardError);
    expect(gain.mean - 4 * gain.standardError).toBeLessThan(25.4);
  });

  test("shows the best mix of choc-kale, where the next step is all that counts", async () => {
    const agent = await trained("choc-kale", 300, 2);
    const gain = await gainOver(scenarios["choc-kale"]!, 1, learntPolicy(create, agent.snapshot()), 60);
    expect(Math.abs(gain.mean)).toBeLessThan(4); // mix(0) brings 331 less
    const { planned } = agent.snapshot() as { planned: { models: { goesOn: number }[] } };
    expect(planned.models.map(({ goesOn }) => goesOn)).toEqual([1, 1, 1, 1]); // no episode is shorter than others
  });

  test("shows what is best at once where later rewards count nothing", async () => {
    const env = await makeEnv(scenarios["lts-tradeoff"]!, { seed: 3 });
    const share = async (discount: number, fromTop: number): Promise<number> => {
      const maker = agents.valueLearner({ discount });
      const agent = maker(env, { seed: 3 });
      await play(agent, env, 150);
      const learnt = maker(env, { evalMode: true });
      learnt.restore(agent.snapshot());
      let { observation } = env.reset();
      let slate = learnt.beginEpisode(observation);
      let shown = 0;
      for (let step = 0; step < 50; step++) {
        const numbers = observation.doc.map(({ educativeness }) => educativeness);
        if (slate.join(" ") === mixedSlate(numbers, 3, fromTop).join(" ")) shown += 1;
        const { reward, observation: next } = env.step(slate);
        observation = next;
        slate = learnt.step(reward, observation);
      }
      return shown / 50;
    };
    expect(await share(0, 3)).toBeLessThan(0.3);
    expect(await share(1, 3)).toBeGreaterThan(0.9);
  });

  test("explores less and less, but never less than it is told", async () => {
    const env = await makeEnv(makeWorld("lts-tradeoff", { timeBudget: 2 }));
    const explored = async (explorationRate: number): Promise<number> => {
      const agent = agents.valueLearner({ explorationRate })(env, { seed: 1 });
      await play(agent, env, 1000);
      const before = agent.snapshot() as { explored: number };
      await play(agent, env, 1000);
      return (agent.snapshot() as { explored: number }).explored - before.explored;
    };
    expect(await explored(1)).toBe(1000);
    const half = await explored(0.5);
    expect(Math.abs(half - 500)).toBeLessThan(4 * Math.sqrt(250));
    const least = await explored(0.001);
    expect(least).toBeGreaterThan(60); // √(16 / (16 + episodes)) of them: 103
    expect(least).toBeLessThan(150);
  });

  test("goes on from a snapshot as if nothing had happened, whatever it has planned", async () => {
    await goesOnFromSnapshots(create, 200, 40);
  });

  test("neither explores nor learns in evalMode, and shows the bottom of the ranking until it has a plan", async () => {
    const env = await makeEnv(scenarios["lts-tradeoff"]!);
    const agent = create(env, { evalMode: true });
    const { observation } = env.reset();
    const least = observation.doc.map(({ educativeness }) => educativeness);
    expect(agent.beginEpisode(observation)).toEqual(mixedSlate(least, 3, 0));
    const { observation: last } = env.step([0, 1, 2]);
    agent.endEpisode(5, last);
    expect(agent.snapshot()).toMatchObject({ episodes: 0, explored: 0, longest: 0, planned: null });
  });

  test("refuses worlds without the numbers that it needs, and options that it cannot have", async () => {
    const env = await makeEnv(scenarios.lts!);
    const { doc, response } = (env.observationSpace as unknown as { readonly spaces: object }).spaces as Record<
      string,
      unknown
    >;
    const user = new spaces.Box({ low: 0, high: 1, shape: [2] });
    const pairs = {
      ...env,
      observationSpace: new spaces.Dict({ user, doc, response } as never),
      actionSpace: env.actionSpace,
    };
    expect(await mistakesOf(() => create(pairs as never))).toEqual([
      expect.stringMatching(/^"observationSpace" expected a user of one number, got /),
    ]);
    const other = agents.valueLearner({ feature: "quality" })(env);
    expect(await mistakesOf(() => other.beginEpisode(env.reset().observation))).toEqual([
      '"observation.doc[0].quality" expected a finite number, got undefined',
    ]);
    const given = { feature: 1, discount: 2, explorationRate: 0, gama: 1 };
    expect(await mistakesOf(() => agents.valueLearner(given as never))).toHaveLength(4);
  });

  test("refuses snapshots that are not its own", async () => {
    const agent = await trained("choc-kale", 20, 0);
    const sound = agent.snapshot() as Record<string, Json>;
    const faults = {
      mix: 4,
      traces: [1],
      filter: null,
      filterSums: {},
      mixSums: [],
      planned: { models: [] },
      longest: -1,
    };
    expect(await mistakesOf(() => agent.restore({ ...sound, ...faults }))).toHaveLength(7);
    expect(agent.snapshot()).toEqual(sound);
  });
});

test("a mixed slate is that of the built-in mix", () => {
  const numbers = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(numbers, fc.nat(12), fc.nat(12), (ranks, size, top) => {
      const slateSize = Math.min(Math.max(size, 1), ranks.length);
      const words = undefined as never; // a mix draws nothing
      const fromTop = Math.min(top, slateSize);
      expect(mixedSlate(ranks, slateSize, fromTop)).toEqual(
        selectSlate(policies.mix(fromTop), ranks, slateSize, words, 0),
      );
    }),
  );
});

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
