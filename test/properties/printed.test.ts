// What people read, whole: another number in every cell, so that no two can be mixed up unseen.
import { describe, expect, test } from "vitest";
import type { LtsTypes, Run } from "../../src/index.js";
import { describeComparison } from "../../src/report/describeComparison.js";
import { describeRun, describeSpeed } from "../../src/report/describeRun.js";
import { describeTrace } from "../../src/report/describeTrace.js";
import { describeVerdict } from "../../src/report/describeVerdict.js";
import { comparison, episode, judgedByPrecision, lts, ruled, run } from "../support/reported.js";

describe("a run is printed as", () => {
  test("its moments, quantiles, clicks and series", () => {
    expect(`${describeRun(run, lts)}\n`).toBe(`\
lts · mix(2) · 1,234 users (5,000 to 6,233) × 4 steps · seed "s" · reference engine

metric                      mean       95 % interval       sd      min      max
total engagement         6,543.2  [6,540.7, 6,547.0]     40.0  6,343.2  6,823.2
final satisfaction        0.6100    [0.6076, 0.6136]   0.1100   0.0600   1.3800
final exposure             -1.30      [-1.56, -0.91]     2.20   -12.30    14.10
educativeness of clicks  0.43210  [0.43148, 0.43303]  0.01300  0.36710  0.52310

quantiles  5 %: 5.5  25 %: 25.3  50 %: 50.1  75 %: 75.8  95 %: 95.5  ▃█▁▆

clicks  slot 0: 45.00 %  slot 1: 25.00 %  slot 2: 20.00 %  no click: 10.00 %

mean per step  first         last
engagement     31.50  ▁▃▆█  57.00
satisfaction   0.910  █▆▇▁  0.310

digest  0123456789abcdef  (stream version 3)
`);
  });

  test("the same in a narrow terminal, with all that may be said beside", () => {
    const intervals = [{ of: "totalEngagement", halfWidth: 2.5, ci95: [5.25, 9.75] as const }];
    const early: Run<LtsTypes> = {
      ...run,
      firstUser: 0,
      users: 1,
      steps: 1,
      interrupted: true,
      estimator: "expected",
      metrics: { ...run.metrics, varianceRatio: 2.346 },
      precision: { relative: 0.005, met: false, method: "some rule", intervals },
    };
    expect(`${describeRun(early, lts, 70)}\n`).toBe(`\
lts · mix(2) · 1 user × 1 step · seed "s" · reference engine

metric                      mean       95 % interval       sd      min
total engagement         6,543.2  [6,540.7, 6,547.0]     40.0  6,343.2
final satisfaction        0.6100    [0.6076, 0.6136]   0.1100   0.0600
final exposure             -1.30      [-1.56, -0.91]     2.20   -12.30
educativeness of clicks  0.43210  [0.43148, 0.43303]  0.01300  0.36710

metric                       max
total engagement         6,823.2
final satisfaction        1.3800
final exposure             14.10
educativeness of clicks  0.52310

quantiles  5 %: 5.5  25 %: 25.3  50 %: 50.1  75 %: 75.8  95 %: 95.5
           ▃█▁▆

expected  1/2.35 of the sampled variance
          worth 2 users with sampled rewards

clicks  slot 0: 45.00 %  slot 1: 25.00 %  slot 2: 20.00 %
        no click: 10.00 %

mean per step  first         last
engagement     31.50  ▁▃▆█  57.00
satisfaction   0.910  █▆▇▁  0.310

Interrupted: these are the 1 user that were finished.

precision ±0.5 % of the mean NOT met after 1 user; some rule:
  totalEngagement: [5.3, 9.8], ±2.5

digest  0123456789abcdef  (stream version 3)
`);
  });

  test("bars as wide as there is room for: 60 beside a wide terminal, 8 in any", () => {
    const mean = Array.from({ length: 90 }, (_, step) => step);
    const series = { mean, standardError: mean.map(() => 0.5) };
    const perStep = { users: mean, reward: series, engagement: series, satisfaction: series };
    const long: Run<LtsTypes> = { ...run, metrics: { ...run.metrics, perStep } };
    const bars = (width?: number): number[] => {
      const rows = describeRun(long, lts, width).match(/^(engagement|satisfaction) .*$/gmu)!;
      return rows.map((row) => row.match(/[▁▂▃▄▅▆▇█]/gu)!.length);
    };
    expect([bars(), bars(99), bars(70), bars(20)]).toEqual([
      [60, 60],
      [59, 59],
      [30, 30],
      [8, 8],
    ]);
  });

  test("its speed", () => {
    expect(describeSpeed({ ...run.timing, workers: 3 })).toBe("speed   2.3 M/s user-steps, 1.50 s, 3 threads");
    expect(describeSpeed({ ...run.timing, userStepsPerSecond: 2345 })).toBe(
      "speed   2,345/s user-steps, 1.50 s, 1 thread",
    );
  });
});

