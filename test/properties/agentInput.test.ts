import { describe, expect, test } from "vitest";
import {
  agentNames,
  agents,
  longTermSatisfaction,
  makeEnv,
  parseAgent,
  spaces,
  type CreateAgent,
  type Observation,
} from "../../src/index.js";
import { mistakesOf } from "../support/mistakesOf.js";

const small = longTermSatisfaction({ slateSize: 2, numCandidates: 5, numClusters: 3, timeBudget: 9 });
describe("bad input", () => {
  test("to makers of agents is refused with every mistake", async () => {
    const refused: [() => unknown, number][] = [
      [() => parseAgent("cluster-bandits"), 1],
      [() => agents.greedy({ score: 1, choice: {} } as never), 2],
      [() => agents.myopicSlate({ score: 1, choice: {}, value: 1, optimizer: "lp", colour: 1 } as never), 5],
      [() => agents.greedyCluster({ clusterId: -1, proEducational: 1, feature: 2, colour: 1 } as never), 4],
      [() => agents.clusterClickStatistics({ agent: 1, memory: "day" } as never), 2],
      [() => agents.clickBandit({ arms: [agents.random()], algorithm: "ucb2", optimismScaling: 0 } as never), 3],
      [() => agents.clickBandit({ arms: [agents.random(), 1] } as never), 1],
      [() => agents.clusterBandit({ proEducational: [true, 1] } as never), 1],
      [() => agents.clusterBandit({ memory: "day", algorithm: "x", optimismScaling: 0, feature: 3 } as never), 4],
      [() => agents.clusterClickStatistics(undefined as never), 1],
      [() => agents.clusterClickStatistics({ agent: agents.random(), colour: 1 } as never), 1],
      [() => agents.tabularQ({ bounds: [-1e308, 1e308] }), 1],
      [() => agents.fixedLengthHistory({ agent: agents.random(), historyLength: 0, rememberUser: 1 } as never), 2],
      [
        () => agents.temporalAggregation({ agent: 0, aggregationPeriod: 0, discount: 2, switchingCost: -1 } as never),
        4,
      ],
      [() => agents.sufficientStatistics({ agent: agents.random() } as never), 1],
    ];
    for (const [call, mistakes] of refused) expect(await mistakesOf(call), String(call)).toHaveLength(mistakes);
  });

  test("to agents when they are opened is refused, too", async () => {
    const env = await makeEnv(longTermSatisfaction());
    for (const name of agentNames) {
      expect(
        await mistakesOf(() => parseAgent(name)(env, { seed: "", stream: -1, evalMode: 1, sead: 0 } as never)),
      ).toEqual([
        '"sead" is not an option of an agent (did you mean "seed"?)',
        '"seed" expected a text that is not empty, or a finite number, got ""',
        '"stream" expected an integer in [0, 4294967295], got -1',
        '"evalMode" expected true or false, got 1',
      ]);
    }
    const arms = [agents.random(), agents.random()];
    expect(await mistakesOf(() => agents.clickBandit({ arms })(env))).toEqual([
      expect.stringMatching(/^"observationSpace" expected counts of clicks: put clusterClickStatistics above, got /),
      '"arms" expected one for each of 4 clusters, got 2',
    ]);
    expect(await mistakesOf(() => agents.clusterBandit({ proEducational: [true] })(env))).toHaveLength(1);
  });

  test.each(agentNames)("as spaces, rewards and observations is refused by %s", async (name) => {
    const env = await makeEnv(small);
    const create = parseAgent(name);
    for (const told of [undefined, null, 3, {}, { ...env, actionSpace: 1 }, { actionSpace: env.actionSpace }]) {
      expect(await mistakesOf(() => create(told as never)), String(told)).not.toEqual([]);
    }
    expect(await mistakesOf(() => create(env, null as never))).toEqual(['"options" expected an object, got null']);
    const { observation } = env.reset();
    const agent = create(env);
    agent.beginEpisode(observation);
    const before = agent.snapshot();
    for (const bad of [
      undefined,
      null,
      3,
      {},
      { ...observation, doc: null },
      { ...observation, doc: { ...observation.doc } },
      { ...observation, response: "none" },
    ]) {
      expect(await mistakesOf(() => agent.beginEpisode(bad as never))).not.toEqual([]);
      expect(await mistakesOf(() => agent.step(1, bad as never))).not.toEqual([]);
      expect(await mistakesOf(() => agent.endEpisode(1, bad as never))).not.toEqual([]);
    }
    const wrong = [
      '"reward" expected a finite number, got NaN',
      '"observation.user" expected an observation of the user, got undefined',
      '"observation.doc" expected a list of candidates, got {}',
      '"observation.response" expected a list of responses, or null, got undefined',
    ];
    expect(await mistakesOf(() => agent.step(NaN, { doc: {} } as never))).toEqual(wrong);
    expect(await mistakesOf(() => agent.endEpisode(NaN, { doc: {} } as never))).toEqual(wrong);
    expect(agent.snapshot()).toEqual(before);
  });

  test("in the parts of an observation that an agent looks at is refused", async () => {
    const env = await makeEnv(small);
    const { observation } = env.reset();
    const answered = (clusterId: unknown): typeof observation => ({
      ...observation,
      response: [{ click: 1, engagement: 1, clusterId: clusterId as number }],
    });
    const unnamed = { ...observation, doc: [{ educativeness: 1 }, { educativeness: NaN }] };
    const refused: [CreateAgent, unknown, string][] = [
      [agents.tabularQ(), { ...observation, user: [NaN] }, '"observation.user" expected one of its space, got ["NaN"]'],
      [
        agents.tabularQ({ ignoreResponse: false }),
        answered(9),
        '"observation.response" expected one of its space, got ',
      ],
      [agents.clusterBandit(), answered(3), '"response[0].clusterId" expected an integer in [0, 2], got 3'],
      [agents.clusterBandit(), answered("1"), '"response[0].clusterId" expected an integer in [0, 2], got "1"'],
      [agents.greedyCluster(), unnamed, '"observation.doc[1].educativeness" expected a finite number, got NaN'],
      [
        agents.greedyCluster({ clusterId: 1 }),
        unnamed,
        '"observation.doc[0].clusterId" expected a finite number, got undefined',
      ],
    ];
    for (const [create, bad, mistake] of refused) {
      const agent = create(env);
      const told = await mistakesOf(() => agent.beginEpisode(bad as never));
      expect(
        told.some((sentence) => sentence.startsWith(mistake)),
        told.join(),
      ).toBe(true);
    }
  });

  test("of makers that make no agents, and of definitions that are none, is refused", async () => {
    const env = await makeEnv(small);
    const made = (() => ({ step: () => [] })) as never;
    const makers = [
      agents.temporalAggregation({ agent: made, aggregationPeriod: 2 }),
      agents.clusterClickStatistics({ agent: made }),
      agents.clusterClickStatistics({ agent: agents.clickBandit({ arms: [made, made, made] }) }),
    ];
    for (const create of makers) {
      expect((await mistakesOf(() => create(env))).join()).toMatch(
        /" expected a function that returns an agent, with beginEpisode, /,
      );
    }
    for (const definition of [undefined, null, 5]) {
      const create = agents.sufficientStatistics({ agent: agents.random(), statistics: () => definition as never });
      expect(await mistakesOf(() => create(env))).toEqual([`"statistics" expected an object, got ${definition}`]);
    }
  });

  test("in snapshots is refused", async () => {
    const env = await makeEnv(small);
    const { observation } = env.reset();
    const damages: [CreateAgent, object][] = [
      [agents.tabularQ(), { epsilon: null }],
      [agents.tabularQ(), { epsilon: "1" }],
      [agents.temporalAggregation({ agent: agents.random(), aggregationPeriod: 2 }), { slate: [0, 99] }],
      [agents.temporalAggregation({ agent: agents.random(), aggregationPeriod: 2 }), { ids: [1, 2] }],
      [agents.temporalAggregation({ agent: agents.random(), aggregationPeriod: 2 }), { ids: ["1"] }],
      [agents.temporalAggregation({ agent: agents.random(), aggregationPeriod: 2 }), { documents: [] }],
      [agents.temporalAggregation({ agent: agents.random(), aggregationPeriod: 2 }), { reward: NaN }],
    ];
    for (const [create, damage] of damages) {
      const agent = create(env);
      agent.beginEpisode(observation);
      const before = agent.snapshot();
      expect(await mistakesOf(() => agent.restore({ ...(before as object), ...damage }))).toHaveLength(1);
      expect(agent.snapshot()).toEqual(before);
    }
  });

  test("snapshots of other agents are refused by name, and those inside take nothing halfway", async () => {
    const env = await makeEnv(small);
    const { observation } = env.reset();
    const agent = parseAgent("cluster-bandit-thompson")(env);
    agent.beginEpisode(observation);
    const before = agent.snapshot() as { inner: { inner: unknown[] } };
    const foreign = structuredClone(before);
    foreign.inner.inner[2] = parseAgent("random")(env).snapshot();
    expect(await mistakesOf(() => agent.restore(foreign as never))).toEqual([
      '"snapshot.agent" expected "greedyCluster", got "random"',
    ]);
    expect(await mistakesOf(() => agent.restore(parseAgent("cluster-bandit")(env).snapshot()))).toHaveLength(1);
    expect(agent.snapshot()).toEqual(before);
  });
});

