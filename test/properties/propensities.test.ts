// How likely the slates of traces were under the policy that showed them.
import { describe, expect, test } from "vitest";
import {
  agentNames,
  agentPolicy,
  agents,
  longTermSatisfaction,
  parseAgent,
  policies,
  scenarios,
  simulate,
  solve,
  trace,
  type BatchPolicy,
  type RunPolicy,
  type World,
} from "../../src/index.js";
import { logEpisodes, stochasticPolicy } from "../../src/evaluation/index.js";
import { recordedPropensity, uniformPropensity } from "../../src/spaces/propensity.js";
import { curious } from "../support/arbitraries.js";
import { fading } from "../support/playing.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { ownWorlds } from "../support/ownWorlds.js";

const worlds: Readonly<Record<string, World>> = { ...(scenarios as Readonly<Record<string, World>>), ...ownWorlds };

function propensitiesOf(world: World, policy: RunPolicy, user = 5): (number | null)[] {
  const steps = Math.min(world.timeBudget, 4);
  return trace(world, policy, { user, seed: "how likely", steps }).steps.map((step) => step.slatePropensity);
}

/** One over the number of ordered slates, factor by factor from the last one. */
function uniform({ slateSize, numCandidates }: World): number {
  let propensity = 1;
  for (let left = numCandidates - slateSize + 1; left <= numCandidates; left++) propensity /= left;
  return propensity;
}

const stating: BatchPolicy = {
  name: "stating",
  fillSlates({ user, step }, slates, propensities) {
    const slateSize = slates.length / user.length;
    for (let at = 0; at < slates.length; at++) slates[at] = at % slateSize;
    if (step !== 1)
      for (let index = 0; index < user.length; index++) propensities[index] = 1 / (user[index]! + step + 1);
  },
};

describe.each(Object.entries(worlds))("in the world %s", (_, world) => {
  test("built-in policies and agents know theirs", () => {
    for (const [policy, expected] of [
      [policies.first(), 1],
      [policies.random(), uniform(world)],
      [agentPolicy("first", agents.first()), 1],
      [agentPolicy("random", agents.random()), uniform(world)],
      ...(world.rank === undefined
        ? []
        : ([
            [policies.mix(1), 1],
            [policies.mostEducational(), 1],
          ] as const)),
    ] as const) {
      const stated = propensitiesOf(world, policy);
      expect(stated.length).toBeGreaterThan(0);
      for (const propensity of stated) expect(propensity).toBeCloseTo(expected, 12);
    }
  });

  test("batch policies state what they write", () => {
    const expected = [1 / 6, null, 1 / 8, 1 / 9];
    const stated = propensitiesOf(world, stating);
    expect(stated).toEqual(expected.slice(0, stated.length));
  });
});

test("the optimal policy is certain of its slates", async () => {
  const world = longTermSatisfaction({ timeBudget: 2 });
  const optimal = policies.optimal(await solve(world, { gridSize: 8 }));
  expect(propensitiesOf(world as World, optimal)).toEqual([1, 1]);
});

test.each(agentNames)("the agent %s states a probability, or nothing", (name) => {
  const policy = agentPolicy(name, (spaces, options) => parseAgent(name)(spaces as never, options));
  const stated = propensitiesOf(scenarios.lts as World, policy as RunPolicy);
  for (const propensity of stated) expect(propensity === null || (propensity > 0 && propensity <= 1)).toBe(true);
  expect(stated.every((propensity) => propensity !== null)).toBe(
    ["random", "first", "most-educational", "least-educational"].includes(name),
  );
});

test("policies of a caller that say nothing state nothing", () => {
  const world = longTermSatisfaction({ timeBudget: 3 });
  for (const policy of [curious, fading])
    expect(propensitiesOf(world as World, policy as RunPolicy)).toEqual([null, null, null]);
});

test("a probability that no number can hold is not known", () => {
  expect(recordedPropensity(uniformPropensity({ slateSize: 200, numCandidates: 300 }))).toBeNull();
  expect(uniformPropensity({ slateSize: 3, numCandidates: 2, allowRepeats: true })).toBe(1 / 8);
});

