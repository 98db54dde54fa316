// What functions of the caller's own return, throw, keep and write into: used, or refused by name, and felt by nobody else.
import { describe, expect, test } from "vitest";
import {
  agentPolicy,
  agents,
  choiceModels,
  InvalidInput,
  longTermSatisfaction,
  makeEnv,
  policies,
  simulate,
  spaces,
  trace,
  type Agent,
  type CreateInnerAgent,
  type Observation,
} from "../../src/index.js";
import { hostileValues } from "../support/hostile.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { faultyWorld } from "../support/ownWorlds.js";

const world = longTermSatisfaction({ timeBudget: 6, numClusters: 2 });

const mostEducational = ({ doc }: Observation): number[] => {
  const levels = doc.map((document) => (document as { educativeness: number }).educativeness);
  const falling = levels.map((_, place) => place).toSorted((a, b) => levels[b]! - levels[a]!);
  return falling.slice(0, 3);
};

type Fill = (seen: Observation) => ArrayLike<number>;

const policyOf = (fill: Fill) =>
  agentPolicy("own", () => ({
    beginEpisode: (seen) => fill(seen as Observation),
    step: (_reward, seen) => fill(seen as Observation),
    endEpisode() {},
  })) as never;

describe("slates of agents are values", () => {
  const shared = [0, 0, 0];
  const typed = new Int32Array(3);
  const fills: Readonly<Record<string, Fill>> = {
    "an Int32Array": (seen) => Int32Array.from(mostEducational(seen)),
    "one list for all users": (seen) => Object.assign(shared, mostEducational(seen)),
    "one Int32Array for all users": (seen) => {
      typed.set(mostEducational(seen));
      return typed;
    },
  };

  test.each(Object.entries(fills))("%s", async (_, fill) => {
    for (const estimator of ["sampled", "expected"] as const) {
      const [same, run] = await Promise.all(
        [mostEducational, fill].map((each) => simulate(world, policyOf(each), { users: 70, estimator })),
      );
      expect([run!.digest, run!.metrics]).toEqual([same!.digest, same!.metrics]);
    }
    expect(trace(world, policyOf(fill), { user: 3 })).toEqual(trace(world, policyOf(mostEducational), { user: 3 }));
  });
});

test("spaces, and the tables of what there is, stay as they were made", async () => {
  const env = await makeEnv(world);
  const box = new spaces.Box({ low: 0, high: 1 });
  const every = [
    box,
    new spaces.Discrete(3),
    new spaces.MultiDiscrete([2, 3]),
    new spaces.Dict({ box }),
    new spaces.Tuple([box]),
    new spaces.Sequence(box, 3),
    new spaces.Nullable(box),
    new spaces.CandidateSet(box, 2),
    env.actionSpace,
    env.observationSpace,
  ];
  for (const space of every) {
    for (const name of Object.keys(space)) expect(Reflect.set(space, name, 77)).toBe(false);
  }
  for (const table of [agents, choiceModels, policies, spaces]) expect(Object.isFrozen(table)).toBe(true);
  class Level extends spaces.Discrete {
    readonly unit = "levels"; // whoever extends a space adds what he likes
  }
  expect(new Level(3).unit).toBe("levels");
});

/** Writes over all that it is shown. */
function spoil(part: unknown): void {
  if (typeof part !== "object" || part === null) return;
  for (const name of Object.keys(part)) {
    spoil(Reflect.get(part, name));
    Reflect.set(part, name, 0);
  }
}

type Answers = Partial<Record<keyof Agent, () => unknown>>;

const answered = (part: Answers, name: keyof Agent, usual: unknown): unknown => (part[name] ? part[name]() : usual);

const inner =
  (part: Answers, look: (seen: unknown) => void = () => {}): CreateInnerAgent =>
  () => {
    return {
      beginEpisode: (seen) => (look(seen), answered(part, "beginEpisode", [0, 1]) as number[]),
      step: (_reward, seen) => (look(seen), answered(part, "step", [1, 0]) as number[]),
      endEpisode: (_reward, seen) => (look(seen), void answered(part, "endEpisode", undefined)),
      snapshot: () => answered(part, "snapshot", null) as null,
      restore: () => void answered(part, "restore", undefined),
    };
  };

const layers: Readonly<Record<string, (agent: CreateInnerAgent) => ReturnType<typeof agents.first>>> = {
  clickBandit: (agent) => {
    const last = agents.greedyCluster({ clusterId: 1 });
    return agents.clusterClickStatistics({ agent: agents.clickBandit({ arms: [agent, last] }) });
  },
  fixedLengthHistory: (agent) => agents.fixedLengthHistory({ agent, historyLength: 3, rememberDoc: true }),
  temporalAggregation: (agent) => agents.temporalAggregation({ agent, aggregationPeriod: 2, switchingCost: 1 }),
};

