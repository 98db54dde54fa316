import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { banditAlgorithmNames, banditAlgorithms } from "../../src/agents/bandits/algorithms.js";
import { firstHighest, type ArmStatistics } from "../../src/agents/bandits/armStatistics.js";
import { Bandit } from "../../src/agents/bandits/bandit.js";
import { glmAlgorithmNames } from "../../src/agents/bandits/glmAlgorithms.js";
import { GlmBandit } from "../../src/agents/bandits/glmBandit.js";
import { klUcbScores } from "../../src/agents/bandits/klUcb.js";
import { binarised } from "../../src/agents/bandits/thompson.js";
import type { Json } from "../../src/check/json.js";
import { logistic } from "../../src/numeric/exponential.js";
import { log } from "../../src/numeric/log.js";
import { wordSource } from "../../src/random/address.js";
import { Draws } from "../../src/random/draws.js";
import { mistakesOf } from "../support/mistakesOf.js";

const CHANCES = [0.2, 0.8, 0.5];
const FEATURES = [
  [1, 0],
  [0, 1],
  [1, -1],
];
const TRUE_WEIGHTS = [-1, 2];

/** A coin for every pull, from a stream that no bandit uses. */
function coin(chance: number, pull: number, seed: number): number {
  return new Draws(wordSource({ key0: seed, key1: 0 }, 77, 0), pull).uniform() < chance ? 1 : 0;
}

interface AnyBandit {
  selectArm(): number;
  update(arm: number, reward: number): void;
  snapshot(): Json;
  restore(snapshot: Json): void;
}

function armBandit(name: (typeof banditAlgorithmNames)[number], seed: number): AnyBandit {
  return new Bandit(name, CHANCES.length, { seed });
}

function glmBandit(name: (typeof glmAlgorithmNames)[number], seed: number): AnyBandit {
  const bandit = new GlmBandit(name, 2, { seed, optimismScaling: 0.3, horizon: 300 });
  return {
    selectArm: () => bandit.selectArm(FEATURES),
    update: (arm, reward) => bandit.update(FEATURES[arm]!, reward),
    snapshot: () => bandit.snapshot(),
    restore: (snapshot) => bandit.restore(snapshot),
  };
}

const glmChances = FEATURES.map(([a, b]) => logistic(a! * TRUE_WEIGHTS[0]! + b! * TRUE_WEIGHTS[1]!));
const bandits = [
  ...banditAlgorithmNames.map((name) => ({ name, chances: CHANCES, make: (seed: number) => armBandit(name, seed) })),
  ...glmAlgorithmNames.map((name) => ({ name, chances: glmChances, make: (seed: number) => glmBandit(name, seed) })),
];

/** Pulls as often as said, and tells which arms. */
function play(bandit: AnyBandit, chances: readonly number[], seed: number, pulls: number): number[] {
  return Array.from({ length: pulls }, (_, pull) => {
    const arm = bandit.selectArm();
    bandit.update(arm, coin(chances[arm]!, pull, seed));
    return arm;
  });
}

describe.each(bandits)("$name", ({ make, chances }) => {
  test("finds the best arm of an easy problem", () => {
    for (const seed of [1, 2, 3]) {
      const late = play(make(seed), chances, seed, 300).slice(200);
      expect(late.filter((arm) => arm === firstHighest(chances)).length).toBeGreaterThan(60);
    }
  });

  test("goes on from a snapshot as if it had not stopped, whatever seed it was built with", () => {
    const first = make(4);
    play(first, chances, 4, 30);
    const taken = first.snapshot();
    const ahead = play(first, chances, 5, 30);
    const second = make(99);
    second.restore(taken);
    expect(play(second, chances, 5, 30)).toEqual(ahead);
    expect(second.snapshot()).toEqual(first.snapshot());
  });

  test("refuses the snapshot of anything else, and stays as it was", async () => {
    const bandit = make(6);
    play(bandit, chances, 6, 20);
    const before = bandit.snapshot();
    const others = bandits.map((other) => other.make(6).snapshot()).filter((other) => !isSameOwner(other, before));
    expect(others).toHaveLength(bandits.length - 1);
    const damaged = { ...(before as object), stream: -1 };
    for (const snapshot of [...others, damaged, {}, [], null, 7]) {
      expect(await mistakesOf(() => bandit.restore(snapshot))).not.toEqual([]);
      expect(bandit.snapshot()).toEqual(before);
    }
  });

  test("does not let a snapshot change under later pulls", () => {
    const bandit = make(7);
    const snapshot = bandit.snapshot();
    const text = JSON.stringify(snapshot);
    play(bandit, chances, 7, 20);
    expect(JSON.stringify(snapshot)).toBe(text);
  });

  test("refuses rewards outside [0, 1]", async () => {
    for (const reward of [-0.1, 1.1, NaN]) {
      const rule = `"reward" expected a number in [0, 1], got ${reward}`;
      expect(await mistakesOf(() => make(8).update(0, reward))).toEqual([rule]);
    }
  });
});