test("random slates come as often as their propensities say", () => {
  const world = longTermSatisfaction({ timeBudget: 1, slateSize: 2, numCandidates: 3 }) as World;
  const users = 3000;
  const counts = new Map<string, number>();
  for (let user = 0; user < users; user++) {
    const [step] = trace(world, policies.random(), { user, seed: "how often" }).steps;
    expect(step!.slatePropensity).toBe(1 / 6);
    counts.set(String(step!.slate), (counts.get(String(step!.slate)) ?? 0) + 1);
  }
  expect(counts.size).toBe(6);
  const error = Math.sqrt((1 / 6) * (5 / 6) * users);
  for (const count of counts.values()) expect(Math.abs(count - users / 6)).toBeLessThan(4 * error);
});

test("a stochastic policy states what its log has as propensity", () => {
  const world = longTermSatisfaction({ timeBudget: 6, slateSize: 2, numCandidates: 3 });
  const policy = stochasticPolicy(world, {
    name: "drawing",
    slateProbabilities: (_observation, user, step) => [
      { slate: [0, 1], probability: 0.25 },
      { slate: [2, step % 2], probability: 0.5 - user / 100 },
      { slate: [0, 1], probability: 0.25 + user / 100 }, // listed twice: its probabilities add up
    ],
  });
  const seen = new Set<number>();
  for (const logger of [policy, policies.random(), policies.mix(1)]) {
    const { episodes } = logEpisodes(world, logger, { users: 9, seed: 3 });
    for (const { user, steps } of episodes) {
      const stated = trace(world, logger, { user, seed: 3 }).steps.map(({ slatePropensity }) => slatePropensity);
      expect(steps.map(({ propensity }) => propensity)).toEqual(stated);
      for (const propensity of stated) seen.add(propensity!);
    }
  }
  expect(seen.size).toBeGreaterThan(15);
});

describe("a propensity that is none", () => {
  const world = scenarios["lts-tradeoff"]!;
  const rule = "expected a number in (0, 1], or NaN, got";

  test.each([0, -0.5, 1.5, Infinity])("is refused of a batch policy, by user and step: %d", async (wrong) => {
    const policy: BatchPolicy = {
      name: "wrong",
      fillSlates(view, slates, propensities) {
        stating.fillSlates(view, slates, propensities);
        if (view.step === 2 && view.user.includes(7)) propensities[view.user.indexOf(7)] = wrong;
      },
    };
    const told = [`policy "wrong" at step 2: "propensities[user 7]" ${rule} ${wrong}`];
    for (const engine of ["kernel", "reference"] as const) {
      const options = { users: 20, steps: 3, engine };
      expect(await mistakesOf(() => simulate(world as World, policy, options))).toEqual(told);
    }
    expect(await mistakesOf(() => trace(world as World, policy, { user: 7 }))).toEqual(told);
  });

  test("is told together with slates that are none", async () => {
    const policy: BatchPolicy = { name: "wrong", fillSlates: (_view, _slates, propensities) => propensities.fill(2) };
    expect(await mistakesOf(() => trace(world as World, policy, { user: 7 }))).toEqual([
      'policy "wrong" at step 0: "slates[user 7][slot 0]" expected an integer in [0, 9], got -1',
      `policy "wrong" at step 0: "propensities[user 7]" ${rule} 2`,
    ]);
  });

  test.each<[unknown, string]>([
    [0, "0"],
    [1.01, "1.01"],
    [undefined, "undefined"],
    ["1", '"1"'],
  ])("is refused of an agent, by user and step: %j", (wrong, shown) => {
    const policy = agentPolicy("wrong", ({ actionSpace: { slateSize } }) => {
      let step = -1;
      const slate = () => (step++, Array.from({ length: slateSize }, (_, slot) => slot));
      const slatePropensity = (): number => (step === 1 ? (wrong as number) : 0.5);
      return { beginEpisode: slate, step: slate, endEpisode() {}, slatePropensity };
    });
    expect(() => trace(world, policy, { user: 7 })).toThrow(
      `policy "wrong" failed at step 1 for user 7: "slatePropensity[user 7, step 1]" ${rule} ${shown}`,
    );
    expect(trace(world, policy, { user: 7, steps: 1 }).steps[0]!.slatePropensity).toBe(0.5);
  });
});

test("runs are the same whether a batch policy states propensities or not", async () => {
  const silent: BatchPolicy = {
    name: "stating",
    fillSlates: (view, slates) => stating.fillSlates(view, slates, new Float64Array(view.user.length)),
  };
  const world = scenarios["lts-tradeoff"]! as World;
  const options = { users: 300, steps: 5, seed: 4 };
  const [one, other] = [await simulate(world, stating, options), await simulate(world, silent, options)];
  expect(one.digest).toBe(other.digest);
  expect(one.metrics).toEqual(other.metrics);
});
