// Every number that a run or a comparison says, against the textbook and the episodes of its users told one by one.
import { describe, expect, test } from "vitest";
import {
  agentPolicy,
  agents,
  compare,
  longTermSatisfaction,
  makeEnv,
  policies,
  simulate,
  trace,
  type BatchPolicy,
  type Estimator,
  type LtsBatchObservation,
  type LtsTypes,
  type RunPolicy,
  type Trace,
} from "../../src/index.js";
import { meanInterval } from "../../src/numeric/moments.js";
import { exactMean } from "../support/exactMoments.js";
import { filmWorld } from "../support/ownWorlds.js";
import {
  clicksOf,
  expectDistribution,
  metricsOfEpisodes,
  momentsOf,
  pairOf,
  returnOf,
  seriesOf,
  sum,
  usersPerStep,
} from "../support/textbook.js";

/** Users may click nothing at all, and differ in how often they click. */
const world = longTermSatisfaction({
  noClickLogit: 2,
  sensitivity: 0.2,
  slateSize: 3,
  numCandidates: 5,
  timeBudget: 4,
});
const extent = { users: 131, firstUser: 70, seed: "textbook" };

const reversed: BatchPolicy<LtsBatchObservation> = {
  name: "reversed",
  fillSlates: ({ user, observation }, slates) => {
    const [size, last] = [slates.length / user.length, observation.educativeness.length - 1];
    slates.forEach((_, at) => (slates[at] = last - (at % size)));
  },
};

const contenders: [string, RunPolicy<LtsTypes>, "kernel" | "reference"][] = [
  ["the kernel", policies.random(), "kernel"],
  ["the reference engine", policies.mix(2), "reference"],
  ["a batch policy", reversed, "kernel"],
  ["a batch policy in the reference engine", reversed, "reference"],
  ["agents", agentPolicy("greedy", agents.greedyCluster()), "reference"],
];

function episodesOf(policy: RunPolicy<LtsTypes>, inWorld = world): Trace<LtsTypes>[] {
  const { users, firstUser, seed } = extent;
  return Array.from({ length: users }, (_, index) => trace(inWorld, policy, { user: firstUser + index, seed }));
}

