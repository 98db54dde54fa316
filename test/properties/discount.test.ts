// What counts under a discount and after a warm-up, against the episodes of the users told step by step.
import { describe, expect, test } from "vitest";
import {
  agentPolicy,
  agents,
  compare,
  longTermSatisfaction,
  mergeRuns,
  metrics as metricKinds,
  policies,
  simulate,
  trace,
  type BatchPolicy,
  type Engine,
  type Estimator,
  type LtsBatchObservation,
  type LtsTypes,
  type RunPolicy,
  type Trace,
} from "../../src/index.js";
import { rewardWeights } from "../../src/statistics/rewardWeights.js";
import { exactMean } from "../support/exactMoments.js";
import { mistakesOf } from "../support/mistakesOf.js";
import {
  expectDistribution,
  metricsOfEpisodes,
  momentsOf,
  pairOf,
  returnOf,
  type Counting,
} from "../support/textbook.js";

const world = longTermSatisfaction({
  noClickLogit: 1.5,
  sensitivity: 0.2,
  slateSize: 3,
  numCandidates: 5,
  timeBudget: 6,
});
const extent = { users: 97, firstUser: 4090, seed: "discounted" };

const reversed: BatchPolicy<LtsBatchObservation> = {
  name: "reversed",
  fillSlates: ({ user, observation }, slates) => {
    const [size, last] = [slates.length / user.length, observation.educativeness.length - 1];
    slates.forEach((_, at) => (slates[at] = last - (at % size)));
  },
};

const mix = policies.mix(3);

const variants: [string, RunPolicy<LtsTypes>, Engine][] = [
  ["the kernel with a batch policy", reversed, "kernel"],
  ["the reference engine with a batch policy", reversed, "reference"],
  ["the kernel with a built-in policy", policies.mix(2), "kernel"],
  ["the kernel with a random policy", policies.random(), "kernel"],
  ["the reference engine with a built-in policy", policies.mix(2), "reference"],
  ["the reference engine with agents", agentPolicy("greedy", agents.greedyCluster()), "reference"],
];

const weights: Counting[] = [
  { discount: 0.9 },
  { discount: 0.5, warmUp: 2 },
  { warmUp: 3 },
  { discount: 0, warmUp: 1 },
  { discount: 0.7, warmUp: 5 },
];

const traces = new Map<RunPolicy<LtsTypes>, Trace<LtsTypes>[]>();

/** The same whatever the weights: traces once for each policy in `world`. */
function episodesOf(policy: RunPolicy<LtsTypes>): Trace<LtsTypes>[] {
  if (!traces.has(policy)) traces.set(policy, episodesIn(world, policy));
  return traces.get(policy)!;
}

function episodesIn(inWorld: typeof world, policy: RunPolicy<LtsTypes>): Trace<LtsTypes>[] {
  const { users, firstUser, seed } = extent;
  return Array.from({ length: users }, (_, index) => trace(inWorld, policy, { user: firstUser + index, seed }));
}

test("weights are powers of the discount from the end of the warm-up on", () => {
  expect([...rewardWeights(5, 0.5, 2).perStep]).toEqual([0, 0, 1, 0.5, 0.25]);
  expect([...rewardWeights(3).perStep]).toEqual([1, 1, 1]);
  expect([...rewardWeights(3, 0).perStep]).toEqual([1, 0, 0]);
});

describe.each<Estimator>(["sampled", "expected"])("discounted returns after a warm-up: %s", (estimator) => {
  describe.each(weights)("%j", (weighted) => {
    const counting = { ...weighted, expected: estimator === "expected" };

    test.each(variants)("are those of the episodes in %s", async (_, policy, engine) => {
      const run = await simulate(world, policy, { ...extent, ...weighted, estimator, engine });
      expect(run).toMatchObject({ engine, ...weighted });
      const episodes = episodesOf(policy);
      const { totalRewardDistribution, ...numbers } = run.metrics;
      expect(numbers).toEqual(metricsOfEpisodes(world, episodes, counting));
      const returns = episodes.map((episode) => returnOf(world, episode, counting));
      expectDistribution(totalRewardDistribution, returns);
      const plain = await simulate(world, policy, { ...extent, engine });
      expect(run.digest).toBe(plain.digest);
      expect(run.metrics.perStep).toEqual(plain.metrics.perStep);
      expect(run.metrics.totalReward).not.toEqual(plain.metrics.totalReward);
    });
  });

  // Under "expected", a single step with the same slate in another order differs by rounding alone, which is no tie.
  const severalSteps = estimator === "sampled" ? weights : weights.slice(0, 3);
  test.each(severalSteps)("%j: are what a comparison compares", async (weighted) => {
    const counting = { ...weighted, expected: estimator === "expected" };
    const calmer = longTermSatisfaction({ ...world.parameters, sensitivity: 0.05 });
    const rivals = [mix, { policy: policies.first(), world: calmer, name: "calm" }, reversed];
    const {
      pairs,
      ranking,
      policies: compared,
      ...header
    } = await compare(world, rivals, {
      ...extent,
      ...weighted,
      estimator,
    });
    const all = [episodesOf(mix), episodesIn(calmer, policies.first()), episodesOf(reversed)];
    const returns = all.map((episodes, at) => {
      return episodes.map((episode) => returnOf(at === 1 ? calmer : world, episode, counting));
    });
    const names = ["mix(3)", "calm", "reversed"];
    expect(header).toMatchObject(weighted);
    expect(pairs).toEqual([
      pairOf(["mix(3)", "calm"], returns[0]!, returns[1]!, 3),
      pairOf(["mix(3)", "reversed"], returns[0]!, returns[2]!, 3),
      pairOf(["calm", "reversed"], returns[1]!, returns[2]!, 3),
    ]);
    const means = returns.map(exactMean);
    expect(ranking.order).toEqual(names.toSorted((a, b) => means[names.indexOf(b)]! - means[names.indexOf(a)]!));
    expect(compared.map(({ metrics }) => metrics.totalEngagement)).toEqual(returns.map((xs) => momentsOf(xs)));
    const { totalRewardDistribution: _, ...numbers } = compared[2]!.metrics;
    expect(numbers).toEqual(metricsOfEpisodes(world, all[2]!, counting));
  });

  const alwaysClicks = longTermSatisfaction({ ...world.parameters, noClickLogit: -Infinity });
  test.each([
    ["a batch policy", world, reversed],
    ["a built-in policy", world, policies.mix(1)],
    ["users who always click", alwaysClicks, policies.random()],
  ])(
    "have the same bits in kernel and reference engine, for users of several blocks and tiles: %s",
    async (_, inWorld, policy) => {
      const options = { users: 4501, firstUser: 3, seed: 8, discount: 0.8, warmUp: 2, estimator };
      const [kernel, reference] = [
        await simulate(inWorld, policy, { ...options, engine: "kernel" }),
        await simulate(inWorld, policy, { ...options, engine: "reference" }),
      ];
      expect(kernel.metrics).toEqual(reference.metrics);
      expect(kernel.digest).toBe(reference.digest);
    },
  );
});