function isSameOwner(one: Json, other: Json): boolean {
  return JSON.stringify(ownerOf(one)) === JSON.stringify(ownerOf(other));
}

function ownerOf(snapshot: Json): unknown {
  const { agent, settings } = snapshot as { agent: Json; settings: Json };
  return { agent, settings };
}

describe.each(banditAlgorithmNames)("%s", (algorithm) => {
  const draws = new Draws(wordSource({ key0: 0, key1: 0 }, 3, 0), 0);
  const scores = (changes: Partial<ArmStatistics>): number[] =>
    banditAlgorithms[algorithm]({ t: 9, pulls: [4, 4], reward: [1, 2], optimismScaling: 1, ...changes }, draws);

  test.each<[Partial<ArmStatistics>, string]>([
    [{ t: 0 }, '"t" expected an integer in [1, Infinity), got 0'],
    [{ optimismScaling: 0 }, '"optimismScaling" expected a number in [0.000001, 1000000], got 0'],
    [{ pulls: [4], reward: [1] }, '"pulls" expected a list of at least 2 numbers, got [4]'],
    [
      { pulls: Object.assign(Array<number>(2), { 0: 4 }) },
      '"pulls[1]" expected an integer in [0, Infinity), got undefined',
    ],
    [{ optimismScaling: 1e7 }, '"optimismScaling" expected a number in [0.000001, 1000000], got 10000000'],
    [{ pulls: [4, 0.5] }, '"pulls[1]" expected an integer in [0, Infinity), got 0.5'],
    [{ reward: [1] }, '"reward" expected a list as long as pulls, got [1]'],
    [{ reward: [1, 4.5] }, '"reward[1]" expected a number in [0, 4], got 4.5'],
  ])("refuses %o", async (changes, mistake) => {
    expect(await mistakesOf(() => scores(changes))).toEqual([mistake]);
    expect(scores({})).toHaveLength(2);
  });
});

describe("KL-UCB", () => {
  const mean = fc.double({ min: 0, max: 1, noNaN: true });

  test("is where the divergence from the mean uses up the budget", () => {
    fc.assert(
      fc.property(mean, fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 3, max: 100_000 }), (p, n, t) => {
        const pulls = [n, 1];
        const q = klUcbScores({ t, pulls, reward: [p * n, 0], optimismScaling: 1 })[0]!;
        const own = (p * n) / n;
        const budget = (log(t) + 3 * log(log(t))) / n;
        expect(q).toBeGreaterThanOrEqual(own);
        expect(q).toBeLessThanOrEqual(1);
        if (own < 1) expect(divergence(own, q)).toBeLessThanOrEqual(budget * (1 + 1e-9));
        if (q < 1 - 2 ** -53) expect(divergence(own, q + (1 - q) * 1e-6)).toBeGreaterThan(budget);
      }),
    );
  });
});

/** kl of two coins. */
function divergence(p: number, q: number): number {
  return divergenceTerm(p, q) + divergenceTerm(1 - p, 1 - q);
}

function divergenceTerm(p: number, q: number): number {
  return p < 1e-300 ? 0 : p * log(p / q);
}