describe.each<Estimator>(["sampled", "expected"])("a run says what its episodes come to: %s", (estimator) => {
  const counting = { expected: estimator === "expected" };

  test.each(contenders)("%s", async (_, policy, engine) => {
    const { metrics } = await simulate(world, policy, { ...extent, estimator, engine });
    const episodes = episodesOf(policy);
    const { totalRewardDistribution, ...numbers } = metrics;
    expect(numbers).toEqual(metricsOfEpisodes(world, episodes, counting));
    const returns = episodes.map((episode) => returnOf(world, episode, counting));
    expectDistribution(totalRewardDistribution, returns);
    expect(episodes.some(({ steps }) => steps.every(({ choice }) => choice === 3))).toBe(true);
  });

  test("of a single user it says no spread, and of none who clicked no mean of clicks", async () => {
    const { metrics } = await simulate(longTermSatisfaction({ noClickLogit: 700 }), policies.first(), {
      ...extent,
      users: 2,
      steps: 1,
      estimator,
    });
    const unknown = { mean: NaN, variance: NaN, standardError: NaN, ci95: [NaN, NaN], min: NaN, max: NaN };
    expect(metrics.clickedEducativeness).toEqual(unknown);
    const two = await simulate(world, policies.first(), { ...extent, users: 2, estimator });
    const returns = episodesOf(policies.first())
      .slice(0, 2)
      .map((episode) => returnOf(world, episode, counting));
    expect(two.metrics.totalEngagement).toEqual(momentsOf(returns));
    const alone = await simulate(world, policies.first(), { ...extent, users: 1, estimator });
    expect(alone.metrics.totalEngagement).toMatchObject({ variance: NaN, standardError: NaN, ci95: [NaN, NaN] });
    expect(alone.metrics.perStep.satisfaction.standardError).toEqual([NaN, NaN, NaN, NaN]);
    expect(alone.metrics.clickedEducativeness).toMatchObject({ standardError: NaN, ci95: [NaN, NaN] });
  });

  test("a comparison says what the episodes differ by, pair by pair", async () => {
    const calmer = longTermSatisfaction({ ...world.parameters, sensitivity: 0.05 });
    const rivals = [policies.mix(3), { policy: policies.first(), world: calmer, name: "calm" }, reversed];
    const comparison = await compare(world, rivals, { ...extent, estimator });
    const all = [episodesOf(policies.mix(3)), episodesOf(policies.first(), calmer), episodesOf(reversed)];
    const returns = all.map((episodes, at) => {
      return episodes.map((episode) => returnOf(at === 1 ? calmer : world, episode, counting));
    });
    const names = ["mix(3)", "calm", "reversed"];
    const places = [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const;
    expect(comparison.pairs).toEqual(
      places.map(([a, b]) => pairOf([names[a]!, names[b]!], returns[a]!, returns[b]!, 3)),
    );
    const means = returns.map(exactMean);
    const order = names.toSorted((a, b) => means[names.indexOf(b)]! - means[names.indexOf(a)]!);
    expect(order).not.toEqual(names);
    const open = comparison.pairs.filter(({ significant }) => !significant);
    expect(comparison.ranking).toEqual({
      method: "Bonferroni",
      order,
      inconclusive: open.map(({ a, b }) => ({ a, b })),
    });
    expect(comparison.policies.map(({ metrics }) => metrics.totalEngagement)).toEqual(
      returns.map((xs) => momentsOf(xs)),
    );
    expect(comparison.policies.map(({ policy }) => policy)).toEqual(names);
    const { totalRewardDistribution: _, ...numbers } = comparison.policies[2]!.metrics;
    expect(numbers).toEqual(metricsOfEpisodes(world, episodesOf(reversed), counting));
  });
});

test("a comparison counts the better and the worse of all blocks, and is significant on either side", async () => {
  const rivals = [policies.mix(0), policies.mix(3)];
  const options = { seed: 6, steps: 3 };
  const pairOfRun = async (users: number, firstUser: number) =>
    (await compare(world, rivals, { ...options, users, firstUser })).pairs[0]!;
  const [whole, left, right] = [await pairOfRun(4500, 0), await pairOfRun(4096, 0), await pairOfRun(404, 4096)];
  for (const share of ["shareBetter", "shareWorse"] as const) {
    expect(whole[share] * 4500).toBeCloseTo(left[share] * 4096 + right[share] * 404, 6);
    expect(right[share]).toBeGreaterThan(0);
  }
  const [back] = (await compare(world, rivals.toReversed(), { ...options, users: 4500 })).pairs;
  expect(back!.difference.mean).toBe(-whole.difference.mean);
  expect(back!.difference.ci95).toEqual([-whole.difference.ci95[1], -whole.difference.ci95[0]]);
  expect([back!.shareBetter, back!.shareWorse]).toEqual([whole.shareWorse, whole.shareBetter]);
  expect([whole.significant, back!.significant]).toEqual([true, true]);
});

test("an interval of equal numbers allows for the number of pairs", () => {
  expect(meanInterval(7, 0, 6)).toEqual([7, 7]);
  expect(meanInterval(7, 0, 5)).toEqual([NaN, NaN]);
  expect(meanInterval(7, 0, 6, 0.05 / 3)).toEqual([NaN, NaN]);
  expect(meanInterval(7, 0, 7, 0.05 / 3)).toEqual([7, 7]);
});

describe("in a custom world", () => {
  const film = filmWorld();
  const second: BatchPolicy<readonly unknown[]> = {
    name: "second pair",
    fillSlates: (_, slates) => slates.forEach((_slot, at) => (slates[at] = 2 + (at % 2))),
  };

  interface Told {
    readonly rewards: readonly number[];
    readonly slots: readonly number[];
  }

  async function episodeOf(user: number, slate: readonly number[], steps: number): Promise<Told> {
    const env = await makeEnv(film, { seed: extent.seed });
    env.reset({ user });
    const [rewards, slots]: [number[], number[]] = [[], []];
    for (let ended = false; !ended && rewards.length < steps;) {
      const { observation, reward, terminated } = env.step(slate);
      rewards.push(reward);
      slots.push([...observation.response!.map(({ click }) => click), 1].indexOf(1));
      ended = terminated;
    }
    return { rewards, slots };
  }

  test("a run and a comparison say the same of episodes that end when they end", async () => {
    const options = { ...extent, steps: 12 };
    const users = Array.from({ length: extent.users }, (_, index) => extent.firstUser + index);
    const episodes = await Promise.all(users.map((user) => episodeOf(user, [0, 1], 12)));
    const others = await Promise.all(users.map((user) => episodeOf(user, [2, 3], 12)));
    const { metrics } = await simulate(film, policies.first(), options);
    const { totalRewardDistribution, ...numbers } = metrics;
    const rewards = episodes.map((episode) => episode.rewards);
    const returns = rewards.map(sum);
    const lengths = rewards.map(({ length }) => length);
    const slots = episodes.map((episode) => episode.slots);
    expect(numbers).toEqual({
      totalReward: momentsOf(returns),
      episodeLength: momentsOf(lengths),
      ...clicksOf(slots, 2, {}),
      perStep: {
        users: usersPerStep(lengths),
        reward: seriesOf(rewards),
      },
    });
    const bins = totalRewardDistribution;
    expect(sum(bins.counts)).toBe(extent.users);
    expect(new Set(Object.values(bins.quantiles)).size).toBeGreaterThan(3);
    const { pairs, ranking } = await compare(film, [policies.first(), second], options);
    const otherReturns = others.map((episode) => sum(episode.rewards));
    expect(pairs).toEqual([pairOf(["first", "second pair"], returns, otherReturns, 1)]);
    const falling = exactMean(returns) > exactMean(otherReturns) ? ["first", "second pair"] : ["second pair", "first"];
    expect(ranking.order).toEqual(falling);
  });
});
