import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { agents, makeEnv, makeWorld, policies, scenarios, spaces, type Agent, type Json } from "../../src/index.js";
import { mixedSlate } from "../../src/agents/mixedSlate.js";
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

  test("holds mixes while it explores, for as many steps on average as it is told", async () => {
    const env = await makeEnv(makeWorld("lts-tradeoff", { timeBudget: 400 }));
    const switches = (explorationHold: number): number => {
      const agent = agents.valueLearner({ explorationHold })(env, { seed: 1 });
      let { observation } = env.reset();
      let slate = agent.beginEpisode(observation); // the first episode explores
      const mixes: number[] = [];
      for (let step = 1; step < 400; step++) {
        mixes.push((agent.snapshot() as { mix: number }).mix);
        const { reward, observation: next } = env.step(slate);
        slate = agent.step(reward, next);
        observation = next;
      }
      return mixes.filter((mix, step) => step > 0 && mix !== mixes[step - 1]).length;
    };
    for (const [hold, chance] of [
      [1, 3 / 4], // another mix is the same one in one of four
      [10, 3 / 40],
    ] as const) {
      expect(Math.abs(switches(hold) - 398 * chance)).toBeLessThan(4 * Math.sqrt(398 * chance * (1 - chance)));
    }
    expect(switches(65_536)).toBe(0);
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
    const given = { feature: 1, discount: 2, explorationRate: 0, explorationHold: 0.9, gama: 1 };
    expect(await mistakesOf(() => agents.valueLearner(given as never))).toHaveLength(5);
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