/** Counts what was seen, and writes into what it is given. */
const statistics = () => ({
  name: "writing",
  space: new spaces.Box({ low: 0, high: 9, shape: [1] }),
  initial: [0],
  update: (counts: number[]): number[] => {
    counts[0]! += 1;
    return counts;
  },
});

test("statistics begin anew after an episode that nobody ended, also where an update writes over them", async () => {
  const env = await makeEnv(small);
  const seen: unknown[] = [];
  const agent: CreateAgent = (told, options) => ({
    ...agents.first()(told, options),
    beginEpisode: ({ user }: Observation) => {
      seen.push((user as { sufficientStatistics: unknown }).sufficientStatistics);
      return [0, 1];
    },
  });
  const layer = agents.sufficientStatistics({ agent, statistics })(env);
  const { observation } = env.reset();
  for (let episode = 0; episode < 3; episode++) layer.beginEpisode(observation);
  expect(seen).toEqual([[1], [1], [1]]);
});

test("a layer whose inner agent refuses its part of a snapshot stays as it was", async () => {
  const env = await makeEnv(small);
  const agent = agents.random();
  const layers: CreateAgent[] = [
    agents.temporalAggregation({ agent, aggregationPeriod: 2 }),
    agents.clusterClickStatistics({ agent, memory: "lifetime" }),
    agents.fixedLengthHistory({ agent, historyLength: 2, memory: "lifetime" }),
  ];
  for (const create of layers) {
    const layer = create(env);
    const early = layer.snapshot() as { inner: unknown };
    const { reward, observation } = env.step(layer.beginEpisode(env.reset().observation));
    layer.step(reward, observation);
    const before = layer.snapshot();
    early.inner = agents.first()(env).snapshot();
    expect(() => layer.restore(early as never)).toThrow('"snapshot.agent"');
    expect(layer.snapshot()).toEqual(before);
    expect(before).not.toMatchObject({ ...early, inner: {} }); // own fields have changed, too
  }
});

test.each(agentNames)("what is done to a slate of %s does nothing to it", async (name) => {
  const env = await makeEnv(small);
  const { observation } = env.reset();
  const [one, other] = [parseAgent(name)(env, { evalMode: true }), parseAgent(name)(env, { evalMode: true })];
  for (let decision = 0; decision < 3; decision++) {
    const slate = one.beginEpisode(observation);
    expect(slate).toEqual(other.beginEpisode(observation));
    slate.fill(-1);
    one.endEpisode(0, observation);
    other.endEpisode(0, observation);
  }
});
