// Every interval that is printed holds as often as it says: a thousand small experiments each, down to two users, whose truth a large one knows.
import { describe, expect, test } from "vitest";
import {
  compare,
  longTermSatisfaction,
  policies,
  scenarios,
  simulate,
  type Comparison,
  type LtsTypes,
  type RunOptions,
} from "../../src/index.js";

const EXPERIMENTS = 1000;
/** Four standard errors of a share of 95 % among so many. */
const BAND = 4 * Math.sqrt((0.95 * 0.05) / EXPERIMENTS);
const world = scenarios["lts-tradeoff"]!;
const tried = [policies.first(), policies.mix(1), policies.mix(2)];

type Interval = readonly [number, number];

/** All the intervals of a comparison, by name. */
function intervalsOf({ policies: compared, pairs }: Comparison<LtsTypes>): Map<string, Interval> {
  const intervals = new Map<string, Interval>();
  for (const { policy, metrics } of compared) {
    const { totalEngagement, finalSatisfaction, finalExposure, clickedEducativeness } = metrics;
    const moments = { totalEngagement, finalSatisfaction, finalExposure, clickedEducativeness };
    for (const [name, { ci95 }] of Object.entries(moments)) intervals.set(`${policy}: ${name}`, ci95);
  }
  for (const { a, b, difference } of pairs) intervals.set(`${b} against ${a}`, difference.ci95);
  return intervals;
}

function holds([low, high]: Interval, truth: number): boolean {
  return low <= truth && truth <= high;
}

function middle([low, high]: Interval): number {
  return (low + high) / 2;
}

/** From those where Student's t is many times the normal's quantile to those where they are the same. */
const FEW_AND_MANY = [2, 3, 5, 10, 30, 300];

describe.each(["sampled", "expected"] as const)("under the estimator %s", (estimator) => {
  // Its own error is a hundredth of that of 300 users.
  const large: RunOptions = { users: 3_000_000, seed: "truth", estimator, workers: 2 };
  const knowTruth = async (): Promise<ReadonlyMap<string, number>> => {
    return new Map([...intervalsOf(await compare(world, tried, large))].map(([name, ci]) => [name, middle(ci)]));
  };
  let known: ReturnType<typeof knowTruth> | undefined;

  test.each(FEW_AND_MANY)(
    "the 95 percent intervals of means and differences hold in 95 percent of experiments of %d users",
    async (users) => {
      const truth = await (known ??= knowTruth());
      const held = new Map([...truth.keys()].map((name) => [name, 0]));
      let together = 0;
      for (let experiment = 0; experiment < EXPERIMENTS; experiment++) {
        const small = await compare(world, tried, { users, seed: `coverage ${experiment}`, estimator });
        for (const [name, interval] of intervalsOf(small)) {
          if (holds(interval, truth.get(name)!)) held.set(name, held.get(name)! + 1);
        }
        const all = small.pairs.every(({ a, b, difference }) =>
          holds(difference.simultaneousCi95, truth.get(`${b} against ${a}`)!),
        );
        if (all) together += 1;
      }
      const shares = [...held].map(([name, count]) => [name, count / EXPERIMENTS] as const);
      const [least, most] = [Math.min, Math.max].map((end) => end(...shares.map(([, share]) => share)));
      const range = `${(100 * least!).toFixed(2)} to ${(100 * most!).toFixed(2)} %`;
      console.log(
        `${estimator}, ${users} users: ${range}; all pairs together ${((100 * together) / EXPERIMENTS).toFixed(2)} %`,
      );
      for (const [name, share] of shares) expect(Math.abs(share - 0.95), name).toBeLessThan(BAND);
      expect(together / EXPERIMENTS).toBeGreaterThan(0.95 - BAND);
    },
  );
});

test.each(FEW_AND_MANY)(
  "two policies that are equally good are called different in 5 percent of experiments of %d users",
  async (users) => {
    let significant = 0;
    for (let experiment = 0; experiment < EXPERIMENTS; experiment++) {
      const equal = [policies.first(), policies.random()]; // candidates come in no order
      const { pairs } = await compare(world, equal, { users, seed: `equal ${experiment}` });
      if (pairs[0]!.significant) significant += 1;
    }
    console.log(`equal policies, ${users} users: ${((100 * significant) / EXPERIMENTS).toFixed(2)} % called different`);
    expect(significant / EXPERIMENTS).toBeLessThan(0.05 + BAND);
  },
);

/** Few clicks each, and often none: the errors of a mean over clicks have as many degrees of freedom as users who clicked, less one. */
test.each(FEW_AND_MANY)(
  "the intervals of a mean over clicks hold for %d users who often click nothing",
  async (users) => {
    const picky = longTermSatisfaction({ noClickLogit: 1 });
    const random = policies.random();
    const large = await simulate(picky, random, { users: 3_000_000, seed: "truth", steps: 10, workers: 2 });
    const truth = large.metrics.clickedEducativeness.mean;
    let held = 0;
    for (let experiment = 0; experiment < EXPERIMENTS; experiment++) {
      const { metrics } = await simulate(picky, random, { users, seed: `clicks ${experiment}`, steps: 10 });
      if (holds(metrics.clickedEducativeness.ci95, truth)) held += 1;
    }
    console.log(`clicks, ${users} users: ${((100 * held) / EXPERIMENTS).toFixed(2)} %`);
    expect(Math.abs(held / EXPERIMENTS - 0.95)).toBeLessThan(BAND);
  },
);

test("an interval that a run was ended by holds in at least 95 % of runs, however the end was chosen", async () => {
  const { metrics } = await simulate(world, policies.first(), {
    users: 10_000_000,
    seed: "truth",
    steps: 6,
    workers: 2,
  });
  const truth = metrics.totalEngagement.mean;
  let held = 0;
  let users = 0;
  for (let experiment = 0; experiment < EXPERIMENTS; experiment++) {
    const options = { seed: `precision ${experiment}`, steps: 6, precision: { relative: 0.012 } };
    const run = await simulate(world, policies.first(), options);
    expect(run.precision!.met).toBe(true);
    users += run.users;
    if (holds(run.precision!.intervals[0]!.ci95, truth)) held += 1;
  }
  console.log(`precision: ${((100 * held) / EXPERIMENTS).toFixed(2)} % held, ${users / EXPERIMENTS} users on average`);
  expect(users / EXPERIMENTS).toBeGreaterThan(2 * 4096); // else no end was chosen
  expect(held / EXPERIMENTS).toBeGreaterThan(0.95);
});
