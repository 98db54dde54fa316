import { describe, expect, test } from "vitest";
import { describeComparison } from "../../src/report/describeComparison.js";
import { describeRun, describeSpeed } from "../../src/report/describeRun.js";
import { describeTrace } from "../../src/report/describeTrace.js";
import {
  compare,
  policies,
  scenarios,
  type LtsTypes,
  type Moments,
  type Run,
  type Trace,
  type TraceStep,
} from "../../src/index.js";
import { lts, ltsTradeoff } from "../support/reported.js";

function moments(mean: number, standardError: number): Moments {
  const half = 1.96 * standardError;
  return { mean, variance: 4, standardError, ci95: [mean - half, mean + half], min: -1, max: 9 };
}

function runOf(policy: string, mean: number, standardError = 1): Run<LtsTypes> {
  const totalReward = moments(mean, standardError);
  const series = { mean: [1, 2, 3], standardError: [0.1, 0.1, 0.1] };
  return {
    scenario: "lts",
    parameters: scenarios.lts.parameters,
    world: scenarios.lts.hash,
    policy,
    users: 1000,
    firstUser: 0,
    steps: 3,
    seed: "s",
    engine: "kernel",
    streamVersion: 3,
    digest: "0123456789abcdef",
    metrics: {
      totalReward,
      totalEngagement: totalReward,
      episodeLength: moments(3, 0),
      finalSatisfaction: moments(0.5, 0.001),
      finalExposure: moments(0, 0.1),
      clickedEducativeness: moments(0.4, 0.001),
      clickPositions: [1000, 500, 500],
      noClicks: 1000,
      perStep: { users: [1000, 1000, 1000], reward: series, engagement: series, satisfaction: series },
      totalRewardDistribution: {
        quantiles: { p5: 10, p25: 20, p50: 30, p75: 40, p95: 50 },
        edges: [0, 16, 32, 64],
        counts: [1, 2, 1],
      },
    },
    timing: { seconds: 1.5, userStepsPerSecond: 2_000_000, simulatedUsers: 1, workers: 1 },
  };
}

describe("describeRun", () => {
  const text = describeRun(runOf("random", 6000.25), lts);

  test("names the run, its moments, clicks, series and digest", () => {
    expect(text).toContain('lts · random · 1,000 users × 3 steps · seed "s" · kernel engine');
    expect(text).toMatch(/total engagement +6,000\.3 +\[5,998\.3, 6,002\.2\] +2\.0 +-1\.0 +9\.0/);
    expect(text).toContain("quantiles  5 %: 10.00  25 %: 20.00  50 %: 30.00  75 %: 40.00  95 %: 50.00  ▁█▁");
    expect(text).toContain("slot 0: 33.33 %  slot 1: 16.67 %  slot 2: 16.67 %  no click: 33.33 %");
    expect(text).toMatch(/engagement +1\.00 +▁▅█ +3\.00/u);
    expect(text).toContain("0123456789abcdef  (stream version 3)");
    expect(text).not.toContain("speed");
  });

  test("tells the speed apart, as it is another each time, and none where nothing was simulated", () => {
    const timing = { seconds: 1.5, userStepsPerSecond: 2_000_000, simulatedUsers: 1, workers: 1 };
    expect(describeSpeed(timing)).toBe("speed   2.0 M/s user-steps, 1.50 s, 1 thread");
    expect(describeSpeed({ ...timing, userStepsPerSecond: 0 })).toBe("speed   nothing had to be simulated, 1.50 s");
  });

  test("tells which users when they do not begin at 0", () => {
    const later = describeRun({ ...runOf("random", 1), firstUser: 64, users: 10 }, lts);
    expect(later).toContain("10 users (64 to 73) × 3 steps");
  });

  test("fits into a narrow terminal", () => {
    const series = { mean: Array.from({ length: 500 }, (_, step) => step), standardError: [0.1] };
    const run = runOf("random", 6000.25);
    const perStep = { users: series.mean, reward: series, engagement: series, satisfaction: series };
    const long = { ...run, metrics: { ...run.metrics, perStep } };
    for (const width of [48, 60, 80]) {
      const lines = describeRun(long, lts, width).split("\n");
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
    }
  });
});

