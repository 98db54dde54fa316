// Discount, warm-up and every kind of metric in a custom world whose episodes end when they end, against episodes told step by step.
import { describe, expect, test } from "vitest";
import {
  agentPolicy,
  agents,
  choiceModels,
  compare,
  defineWorld,
  metrics,
  policies,
  simulate,
  spaces,
  trace,
  type CustomTypes,
  type Draws,
  type MetricStep,
  type RunPolicy,
  type WorldTypes,
} from "../../src/index.js";
import { exactRatio, type Observation } from "../support/exactMoments.js";
import {
  clicksOf,
  discounted,
  expectDistribution,
  interval,
  momentsOf,
  near,
  pairOf,
  seriesOf,
  sum,
  usersPerStep,
  type Counting,
} from "../support/textbook.js";

interface Reader {
  readonly taste: number;
  readonly patience: number;
}

type Step = MetricStep<WorldTypes & { readonly document: number; readonly response: number }, Reader>;

const choice = choiceModels.multinomialLogit({ noClickLogit: 0 });
const score = ({ taste }: Reader, length: number): number => taste * length;

/** Readers of articles of some length, who leave when their patience is gone: most of them before the last step. */
const world = defineWorld({
  name: "articles",
  slateSize: 2,
  numCandidates: 4,
  timeBudget: 7,
  documents: { space: new spaces.Box({ low: 0, high: 3 }), sample: (draws: Draws): number => 3 * draws.uniform() },
  users: {
    space: new spaces.Discrete(1),
    sample: (draws): Reader => ({ taste: draws.uniform(), patience: 0.2 + 2 * draws.uniform() }),
    observe: () => 0,
    scoreDocument: score,
    transition: ({ taste, patience }, _event, draws) => ({ taste, patience: Math.max(0, patience - draws.uniform()) }),
    isTerminal: ({ patience }) => patience === 0,
    expectedReward: (state, slate) =>
      meanReward(state.taste, slate, choice.probabilities(slate.map((x) => score(state, x)))),
  },
  choice,
  responses: {
    space: new spaces.Box({ low: -10, high: 10 }),
    respond: ({ taste }, length, clicked, draws): number => (clicked ? taste * length - draws.uniform() : 0),
  },
  reward: (responses) => sum(responses),
  metrics: {
    patience: metrics.last(({ state }: Step) => state.patience, { series: "patienceLeft" }),
    read: metrics.sum(({ clicked }: Step) => clicked ?? 0),
    clickedLength: metrics.ratio(
      ({ clicked }: Step) => clicked ?? 0,
      ({ clicked }: Step) => (clicked === undefined ? 0 : 1),
    ),
    rewardPerLength: metrics.ratio(
      ({ reward }: Step) => reward,
      ({ slate }: Step) => sum(slate),
    ),
  },
});

function meanReward(taste: number, slate: readonly number[], probabilities: readonly number[]): number {
  return sum(slate.map((length, slot) => probabilities[slot]! * (taste * length - 0.5)));
}

const more = {
  shown: metrics.mean(({ slate }: Step) => sum(slate), { series: false }),
  longest: metrics.episode<Step, number>({
    begin: () => 0,
    add: (longest, { slate }) => Math.max(longest, ...slate),
    value: (longest) => longest,
  }),
};

const extent = { users: 83, firstUser: 20, seed: "articles", steps: 6 };

const second = {
  name: "second pair",
  fillSlates: (_: unknown, slates: Int32Array) => slates.forEach((_slot, at) => (slates[at] = 2 + (at % 2))),
};

type Policy = RunPolicy<CustomTypes<number, number, number, number, unknown>>;

function episodesOf(policy: Policy) {
  const { users, firstUser, seed, steps } = extent;
  return Array.from({ length: users }, (_, index) => {
    const { initial, steps: told } = trace(world, policy, { user: firstUser + index, seed, steps });
    const { taste } = initial.state as unknown as Reader;
    return told.map(({ candidates, slate, probabilities, choice: slot, reward, state }) => {
      const lengths = slate.map((position) => Reflect.get(candidates[position]!, "document") as number);
      const mean = meanReward(taste, lengths, probabilities);
      return { lengths, slot, reward, mean, read: lengths[slot] ?? 0, patience: (state as unknown as Reader).patience };
    });
  });
}

type Episode = ReturnType<typeof episodesOf>[number];