describe("a discount of 1 and no warm-up", () => {
  test("are no options: the kernel simulates, and the header does not name them", async () => {
    const run = await simulate(world, policies.first(), { users: 9, seed: 1, discount: 1, warmUp: 0 });
    const { timing: _, ...told } = run;
    const { timing: _plain, ...plain } = await simulate(world, policies.first(), { users: 9, seed: 1 });
    expect(told).toEqual(plain);
    expect(run.engine).toBe("kernel");
    expect(run).not.toHaveProperty("discount");
    expect(run).not.toHaveProperty("warmUp");
  });

  test("does not choose the engine: metrics of the caller's do", async () => {
    const options = { users: 9, seed: 1, discount: 0.5 };
    const metrics = { twice: metricKinds.sum(({ reward }: { readonly reward: number }) => reward) };
    expect((await simulate(world, policies.first(), options)).engine).toBe("kernel");
    expect((await simulate(world, policies.first(), { ...options, metrics })).engine).toBe("reference");
    expect(
      await mistakesOf(() => simulate(world, policies.first(), { ...options, metrics, engine: "kernel" })),
    ).toEqual(['"engine" expected "reference", which supports this world, policy and options, got "kernel"']);
  });
});

describe("discounted runs", () => {
  const options = { seed: 2, steps: 4, discount: 0.6, warmUp: 1 };
  const part = (firstUser: number, users: number, more = {}) =>
    simulate(world, reversed, { ...options, firstUser, users, ...more });

  test("are merged bit for bit, and only with their like", async () => {
    const left = await part(0, 4096);
    const merged = mergeRuns(left, await part(4096, 300));
    const whole = await part(0, 4396);
    expect(merged.metrics).toEqual(whole.metrics);
    expect(merged).toMatchObject({ discount: 0.6, warmUp: 1, digest: whole.digest });
    const others = [
      [{ discount: 0.5 }, '"discount" expected 0.6 in both runs, got 0.5'],
      [{ discount: 1 }, '"discount" expected 0.6 in both runs, got undefined'],
      [{ warmUp: 2 }, '"warmUp" expected 1 in both runs, got 2'],
    ] as const;
    for (const [other, mistake] of others) {
      const right = await part(4096, 300, other);
      expect(await mistakesOf(() => mergeRuns(left, right))).toEqual([mistake]);
    }
  });

  test("are the same with any number of workers, which take built-in policies", async () => {
    const weighted = { ...options, users: 17_000 };
    const { timing: _, ...alone } = await simulate(world, policies.random(), weighted);
    const { timing, ...shared } = await simulate(world, policies.random(), { ...weighted, workers: 2 });
    expect(timing.workers).toBe(2);
    expect(shared).toEqual(alone);
  });

  test.each([
    [{ discount: 1.5 }, '"discount" expected a number in [0, 1], got 1.5'],
    [{ discount: -0.1 }, '"discount" expected a number in [0, 1], got -0.1'],
    [{ discount: NaN }, '"discount" expected a number in [0, 1], got NaN'],
    [{ warmUp: 4 }, '"warmUp" expected an integer in [0, 3], got 4'],
    [{ warmUp: 0.5 }, '"warmUp" expected an integer in [0, 3], got 0.5'],
    [{ warmUp: -1 }, '"warmUp" expected an integer in [0, 3], got -1'],
  ])("refuse %j", async (wrong, mistake) => {
    expect(await mistakesOf(() => part(0, 5, wrong))).toEqual([mistake]);
    const rivals = [policies.first(), reversed];
    expect(await mistakesOf(() => compare(world, rivals, { ...options, users: 5, ...wrong }))).toEqual([mistake]);
  });
});
