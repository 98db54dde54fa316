// What people read of runs and comparisons whose estimates are worth more than samples.
import { expect, test } from "vitest";
import { describeComparison } from "../../src/report/describeComparison.js";
import { describeRun } from "../../src/report/describeRun.js";
import { comparison, lts, run } from "../support/reported.js";

test("a run under controlled says what its users are worth, and no quantiles", () => {
  const controlled = { ...run, estimator: "controlled" as const, users: 2000 };
  const text = describeRun({ ...controlled, metrics: { ...run.metrics, varianceRatio: 207_343.2 } }, lts);
  expect(text).not.toContain("quantiles");
  expect(text).toContain(
    "\n\ncontrolled  1/207,343 of the sampled variance  worth 414,686,400 users with sampled rewards\n\n",
  );
});

test("a comparison under controlled says what its users are worth, and nothing of single ones", () => {
  const ratios = [963.4, 20_345.6, 12.345];
  const compared = comparison.policies.map((each, place) => {
    return { ...each, metrics: { ...each.metrics, varianceRatio: ratios[place]! } };
  });
  const text = describeComparison({ ...comparison, estimator: "controlled", policies: compared }, lts, Infinity, true);
  const [, ranked, pairs, , worth] = text.split("\n\n");
  expect(ranked).toBe(`\
policy       total engagement       95 % interval  variance ratio  final satisfaction  digest
mix(3) best           1,150.1  [1,125.1, 1,187.6]           12.35              0.5300  cccccccccccccccc
first                   102.3       [99.8, 106.0]       20,345.60              0.4200  bbbbbbbbbbbbbbbb
random                  100.5       [97.5, 105.0]          963.40              0.3100  aaaaaaaaaaaaaaaa`);
  expect(pairs).toBe(`\
pair                   difference         95 % interval  lift in %  95 % interval of lift  independent users needed
first against random        -1.75         [-6.00, 2.00]     -0.175       [-0.425, -0.025]                    51,230
mix(3) against random   +1,049.63  [1,045.38, 1,053.38]   +104.963     [104.713, 105.113]                    90,120
mix(3) against first    +1,047.88  [1,043.63, 1,051.63]   +104.787     [104.537, 104.938]                    82,340`);
  expect(worth).toBe(
    "Variance ratio: variance of sampled rewards over that of the estimates. mix(3): worth 24,690 users with sampled rewards.",
  );
});
