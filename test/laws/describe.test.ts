import { describe, expect, test } from "vitest";
import { describeMix, judgeMixes } from "../../src/report/describeMix.js";
import { describeRun } from "../../src/report/describeRun.js";
import { describeTrace } from "../../src/report/describeTrace.js";
import { scenarios, type Moments, type Run, type Trace, type TraceStep } from "../../src/index.js";

function moments(mean: number, standardError: number): Moments {
  const half = 1.96 * standardError;
  return { mean, variance: 4, standardError, ci95: [mean - half, mean + half], min: -1, max: 9 };
}

function runOf(policy: string, mean: number, standardError = 1): Run {
  const series = { mean: [1, 2, 3], standardError: [0.1, 0.1, 0.1] };
  return {
    scenario: "lts",
    parameters: scenarios["lts"]!.parameters,
    policy,
    users: 1000,
    firstUser: 0,
    steps: 3,
    seed: "s",
    engine: "kernel",
    streamVersion: 2,
    digest: "0123456789abcdef",
    metrics: {
      totalEngagement: moments(mean, standardError),
      finalSatisfaction: moments(0.5, 0.001),
      finalExposure: moments(0, 0.1),
      clickedEducativeness: moments(0.4, 0.001),
      clickPositions: [1000, 500, 500],
      noClicks: 1000,
      perStep: { engagement: series, satisfaction: series },
    },
    timing: { seconds: 1.5, userStepsPerSecond: 2_000_000 },
  };
}

describe("describeRun", () => {
  const text = describeRun(runOf("random", 6000.25), "lts");

  test("names the run, its moments, clicks, series, digest and speed", () => {
    expect(text).toContain('lts · random · 1,000 users × 3 steps · seed "s" · kernel engine');
    expect(text).toMatch(/total engagement +6,000\.3 +\[5,998\.3, 6,002\.2\] +2\.0 +-1\.0 +9\.0/);
    expect(text).toContain("slot 0: 33.33 %  slot 1: 16.67 %  slot 2: 16.67 %  no click: 33.33 %");
    expect(text).toMatch(/engagement +1\.00 +▁▅█ +3\.00/u);
    expect(text).toContain("0123456789abcdef  (stream version 2)");
    expect(text).toContain("2.0 M/s user-steps, 1.50 s");
  });

  test("tells which users when they do not begin at 0", () => {
    const later = describeRun({ ...runOf("random", 1), firstUser: 64, users: 10 }, "lts");
    expect(later).toContain("10 users (64 to 73) × 3 steps");
  });

  test("fits into a narrow terminal", () => {
    const series = { mean: Array.from({ length: 500 }, (_, step) => step), standardError: [0.1] };
    const run = runOf("random", 6000.25);
    const long = { ...run, metrics: { ...run.metrics, perStep: { engagement: series, satisfaction: series } } };
    for (const width of [48, 60, 80]) {
      const lines = describeRun(long, "lts", width).split("\n");
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
    }
  });
});

describe("describeMix", () => {
  const random = runOf("random", 100);
  const apart = [runOf("mix(0)", 90), runOf("mix(1)", 120), runOf("mix(2)", 110), runOf("mix(3)", 80)];

  test("marks the best mix and answers in a sentence", () => {
    const text = describeMix({ random, mixes: apart }, "lts-tradeoff");
    expect(text).toMatch(
      /^mix\(1\) best +120\.0 +\[118\.0, 122\.0\] +\+20\.00 % +0\.5000 +0123456789abcdef +2\.0 M\/s$/m,
    );
    expect(text.match(/ best /g)).toHaveLength(1);
    expect(text).not.toContain("Not settled");
    expect(text.split("\n").at(-1)).toBe(
      "1 educational video and 2 memes on the slate keep people engaged longest: " +
        "120.0 in total per user, 20.0 % more than random slates.",
    );
  });

  test("says so when the intervals of the best and the runner-up overlap", () => {
    const close = [{ ...runOf("mix(0)", 119), digest: "another" }, runOf("mix(1)", 120)];
    const text = describeMix({ random, mixes: close }, "lts-tradeoff");
    expect(text).toContain(
      "Not settled at this many users: mix(1) and mix(0) are not told apart by their 95 % intervals.",
    );
    expect(text).toContain("1 educational video and no memes on the slate seem to keep people engaged longest");
  });

  test("says so when they give the same lives", () => {
    const same = [runOf("mix(0)", 5), runOf("mix(1)", 5)];
    const text = describeMix({ random, mixes: same }, "choc-kale");
    expect(text).toContain("Not settled: mix(0) and mix(1) give the same lives in this world.");
  });

  test("compares with nothing where random slates earned nothing", () => {
    const silent = runOf("random", 0, 0);
    const text = describeMix({ random: silent, mixes: [runOf("mix(0)", 0, 0), runOf("mix(1)", 5)] }, "lts");
    expect(text).toMatch(/^mix\(1\) best .* – /m);
    expect(text).toMatch(/ people engaged longest: 5\.0 in total per user\.$/);
  });

  test("judges by the mean, the smaller m when equal, and settles only intervals that lie apart", () => {
    expect(judgeMixes(apart)).toEqual({ best: 1, runnerUp: 2, settled: true });
    expect(judgeMixes([runOf("mix(0)", 5), runOf("mix(1)", 5)])).toEqual({ best: 0, runnerUp: 1, settled: false });
    expect(judgeMixes([runOf("mix(0)", 0), runOf("mix(1)", NaN, NaN)]).settled).toBe(false);
  });
});

describe("describeTrace", () => {
  const state = { exposure: 0.25, satisfaction: 0.75, observation: 0.8 };
  const candidates = [0.1, 0.2, 0.9].map((educativeness, id) => ({ id, educativeness, clusterId: 0 }));
  const draws = { choiceUniform: 0.5, engagementNormal: 0, innovationNormal: 0, observationUniform: 0.5 };
  const response = { choice: 1, engagement: 12.5, reward: 12.5 };
  const step: TraceStep = { candidates, slate: [2, 0], probabilities: [0.25, 0.5, 0.25], draws, ...response, ...state };
  const life: Trace = {
    scenario: "lts",
    parameters: scenarios["lts"]!.parameters,
    streamVersion: 2,
    policy: "random",
    user: 42,
    seed: "s",
    initial: state,
    steps: [step, { ...step, choice: 2, engagement: 0 }],
  };

  test("shows start, steps and total", () => {
    const text = describeTrace(life, "lts");
    expect(text).toContain('lts · random · user 42 · seed "s"');
    expect(text).toMatch(/^start .*0\.2500 +0\.7500 +0\.8000$/m);
    expect(text).toMatch(/^0 +2 0 +0\.90 0\.10 +0\.25 0\.50 \| 0\.25 +slot 1 +12\.50 +0\.2500 +0\.7500 +0\.8000$/m);
    expect(text).toMatch(/^1 .* none +0\.00/m);
    expect(text).toContain("total engagement 12.50 in 2 steps");
  });

  test("cuts a wide slate", () => {
    const slate = Array.from({ length: 9 }, () => 0);
    const wide = { ...step, slate, probabilities: [...slate.map(() => 1 / 9), 0] };
    expect(describeTrace({ ...life, steps: [wide] }, "lts")).toMatch(/^0 +0 0 0 0 0 0 \+3 /m);
  });
});