describe("bandits", () => {
  test("find the best of very many arms", () => {
    const bandit = new Bandit("ucb1", 200_000);
    bandit.update(0, 1);
    expect(bandit.selectArm()).toBe(1);
  });

  test("count fractional rewards as they are, but for Thompson sampling, whose coins are as likely", () => {
    const sums = banditAlgorithmNames.map((algorithm) => {
      const bandit = new Bandit(algorithm, 2, { seed: 1 });
      for (let pull = 0; pull < 400; pull++) bandit.update(1, 0.25);
      return (bandit.snapshot() as { reward: number[] }).reward[1]!;
    });
    expect(sums.slice(0, 2)).toEqual([100, 100]);
    expect(Math.abs(sums[2]! - 100)).toBeLessThan(4 * Math.sqrt(400 * 0.25 * 0.75));
    expect(sums[2]! % 1).toBe(0);
    expect([binarised(0.3, 0.29), binarised(0.3, 0.3)]).toEqual([1, 0]);
  });

  test("draw from their stream, and anew at every pull", () => {
    const arms = [[1], [2]];
    // Weights of so narrow a prior learn next to nothing: what changes is the draw.
    const drawn = (stream: number): { scores: () => number[]; pull: () => void }[] => {
      const [one, glm] = [
        new Bandit("thompson", 2, { stream }),
        new GlmBandit("glmThompson", 1, { stream, sigma0: 1e-6 }),
      ];
      return [
        { scores: () => one.scores(), pull: () => one.update(0, 1) },
        { scores: () => glm.scores(arms), pull: () => glm.update(arms[0]!, 1) },
      ];
    };
    const others = drawn(9);
    for (const [kind, { scores, pull }] of drawn(8).entries()) {
      const first = scores();
      expect(scores()).toEqual(first);
      expect(others[kind]!.scores()).not.toEqual(first);
      pull();
      expect(Math.abs(scores()[1]! - first[1]!)).toBeGreaterThan(1e-9);
    }
  });

  test("keep features as they were when they were told", () => {
    const bandit = new GlmBandit("ucbGlm", 2);
    const arm = [1, 2];
    bandit.update(arm, 1);
    arm[0] = 7;
    expect(bandit.snapshot()).toMatchObject({ features: [[1, 2]] });
  });

  test("refuse fewer than two arms, unknown names and options, with every mistake", async () => {
    expect(await mistakesOf(() => new Bandit("ucb2" as "ucb1", 1, { optimism: 1, seed: "" } as object))).toEqual([
      '"algorithm" expected one of "ucb1", "klUcb", "thompson", got "ucb2" (did you mean "ucb1"?)',
      '"numArms" expected an integer in [2, 1000000], got 1',
      '"optimism" is not an option of a bandit (did you mean "optimismScaling"?)',
      '"seed" expected a text that is not empty, or a finite number, got ""',
    ]);
    expect(await mistakesOf(() => new GlmBandit("ucbGlm", 0, { sigma0: 0, horizon: 0 }))).toHaveLength(3);
    const bandit = new GlmBandit("ucbGlm", 2);
    const rule = "expected 2 numbers in [-1000000, 1000000], got";
    expect(await mistakesOf(() => bandit.scores([[1, 2]]))).toEqual([
      '"arms" expected a list of at least 2 arms, got [[1,2]]',
    ]);
    expect(await mistakesOf(() => bandit.scores([[1, 2], [1]]))).toEqual([`"arms[1]" ${rule} [1]`]);
    for (const arm of [Array(2), ["1", "2"], [null, 1], [true, 1]]) {
      expect(await mistakesOf(() => bandit.scores([arm as never, [1, 2]]))).toHaveLength(1);
      expect(await mistakesOf(() => bandit.update(arm as never, 1))).toHaveLength(1);
    }
    expect(await mistakesOf(() => bandit.scores(Array(2) as never))).toHaveLength(2);
    expect(await mistakesOf(() => bandit.update([1, NaN], 0))).toEqual([`"arm" ${rule} [1,"NaN"]`]);
  });
});
