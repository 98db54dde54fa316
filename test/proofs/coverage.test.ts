// Every interval that is printed holds as often as it says: two thousand small experiments each, whose truth a large one knows.
import { describe, expect, test } from "vitest";
import { compare, policies, scenarios, simulate, type Comparison, type RunOptions } from "../../src/index.js";

const EXPERIMENTS = 2000;
/** Four standard errors of a share of 95 % among so many. */
const BAND = 4 * Math.sqrt((0.95 * 0.05) / EXPERIMENTS);
const world = scenarios["lts-tradeoff"]!;
const rivals = [policies.first(), policies.mix(1), policies.mix(2)];

type Interval = readonly [number, number];

/** All the intervals of a comparison, by name. */
function intervalsOf({ policies: compared, pairs }: Comparison): Map<string, Interval> {
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

describe.each(["sampled", "expected"] as const)("under the estimator %s", (estimator) => {
  test("the 95 % intervals of means and of paired differences hold in 95 % of experiments", async () => {
    // Its own error is a hundredth of an experiment's.
    const large: RunOptions = { users: 3_000_000, seed: "truth", estimator, workers: 2 };
    const truth = new Map(
      [...intervalsOf(await compare(world, rivals, large))].map(([name, ci]) => [name, middle(ci)]),
    );
    const held = new Map([...truth.keys()].map((name) => [name, 0]));
    let together = 0;
    for (let experiment = 0; experiment < EXPERIMENTS; experiment++) {
      const small = await compare(world, rivals, { users: 300, seed: `coverage ${experiment}`, estimator });
      for (const [name, interval] of intervalsOf(small)) {
        if (holds(interval, truth.get(name)!)) held.set(name, held.get(name)! + 1);
      }
      const all = small.pairs.every(({ a, b, difference }) =>
        holds(difference.simultaneousCi95, truth.get(`${b} against ${a}`)!),
      );
      if (all) together += 1;
    }
    for (const [name, count] of held)
      console.log(`${estimator}, ${name}: ${((100 * count) / EXPERIMENTS).toFixed(2)} %`);
    console.log(`${estimator}, all pairs together: ${((100 * together) / EXPERIMENTS).toFixed(2)} %`);
    for (const [name, count] of held) expect(Math.abs(count / EXPERIMENTS - 0.95), name).toBeLessThan(BAND);
    expect(together / EXPERIMENTS).toBeGreaterThan(0.95 - BAND);
  });
});

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
