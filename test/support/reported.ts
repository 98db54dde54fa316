// Results with another number in every place, so that a text that mixes two of them up is another text.
import { describedWorld } from "../../src/cli/worldLabel.js";
import { scenarios, type Comparison, type LtsTypes, type Moments, type Run, type Trace } from "../../src/index.js";

/** What reports are told of the worlds. */
export const lts = describedWorld(scenarios.lts);
export const ltsTradeoff = describedWorld(scenarios["lts-tradeoff"]);

const { parameters, hash } = scenarios.lts;

export function moments(mean: number, standardError: number, spread: number): Moments {
  return {
    mean,
    variance: spread ** 2,
    standardError,
    ci95: [mean - 2 * standardError, mean + 3 * standardError],
    min: mean - 5 * spread,
    max: mean + 7 * spread,
  };
}

const totalReward = moments(6543.21, 1.25, 40);
const reward = { mean: [31.5, 40, 48.5, 57], standardError: [0.5, 0.005, 0.0005, 5] };

export const metrics: Run<LtsTypes>["metrics"] = {
  totalReward,
  totalEngagement: totalReward,
  episodeLength: moments(4, 0, 0),
  finalSatisfaction: moments(0.61, 0.0012, 0.11),
  finalExposure: moments(-1.3, 0.13, 2.2),
  clickedEducativeness: moments(0.4321, 0.00031, 0.013),
  clickPositions: [900, 500, 400],
  noClicks: 200,
  perStep: {
    users: [1234, 1234, 1234, 1234],
    reward,
    engagement: reward,
    satisfaction: { mean: [0.91, 0.71, 0.81, 0.31], standardError: [0.03, 0.0003, 0.3, 0.00003] },
  },
  totalRewardDistribution: {
    quantiles: { p5: 5.5, p25: 25.25, p50: 50.125, p75: 75.75, p95: 95.5 },
    edges: [1, 2, 4, 8, 16],
    counts: [3, 9, 0, 6],
  },
};

export const run: Run<LtsTypes> = {
  scenario: "lts",
  parameters,
  world: hash,
  policy: "mix(2)",
  users: 1234,
  firstUser: 5000,
  steps: 4,
  seed: "s",
  engine: "reference",
  streamVersion: 3,
  digest: "0123456789abcdef",
  metrics,
  timing: { seconds: 1.5, userStepsPerSecond: 2_345_678, simulatedUsers: 17, workers: 1 },
};

function compared(policy: string, digest: string, engagement: Moments, satisfaction: Moments) {
  const totals = { totalReward: engagement, totalEngagement: engagement };
  return { policy, digest, metrics: { ...metrics, ...totals, finalSatisfaction: satisfaction } };
}

type Pair = Comparison["pairs"][number];

function pair(a: string, b: string, mean: number, standardError: number, better: number, significant: boolean): Pair {
  return {
    a,
    b,
    difference: {
      mean,
      standardError,
      ci95: [mean - 3, mean + 3],
      simultaneousCi95: [mean - 4.25, mean + 3.75],
    },
    lift: {
      ratio: mean / 1000,
      standardError: standardError / 1000,
      ci95: [(mean - 1) / 1000, (mean + 1) / 1000],
      simultaneousCi95: [(mean - 2.5) / 1000, (mean + 1.5) / 1000],
    },
    shareBetter: better,
    shareWorse: 0.01,
    varianceRatio: 3,
    equivalentSampleSize: 100_000 * better,
    significant,
  };
}

/** In the order of the policies, which is not that of their means. */
export const comparison: Comparison<LtsTypes> = {
  scenario: "lts",
  parameters,
  world: hash,
  users: 2000,
  firstUser: 0,
  steps: 6,
  seed: "t",
  engine: "kernel",
  streamVersion: 3,
  policies: [
    compared("random", "aaaaaaaaaaaaaaaa", moments(100.5, 1.5, 10), moments(0.31, 0.01, 0.1)),
    compared("first", "bbbbbbbbbbbbbbbb", moments(102.25, 1.25, 11), moments(0.42, 0.002, 0.2)),
    compared("mix(3)", "cccccccccccccccc", moments(1150.125, 12.5, 12), moments(0.53, 0.03, 0.3)),
  ],
  baseline: "random",
  pairs: [
    pair("random", "first", -1.75, 1.5, 0.5123, false),
    pair("random", "mix(3)", 1049.625, 15, 0.9012, true),
    pair("first", "mix(3)", 1047.875, 0.15, 0.8234, true),
  ],
  ranking: { method: "Bonferroni", order: ["mix(3)", "first", "random"], inconclusive: [{ a: "random", b: "first" }] },
  timing: { seconds: 1, userStepsPerSecond: 1, simulatedUsers: 2000, workers: 1 },
};

const candidates = [0.11, 0.22, 0.93, 0.47].map((educativeness, position) => {
  return { id: 10 + position, educativeness, clusterId: position % 2 };
});
const draws = { choiceUniform: 0.5, engagementNormal: 0, innovationNormal: 0, observationUniform: 0.5 };

export const episode: Trace<LtsTypes> = {
  scenario: "lts",
  parameters,
  streamVersion: 3,
  policy: "mix(1)",
  user: 42,
  seed: "s",
  initial: { exposure: -0.25, satisfaction: 0.75, observation: 0.8 },
  steps: [
    {
      candidates,
      slate: [2, 0],
      slatePropensity: 1,
      probabilities: [0.26, 0.5, 0.24],
      draws,
      choice: 1,
      engagement: 13.5,
      reward: 12.5,
      exposure: 0.125,
      satisfaction: 0.625,
      observation: 0.65,
    },
    {
      candidates,
      slate: [3, 1],
      slatePropensity: 1,
      probabilities: [0.375, 0.625, 0],
      draws,
      choice: 2,
      engagement: 1.25,
      reward: 0.25,
      exposure: 1.5,
      satisfaction: 0.5,
      observation: 0.4,
    },
  ],
};

/** The intervals of a precision of all pairs, each as wide as no other. */
export const ruled = comparison.pairs.map(({ a, b, difference: { mean } }, at) => {
  return { of: `${b} against ${a}`, halfWidth: 1, ci95: [mean - 7 - at, mean + 8 + at] as const };
});

/** The comparison as such a precision judges it. */
export const judgedByPrecision: Comparison<LtsTypes> = {
  ...comparison,
  pairs: comparison.pairs.map((each, at) => {
    return Object.assign({}, each, { difference: { ...each.difference, simultaneousCi95: ruled[at]!.ci95 } });
  }),
  ranking: { ...comparison.ranking, method: "time-uniform" },
};
