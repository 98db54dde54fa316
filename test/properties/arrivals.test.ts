// Options that must arrive where they are meant.
import { describe, expect, test } from "vitest";
import {
  agentNames,
  agentPolicy,
  agents,
  compare,
  longTermSatisfaction,
  makeEnv,
  parseAgent,
  parsePolicy,
  policies,
  scenarios,
  simulate,
  streamVersion,
  trace,
  type BatchPolicy,
  type BlockStore,
  type CreateAgent,
  type StudyIdentity,
} from "../../src/index.js";
import { policiesFor } from "../support/arbitraries.js";
import { faultyWorld, filmWorld } from "../support/ownWorlds.js";

const world = longTermSatisfaction();
const first = policies.first();
const own = filmWorld();

const inOrder: BatchPolicy<never> = {
  name: "in order",
  fillSlates: ({ user }, slates) => slates.forEach((_, at) => (slates[at] = at % (slates.length / user.length))),
};

test("every policy is known by its name", () => {
  for (const policy of [...policiesFor(12), policies.mix(100)]) expect(parsePolicy(policy.name)).toEqual(policy);
});

test("every named agent is what its name says, setting by setting", async () => {
  const bandit = { proEducational: true, feature: "educativeness", optimismScaling: 1 } as const;
  const bounds = [0, 1] as [number, number];
  const meant: Record<string, CreateAgent> = {
    random: agents.random(),
    first: agents.first(),
    "least-educational": agents.greedyCluster({ proEducational: false, feature: "educativeness" }),
    "most-educational": agents.greedyCluster({ proEducational: true, feature: "educativeness" }),
    "cluster-bandit": agents.clusterBandit({ ...bandit, algorithm: "ucb1", memory: "episode" }),
    "cluster-bandit-lifetime": agents.clusterBandit({ ...bandit, algorithm: "ucb1", memory: "lifetime" }),
    "cluster-bandit-kl-ucb": agents.clusterBandit({ ...bandit, algorithm: "klUcb", memory: "episode" }),
    "cluster-bandit-thompson": agents.clusterBandit({ ...bandit, algorithm: "thompson", memory: "episode" }),
    "tabular-q": agents.tabularQ({ bounds, numBins: 11 }),
    "value-learner": agents.valueLearner({
      feature: "educativeness",
      discount: 1,
      explorationRate: 0.2,
      explorationHold: 10,
    }),
    "policy-search": agents.policySearch({ feature: "educativeness", discount: 1 }),
  };
  expect(agentNames).toEqual(Object.keys(meant));
  const told = await Promise.all(
    agentNames.map(async (name) => {
      const lived = [parseAgent(name), meant[name]!].map(async (create) => {
        const env = await makeEnv(scenarios["lts-tradeoff"]!, { seed: 4 });
        const agent = create(env, { seed: 5 });
        const slates: unknown[] = [];
        for (let episode = 0; episode < 2; episode++) {
          let slate = agent.beginEpisode(env.reset().observation);
          for (let ended = false; !ended;) {
            slates.push(slate);
            const { observation, reward, terminated } = env.step(slate);
            ended = terminated;
            if (ended) agent.endEpisode(reward, observation);
            else slate = agent.step(reward, observation);
          }
        }
        return { slates, snapshot: agent.snapshot() };
      });
      const [named, spelled] = await Promise.all(lived);
      expect(named, name).toEqual(spelled);
      return JSON.stringify(named!.snapshot);
    }),
  );
  expect(new Set(told).size).toBe(agentNames.length);
});

describe("a header says", () => {
  const options = { users: 5, firstUser: 9, steps: 3, seed: "h" };

  test("all that was run, whoever simulated it", async () => {
    const { digest: _d, metrics: _m, timing: _t, ...header } = await simulate(world, policies.mix(2), options);
    const { parameters } = world;
    const said = {
      scenario: "lts",
      parameters,
      ...options,
      streamVersion,
      policy: "mix(2)",
      engine: "kernel",
      world: world.hash,
    };
    expect(header).toEqual(said);
    const { engine } = await simulate(world, policies.mix(2), { ...options, engine: "reference" });
    expect(engine).toBe("reference");
    const compared = await compare(world, [first, policies.mix(2)], { ...options, estimator: "expected" });
    const { policies: _p, pairs: _q, ranking: _r, timing: _s, ...shared } = compared;
    const { policy: _name, ...others } = said;
    expect(shared).toEqual({ ...others, baseline: first.name, estimator: "expected" });
    const slow = await compare(world, [first, policies.mix(2)], { ...options, engine: "reference" });
    expect(slow.engine).toBe("reference");
    const mixed = await compare(world, [first, agentPolicy("agent", agents.first())], options);
    expect(mixed.engine).toBe("reference");
    const life = trace(world, policies.mix(2), { user: 9, steps: 3, seed: "h" });
    const { initial: _i, steps, ...told } = life;
    expect(told).toEqual({ scenario: "lts", parameters, policy: "mix(2)", user: 9, seed: "h", streamVersion });
    expect(steps).toHaveLength(3);
  });

  test("the world that a rival is in, and the comparison's of none else", async () => {
    const other = faultyWorld({ version: 2 });
    const rivals = [{ policy: first, world: other, name: "later" }, first, { policy: first, world: faultyWorld({}) }];
    const { policies: compared, ...rest } = await compare(faultyWorld({}), rivals, options);
    expect(compared.map(({ policy, world: hash }) => [policy, hash])).toEqual([
      ["later", other.hash],
      ["first", undefined],
      ["first", undefined],
    ]);
    expect(rest).toMatchObject({ scenario: "faulty", world: faultyWorld({}).hash, ...options, streamVersion });
  });

  test("to a store, all by which its blocks are known", async () => {
    const opened: StudyIdentity[] = [];
    const closed: number[] = [];
    const store: BlockStore = {
      open: (identity) => {
        opened.push(identity);
        return { read: () => undefined, write: () => {}, close: (nextUser) => void closed.push(nextUser) };
      },
    };
    const rivals = [first, { policy: policies.mix(2), name: "two", world: scenarios["lts-tradeoff"]! }];
    await compare(world, rivals, { ...options, store, estimator: "expected" });
    await simulate(own, inOrder, { ...options, store });
    expect(opened).toEqual([
      {
        streamVersion,
        seed: "h",
        steps: 3,
        firstUser: 9,
        estimator: "expected",
        variants: [
          { policy: "first", scenario: "lts", world: world.hash },
          { policy: "mix(2)", scenario: "lts-tradeoff", world: scenarios["lts-tradeoff"]!.hash },
        ],
      },
      {
        streamVersion,
        seed: "h",
        steps: 3,
        firstUser: 9,
        estimator: "sampled",
        variants: [{ policy: "in order", scenario: "films", world: own.hash }],
      },
    ]);
    expect(closed).toEqual([14, 14]);
  });
});

test("an own world's hash is over all that is said of it", () => {
  const hashes = [
    {},
    { name: "other" },
    { version: 2 },
    { slateSize: 3 },
    { numCandidates: 5 },
    { timeBudget: 7 },
    { resample: "episode" as const },
    { parameters: { a: 1 } },
  ].map((parts) => faultyWorld(parts).hash);
  expect(new Set(hashes).size).toBe(hashes.length);
  expect(faultyWorld({ version: 1, resample: "step", parameters: null }).hash).toBe(hashes[0]);
});