const RANKED = `\
lts · 2,000 users × 6 steps · seed "t" · kernel engine

policy       total engagement       95 % interval  final satisfaction  digest
mix(3) best           1,150.1  [1,125.1, 1,187.6]              0.5300  cccccccccccccccc
first                   102.3       [99.8, 106.0]              0.4200  bbbbbbbbbbbbbbbb
random                  100.5       [97.5, 105.0]              0.3100  aaaaaaaaaaaaaaaa

pair                   difference       95 % interval  lift in %  95 % interval of lift  users better  independent users needed
first against random         -1.8         [-6.0, 2.0]      -0.18         [-0.43, -0.03]       51.23 %                    51,230
mix(3) against random    +1,049.6  [1,045.4, 1,053.4]    +104.96       [104.71, 105.11]       90.12 %                    90,120

All policies use common random numbers. Last column: users that independent runs would need for intervals of the same width.`;
const ANSWER = `\
mix(3) brings most: 1,047.88 s of engagement per user more than first, the next.

Not significant at 95 % with so few users: random and first.`;

describe("a comparison is printed as", () => {
  test("policies by rank, pairs by their intervals together, and an answer", () => {
    const note = " The intervals of all 3 pairs hold together with 95 % confidence (Bonferroni).";
    expect(describeComparison(comparison, lts)).toBe(`${RANKED}${note}\n\n${ANSWER}`);
  });

  test("the same beside a precision of one pair", () => {
    const precision = { relative: 0.25, met: true, method: "some rule", intervals: ruled.slice(1, 2) };
    const note = " The intervals of all 3 pairs hold together with 95 % confidence (Bonferroni).";
    const end =
      "precision ±25 % of the mean of a pair's first policy met after 2,000 users; some rule:\n  mix(3) against random: [1,041.6, 1,058.6], ±1.0";
    expect(describeComparison({ ...comparison, precision }, lts)).toBe(`${RANKED}${note}\n\n${end}\n\n${ANSWER}`);
  });

  test("the intervals of the precision, where it is of all pairs", () => {
    const precision = { halfWidth: 2.5, met: true, method: "some rule", intervals: ruled };
    expect(`${describeComparison({ ...judgedByPrecision, precision }, lts, 80)}\n`).toBe(`\
lts · 2,000 users × 6 steps · seed "t" · kernel engine

policy       total engagement       95 % interval  final satisfaction
mix(3) best           1,150.1  [1,125.1, 1,187.6]              0.5300
first                   102.3       [99.8, 106.0]              0.4200
random                  100.5       [97.5, 105.0]              0.3100

policy       digest
mix(3) best  cccccccccccccccc
first        bbbbbbbbbbbbbbbb
random       aaaaaaaaaaaaaaaa

pair                   difference       95 % interval  lift in %
first against random         -1.8         [-8.8, 6.3]      -0.18
mix(3) against random    +1,049.6  [1,041.6, 1,058.6]    +104.96

pair                   95 % interval of lift  users better
first against random          [-0.43, -0.03]       51.23 %
mix(3) against random       [104.71, 105.11]       90.12 %

pair                   independent users needed
first against random                     51,230
mix(3) against random                    90,120

All policies use common random numbers. Last column: users that independent runs
would need for intervals of the same width. The intervals of all 3 pairs hold
together with 95 % confidence, wherever the comparison ended.

precision ±2.5 met after 2,000 users; some rule.

${ANSWER}
`);
  });
});