function returnsOf(episodes: readonly Episode[], counting: Counting): number[] {
  return episodes.map((steps) => {
    return discounted(
      steps.map(({ reward, mean }) => (counting.expected === true ? mean : reward)),
      counting,
    );
  });
}

function ratioOf(episodes: readonly Episode[], { warmUp = 0 }: Counting, part: (step: Episode[number]) => Observation) {
  const users = episodes.map((steps) => steps.slice(warmUp).map(part));
  const observed = users.map((steps) => steps.filter(([, b]) => b !== 0));
  const { mean, variance, standardError } = exactRatio(users);
  const ratios = observed.flat().map(([a, b]) => a / b);
  return {
    mean: near(mean),
    variance: near(variance),
    standardError: near(standardError),
    ci95: interval(mean, standardError, observed.filter((steps) => steps.length > 0).length),
    min: near(Math.min(...ratios)),
    max: near(Math.max(...ratios)),
  };
}

/** Without the distribution and what only "expected" has. */
function metricsOf(episodes: readonly Episode[], counting: Counting): object {
  const { warmUp = 0 } = counting;
  const lengths = episodes.map((steps) => steps.length);
  const counted = episodes.map((steps) => steps.slice(warmUp));
  const seriesBy = (part: (step: Episode[number]) => number) => seriesOf(episodes.map((steps) => steps.map(part)));
  const means = counted.map((steps) =>
    steps.length === 0 ? 0 : sum(steps.flatMap((step) => step.lengths)) / steps.length,
  );
  return {
    totalReward: momentsOf(returnsOf(episodes, counting)),
    episodeLength: momentsOf(lengths),
    patience: momentsOf(episodes.map((steps) => steps.at(-1)!.patience)),
    read: momentsOf(counted.map((steps) => sum(steps.map(({ read }) => read)))),
    clickedLength: ratioOf(episodes, counting, ({ read, slot }) => [read, slot < 2 ? 1 : 0]),
    rewardPerLength: ratioOf(episodes, counting, ({ reward, lengths: shown }) => [reward, sum(shown)]),
    shown: momentsOf(means),
    longest: momentsOf(episodes.map((steps) => Math.max(...steps.flatMap((step) => step.lengths)))),
    ...clicksOf(
      episodes.map((steps) => steps.map(({ slot }) => slot)),
      2,
      counting,
    ),
    perStep: {
      users: usersPerStep(lengths),
      reward: seriesBy(({ reward }) => reward),
      patienceLeft: seriesBy(({ patience }) => patience),
      read: seriesBy(({ read }) => read),
    },
  };
}

const contenders: [string, Policy][] = [
  ["a built-in policy", policies.random()],
  ["a batch policy", second],
  ["agents", agentPolicy("first", agents.first())],
];

describe.each<Counting>([
  {},
  { discount: 0.8 },
  { discount: 0.5, warmUp: 1 },
  { warmUp: 3 },
  { expected: true, discount: 0.9, warmUp: 2 },
])("in a custom world, %j", ({ expected = false, ...weighted }) => {
  const options = { ...extent, ...weighted, estimator: expected ? "expected" : "sampled", metrics: more } as const;
  const counting = { ...weighted, expected };

  test.each(contenders)("a run says what its episodes come to: %s", async (_, policy) => {
    const run = await simulate(world, policy, options);
    const episodes = episodesOf(policy);
    expect(episodes.some((steps) => steps.length < 3)).toBe(true);
    expect(episodes.some((steps) => steps.length > 3)).toBe(true);
    expect(run).toMatchObject({ ...weighted, engine: "reference" });
    const { totalRewardDistribution, sampledTotalReward, varianceRatio, ...numbers } = run.metrics;
    expect(numbers).toEqual(metricsOf(episodes, counting));
    const { counts } = totalRewardDistribution;
    expect(sum(counts)).toBe(extent.users);
    const returns = returnsOf(episodes, counting);
    if (Math.min(...returns) > 0) expectDistribution(totalRewardDistribution, returns);
    const drawn = momentsOf(returnsOf(episodes, weighted));
    expect(sampledTotalReward).toEqual(expected ? drawn : undefined);
    expect(varianceRatio === undefined).toBe(!expected);
  });

  test("a comparison says what they differ by", async () => {
    const { pairs } = await compare(world, [policies.first(), second], options);
    const [first, other] = [policies.first(), second].map((policy) => returnsOf(episodesOf(policy), counting));
    expect(pairs).toEqual([pairOf(["first", "second pair"], first!, other!, 1)]);
  });
});