describe.each(Object.entries(layers))("an agent inside of %s", (_, layer) => {
  test("writes into nothing but its own copy", async () => {
    const digests = [undefined, spoil].map(async (look) => {
      const run = await simulate(world, agentPolicy("own", layer(inner({}, look)) as never), { users: 20 });
      return run.digest;
    });
    const [clean, spoilt] = await Promise.all(digests);
    expect(spoilt).toBe(clean);
  });

  test.each(["beginEpisode", "step", "snapshot"] as const)(
    "is used or refused, whatever its %s returns",
    async (name) => {
      const env = await makeEnv(world);
      const first = env.reset().observation;
      const next = env.step([0]).observation;
      await expectNamed((value) => {
        const agent = layer(inner({ [name]: value }))(env);
        agent.beginEpisode(first);
        agent.step(1, next);
        agent.step(1, next);
        agent.restore(agent.snapshot());
      });
    },
  );
});

/** Whatever is handed out: it is used, or refused by name. */
async function expectNamed(call: (value: () => unknown) => unknown): Promise<void> {
  const broken: string[] = [];
  for (const [name, value] of Object.entries(hostileValues)) {
    try {
      await call(value);
    } catch (error) {
      if (!(error instanceof InvalidInput)) broken.push(`${name}: ${(error as Error).stack?.slice(0, 300)}`);
    }
  }
  expect(broken).toEqual([]);
}

const fillSlates = (_view: unknown, slates: Int32Array): void => {
  for (let at = 0; at < slates.length; at++) slates[at] = at % 2;
};

describe("a world", () => {
  const box = new spaces.Box({ low: 0, high: 1 });
  const documents = { space: box, sample: () => 0.5 };
  const responses = { space: box, respond: () => 1 };
  const worlds: Readonly<Record<string, (value: () => never) => ReturnType<typeof faultyWorld>>> = {
    "documents.sample": (sample) => faultyWorld({ documents: { ...documents, sample } }),
    "documents.observe": (observe) => faultyWorld({ documents: { ...documents, observe } }),
    "users.sample": (sample) => faultyWorld({ users: { sample, transition: (state) => state } }),
    "users.observe": (observe) => faultyWorld({ users: { observe } }),
    "users.scoreDocument": (scoreDocument) => faultyWorld({ users: { scoreDocument } }),
    "users.transition": (transition) => faultyWorld({ users: { transition, observe: () => 0 } }),
    "choice.probabilities": (probabilities) => faultyWorld({ choice: { probabilities, weights: () => [] } }),
    "responses.respond": (respond) => faultyWorld({ responses: { ...responses, respond }, reward: () => 0 }),
    reward: (reward) => faultyWorld({ reward }),
  };

  test.each(Object.entries(worlds))("is used or refused, whatever %s returns", async (name, worldOf) => {
    await expectNamed(async (value) => {
      const usual = name === "users.sample" ? { mood: value() } : value();
      const env = await makeEnv(worldOf((() => usual) as never));
      env.reset();
      env.step([0, 1]);
      env.snapshot();
    });
  });

  test.each(Object.entries(worlds))(
    "that throws in %s says where in a run, whoever fills the slates",
    async (name, worldOf) => {
      const failing = worldOf(() => {
        throw new Error("broken");
      });
      const lookers = [agentPolicy("own", agents.first() as never), { name: "batch", fillSlates }];
      const blind = name.endsWith("observe") ? [] : [policies.first()];
      for (const policy of [...lookers, ...blind]) {
        const run = simulate(failing, policy as never, { users: 1 });
        await expect(run).rejects.toThrow(/^world "faulty" failed at step [01] for user 0: broken$/);
      }
    },
  );
});

const storeThatReads = (read: unknown) => ({ open: () => ({ read: () => read, write() {}, close() {} }) }) as never;

test("a store that reads no blocks is refused by name", async () => {
  for (const read of [null, 5, "blocks", [], [null], [{ users: 3, contenders: [], pairs: [] }], Array(3)]) {
    const mistakes = await mistakesOf(() =>
      simulate(world, policies.first(), { users: 3, store: storeThatReads(read) }),
    );
    expect(mistakes).toEqual([expect.stringContaining("result of read")]);
  }
});

function boom(thrown: unknown): never {
  throw thrown;
}

test("what a policy throws may be a proxy that throws itself", async () => {
  const thrown = hostileValues["a proxy that throws"]!();
  const run = simulate(world, { name: "odd", fillSlates: () => boom(thrown) }, { users: 1 });
  await expect(run).rejects.toThrow('policy "odd" failed at step 0 for users 0 to 0');
});

describe("an agent policy whose function makes no agent is refused by what is missing", () => {
  const rule = '"createAgent" expected a function that returns an agent, with beginEpisode, step, endEpisode, got ';
  test.each([
    ["nothing", undefined, "undefined"],
    ["half an agent", { beginEpisode: () => [0], step: () => [0] }, "one without endEpisode"],
  ])("%s", async (_, made, shown) => {
    const policy = agentPolicy("none", () => made as never);
    const message = `policy "none" failed at step 0 for user 0: ${rule}${shown}`;
    await expect(simulate(world, policy, { users: 1 })).rejects.toThrow(message);
  });
});