test("an episode is printed step by step", () => {
  expect(`${describeTrace(episode, lts)}\n`).toBe(`\
lts · mix(1) · user 42 · seed "s"

step   slate  educativeness     probabilities  click   engagement  exposure  satisfaction  observed
start                                                               -0.2500        0.7500    0.8000
0        2 0      0.93 0.11  0.26 0.50 | 0.24  slot 1       12.50    0.1250        0.6250    0.6500
1        3 1      0.47 0.22         0.38 0.63  none          0.25    1.5000        0.5000    0.4000

total engagement 12.75 in 2 steps
`);
  const one = describeTrace({ ...episode, steps: episode.steps.slice(0, 1) }, lts);
  expect(one.split("\n").at(-1)).toBe("total engagement 12.50 in 1 step");
});

function parting(user: number) {
  return { user, step: user % 10, field: "exposure", values: [user / 4, user / 8] } as const;
}

describe("a verdict is printed as", () => {
  const same = { equal: true, blocks: 3, users: 9876, sameKernel: true, streamVersion: { locked: 3, now: 3 } };
  const unlike = { ...same, equal: false };
  const block = { block: 1, firstUser: 4096, lastUser: 8191, locked: "aa", now: "bb" };

  test("one line where it is equal", () => {
    expect(describeVerdict("x", same)).toBe("x: equal (3 blocks, 9,876 users)");
    expect(describeVerdict("x", { ...same, sameKernel: false })).toBe(
      "x: equal (3 blocks, 9,876 users; the kernel is another, its bits are the same)",
    );
  });

  test("where it first differs, and whose the blame is", () => {
    const difference = { ...block, betweenEngines: parting(5001), fromLock: parting(6002), referenceAsLocked: true };
    expect(describeVerdict("x", { ...unlike, difference })).toBe(`\
x: NOT equal (3 blocks, 9,876 users)
  first in block 1 (users 4096 to 8191): digest aa locked, bb now
  user 5001, step 1: exposure 1250.25 by the kernel, 625.125 by the reference engine
  user 6002, step 2: exposure 1500.5 locked, 750.25 now
  the reference engine reproduces the locked block: the kernel has moved`);
    const blames = [
      { betweenEngines: parting(5001), referenceAsLocked: false },
      { fromLock: parting(6002), referenceAsLocked: false },
      { fromLock: parting(6002) },
      { referenceAsLocked: false },
    ].map((rest) =>
      describeVerdict("x", { ...unlike, difference: { ...block, ...rest } as never })
        .split("\n  ")
        .at(-1),
    );
    expect(blames).toEqual([
      "neither engine reproduces the locked block",
      "kernel and reference engine agree: the model or its numeric functions have changed",
      "the policy, the model or its numeric functions have changed",
      "the recorded episodes are unchanged: other users diverge, or the file was edited",
    ]);
  });

  test("what else the file says otherwise", () => {
    expect(describeVerdict("x", { ...unlike, life: parting(7003) })).toBe(`\
x: NOT equal (3 blocks, 9,876 users)
  user 7003, step 3: exposure 1750.75 locked, 875.375 now
  the blocks are as they were locked: the reference engine has moved, or the file was edited`);
    const means = { locked: { totalEngagement: 1 } as never, now: { totalEngagement: 2 } as never };
    expect(describeVerdict("x", { ...unlike, means })).toBe(`\
x: NOT equal (3 blocks, 9,876 users)
  the means are not what the file says: {"totalEngagement":1} locked, {"totalEngagement":2} now`);
    expect(describeVerdict("x", { ...unlike, streamVersion: { locked: 2, now: 3 } })).toBe(`\
x: NOT equal (3 blocks, 9,876 users)
  locked under stream version 2, this is 3`);
    expect(describeVerdict("x", unlike)).toBe(`\
x: NOT equal (3 blocks, 9,876 users)
  its blocks do not add up to its digest: the file was edited`);
  });
});