describe("describeRun of a run that did not end with its users", () => {
  const run = runOf("random", 6000.25);
  const precision = {
    method: "some rule",
    intervals: [{ of: "totalEngagement", halfWidth: 2, ci95: [5, 9] as const }],
  };

  test("says that it was interrupted", () => {
    const text = describeRun({ ...run, interrupted: true }, lts);
    expect(text).toContain("Interrupted: these are the 1,000 users that were finished.");
  });

  test("says which interval it ended with, and whether that was narrow enough", () => {
    const met = describeRun({ ...run, precision: { relative: 0.001, met: true, ...precision } }, lts);
    expect(met).toContain(
      "precision ±0.1 % of the mean met after 1,000 users; some rule:\n  totalEngagement: [5.0, 9.0], ±2.0",
    );
    const unmet = describeRun({ ...run, precision: { halfWidth: 1, met: false, ...precision } }, lts);
    expect(unmet).toContain("precision ±1 NOT met after 1,000 users");
  });
});

describe("describeComparison", () => {
  const rivals = [policies.first(), policies.random(), policies.mix(3)];
  const compared = compare(scenarios["lts-tradeoff"], rivals, { users: 200, steps: 10, seed: 1 });

  test("ranks the policies, shows every pair, and answers in a sentence", async () => {
    const comparison = await compared;
    const text = describeComparison(comparison, ltsTradeoff, Infinity, true);
    expect(text).toContain('lts-tradeoff · 200 users × 10 steps · seed "1" · kernel engine');
    const named = [...text.matchAll(/^(\S+)( best)? .* [0-9a-f]{16}$/gm)].map((match) => match[1]);
    expect(named).toEqual(comparison.ranking.order);
    for (const pair of ["random against first", "mix(3) against first", "mix(3) against random"]) {
      expect(text).toContain(pair);
    }
    expect(text).toContain("The intervals of all 3 pairs hold together with 95 % confidence (Bonferroni).");
    expect(comparison.ranking.inconclusive.length).toBeGreaterThan(0);
    for (const { a, b } of comparison.ranking.inconclusive) expect(text).toContain(`${a} and ${b}`);
  });

  test("says which brings most, where the intervals bear it out", async () => {
    const many = await compare(scenarios["lts-tradeoff"], rivals, { users: 20_000, steps: 30, seed: 1 });
    const [best, next] = many.ranking.order;
    const text = describeComparison(many, ltsTradeoff);
    expect(text).toMatch(new RegExp(`^${best} best `.replace(/[()]/g, "."), "m"));
    expect(text).toMatch(
      new RegExp(`^${best} brings most: [\\d.]+ s of engagement per user more than ${next}`.replace(/[()]/g, "."), "m"),
    );
  });

  test("names no winner of one user, by whom nothing is known", async () => {
    const few = await compare(scenarios["lts-tradeoff"], rivals, { users: 1, seed: 1 });
    const text = describeComparison(few, ltsTradeoff);
    expect(text).not.toMatch(/ best | brings most/);
    expect(text).toMatch(/significant(ly better than all others)? at 95 % with so few users\./);
  });

  test("says so when two policies are the same", async () => {
    const twice = await compare(scenarios.lts, [policies.first(), policies.first()], { users: 20, seed: 1 });
    const text = describeComparison(twice, lts);
    expect(text).toContain("first was compared with itself: every user has the same episode twice.");
    expect(text).not.toMatch(/ best | brings most|Not significant/);
    expect(text).not.toContain("of all 1 pairs");
    const known = [policies.mix(3), policies.mostEducational(), policies.mix(0)];
    const two = describeComparison(await compare(scenarios.lts, known, { users: 5000, seed: 1 }), lts);
    expect(two).toContain("mix(3) and most-educational give every user the same episode.");
  });

  test("tells every pair once, also where it went on to a precision", async () => {
    const precision = { relative: 0.05 };
    const text = describeComparison(await compare(scenarios.lts, rivals, { precision, seed: 1 }), lts, Infinity, true);
    expect(text.match(/ against /g)).toHaveLength(3);
    expect(text).toMatch(
      /^precision ±5 % of the mean of a pair's first policy met after .* \(Waudby-Smith et al\. 2024\)\.$/m,
    );
  });

  test("of one user says that there are no intervals, and of none that they hold", async () => {
    const text = describeComparison(await compare(scenarios.lts, rivals, { users: 1, seed: 1 }), lts);
    expect(text).toContain(
      "\n\nAll policies use common random numbers.\n\nNo intervals: one user alone does not show how users differ.\n\n",
    );
    expect(text).not.toContain("confidence");
  });

  test("has as many decimals in all of a column", async () => {
    const text = describeComparison(await compared, ltsTradeoff, Infinity, true);
    const columns = text
      .split("\n\n")
      .slice(1, 3)
      .map((part) => part.split("\n").slice(1));
    for (const rows of columns) {
      expect(rows).toHaveLength(3);
      const decimals = rows.map((row) => row.match(/\[?[-+]?[\d,]+\.\d+/g)!.map((cell) => cell.split(".")[1]!.length));
      for (const row of decimals) expect(row).toEqual(decimals[0]);
    }
  });

  test("shows what is compared with the baseline, and every pair only if asked for", async () => {
    const mixes = Array.from({ length: 4 }, (_, m) => policies.mix(m));
    const many = await compare(scenarios.lts, [...mixes, ...rivals], { users: 50, seed: 1 });
    expect(describeComparison(many, lts).match(/ against mix\(0\) /g)).toHaveLength(6);
    expect(describeComparison(many, lts).match(/ against /g)).toHaveLength(6);
    expect(describeComparison(many, lts, Infinity, true).match(/ against /g)).toHaveLength(21);
  });

  test("fits into a narrow terminal", async () => {
    const lines = describeComparison(await compared, ltsTradeoff, 60).split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
  });
});

describe("describeTrace", () => {
  const state = { exposure: 0.25, satisfaction: 0.75, observation: 0.8 };
  const candidates = [0.1, 0.2, 0.9].map((educativeness, id) => ({ id, educativeness, clusterId: 0 }));
  const draws = { choiceUniform: 0.5, engagementNormal: 0, innovationNormal: 0, observationUniform: 0.5 };
  const response = { choice: 1, engagement: 12.5, reward: 12.5 };
  const step: TraceStep<LtsTypes> = {
    candidates,
    slate: [2, 0],
    slatePropensity: 1,
    probabilities: [0.25, 0.5, 0.25],
    draws,
    ...response,
    ...state,
  };
  const episode: Trace<LtsTypes> = {
    scenario: "lts",
    parameters: scenarios.lts.parameters,
    streamVersion: 3,
    policy: "random",
    user: 42,
    seed: "s",
    initial: state,
    steps: [step, { ...step, choice: 2, engagement: 0, reward: 0 }],
  };

  test("shows start, steps and total", () => {
    const text = describeTrace(episode, lts);
    expect(text).toContain('lts · random · user 42 · seed "s"');
    expect(text).toMatch(/^start .*0\.2500 +0\.7500 +0\.8000$/m);
    expect(text).toMatch(/^0 +2 0 +0\.90 0\.10 +0\.25 0\.50 \| 0\.25 +slot 1 +12\.50 +0\.2500 +0\.7500 +0\.8000$/m);
    expect(text).toMatch(/^1 .* none +0\.00/m);
    expect(text).toContain("total engagement 12.50 in 2 steps");
  });

  test("cuts a wide slate", () => {
    const slate = Array.from({ length: 9 }, () => 0);
    const wide = { ...step, slate, probabilities: [...slate.map(() => 1 / 9), 0] };
    expect(describeTrace({ ...episode, steps: [wide] }, lts)).toMatch(/^0 +0 0 0 0 0 0 \+3 /m);
    const shown = Array.from({ length: 7 }, () => 0);
    const seven = { ...step, slate: shown, probabilities: [...shown.map(() => 1 / 7), 0] };
    expect(describeTrace({ ...episode, steps: [seven] }, lts)).toMatch(/^0 +0 0 0 0 0 0 \+1 /m);
  });
});
