// Lift: the difference as a share of the baseline, held to raw returns, to its definition and to its promised coverage.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compare, drawsAt, policies, scenarios } from "../../src/index.js";
import { liftOf, type Lift, type PairedMoments } from "../../src/montecarlo/lift.js";
import { meanInterval } from "../../src/numeric/moments.js";
import { studentQuantile } from "../../src/numeric/studentT.js";
import { mistakesOf } from "../support/mistakesOf.js";

type Returns = readonly (readonly [a: number, b: number])[];

function momentsOf(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1);
  return { mean, variance };
}

function pairedMoments(returns: Returns): PairedMoments {
  const [a, b] = [returns.map(([x]) => x), returns.map(([, y]) => y)];
  return {
    users: returns.length,
    a: momentsOf(a),
    b: momentsOf(b),
    difference: momentsOf(returns.map(([x, y]) => y - x)),
  };
}

function liftIn(returns: Returns): Lift {
  const moments = pairedMoments(returns);
  const { mean, variance } = moments.difference;
  const error = Math.sqrt(variance / moments.users);
  return liftOf(moments, meanInterval(mean, error, moments.users), meanInterval(mean, error, moments.users, 0.01));
}

/** Standard errors that the mean of difference - ratio·|baseline| is from 0, from the users' own numbers. */
function standardErrorsAt(ratio: number, returns: Returns, sign: number): number {
  const { mean, variance } = momentsOf(returns.map(([a, b]) => b - a - ratio * sign * a));
  return Math.abs(mean) / Math.sqrt(variance / returns.length);
}

const returns = (sign: number) =>
  fc.array(
    fc
      .tuple(fc.double({ min: 50, max: 60, noNaN: true }), fc.double({ min: 40, max: 70, noNaN: true }))
      .map(([a, b]) => [sign * a, sign * b] as const),
    { minLength: 8, maxLength: 40 },
  );

describe("lift", () => {
  test.each([1, -1])(
    "has the ends at which the difference from so much of the baseline is t standard errors: sign %i",
    (sign) => {
      fc.assert(
        fc.property(returns(sign), (given) => {
          fc.pre(momentsOf(given.map(([a, b]) => b - a)).variance > 1e-3);
          const { ratio, ci95, simultaneousCi95 } = liftIn(given);
          for (const [interval, error] of [
            [ci95, 0.05],
            [simultaneousCi95, 0.01],
          ] as const) {
            const t = studentQuantile(error / 2, given.length - 1);
            for (const end of interval) expect(standardErrorsAt(end, given, sign) / t).toBeCloseTo(1, 6);
            expect(interval[0]).toBeLessThanOrEqual(ratio);
            expect(interval[1]).toBeGreaterThanOrEqual(ratio);
          }
          expect(standardErrorsAt(ratio, given, sign)).toBeCloseTo(0, 6);
        }),
      );
    },
  );

  test("has no interval where the baseline may be 0, and 0 between equal episodes", () => {
    const around0 = Array.from({ length: 20 }, (_, user) => [user % 2 === 0 ? 1 : -1, user] as const);
    expect(liftIn(around0).ci95).toEqual([NaN, NaN]);
    const same = Array.from({ length: 20 }, (_, user) => [user, user] as const);
    expect(liftIn(same)).toEqual({ ratio: 0, standardError: 0, ci95: [0, 0], simultaneousCi95: [0, 0] });
  });

  test("is covered as often as promised, with the standard error of the delta method", () => {
    const [runs, users, lift] = [2000, 40, 0.1];
    const found = Array.from({ length: runs }, (_run, user) => {
      const draws = drawsAt({ seed: "lift", user });
      const drawn = Array.from({ length: users }, () => {
        const a = 20 + 4 * draws.normal();
        return [a, 22 + 0.8 * (a - 20) + 2 * draws.normal()] as const;
      });
      return liftIn(drawn);
    });
    const covered = found.filter(({ ci95: [low, high] }) => low <= lift && lift <= high).length / runs;
    expect(Math.abs(covered - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / runs));
    const spread = Math.sqrt(momentsOf(found.map(({ ratio }) => ratio)).variance);
    const told = momentsOf(found.map(({ standardError }) => standardError)).mean;
    expect(Math.abs(told / spread - 1)).toBeLessThan(4 / Math.sqrt(2 * runs));
  });
});

describe("a comparison with a baseline", () => {
  const rivals = [policies.random(), policies.mix(0), policies.mix(2), policies.mix(3)];
  const options = { users: 3000, steps: 20, seed: "baseline" };

  test("has it first in its pairs, which are those of any other baseline turned round", async () => {
    const plain = await compare(scenarios.lts, rivals, options);
    const turned = await compare(scenarios.lts, rivals, { ...options, baseline: "mix(2)" });
    expect([plain.baseline, turned.baseline]).toEqual(["random", "mix(2)"]);
    expect(turned.policies).toEqual(plain.policies);
    expect(turned.ranking.order).toEqual(plain.ranking.order);
    for (const [at, pair] of turned.pairs.entries()) {
      const { a, b, difference, lift, shareBetter, shareWorse, ...same } = pair;
      const before = plain.pairs[at]!;
      const names = [before.a, before.b];
      if (before.b !== "mix(2)") expect(pair).toEqual(before);
      else {
        expect([b, a]).toEqual(names);
        expect(difference.mean).toBe(-before.difference.mean);
        expect(difference.simultaneousCi95.map((end) => -end).toReversed()).toEqual(before.difference.simultaneousCi95);
        expect([shareWorse, shareBetter]).toEqual([before.shareBetter, before.shareWorse]);
        expect(before).toMatchObject(same);
        const { mean } = turned.policies.find(({ policy }) => policy === a)!.metrics.totalReward;
        expect(lift.ratio).toBe(difference.mean / mean);
      }
    }
  });

  test("has lifts that leave out 0 where differences do, also where it went on to a precision", async () => {
    for (const extent of [{ users: 3000 }, { precision: { relative: 0.02 } }]) {
      const { pairs } = await compare(scenarios.lts, rivals, { steps: 20, seed: 1, ...extent });
      expect(new Set(pairs.map(({ significant }) => significant)).size).toBe(2);
      for (const { lift, significant } of pairs) {
        const [low, high] = lift.simultaneousCi95;
        expect(low > 0 || high < 0).toBe(significant);
      }
    }
  });

  test("refuses one that is not among the policies, with a suggestion", async () => {
    const rule = '"baseline" expected one of "random", "mix(0)", "mix(2)", "mix(3)", got';
    expect(await mistakesOf(() => compare(scenarios.lts, rivals, { ...options, baseline: "mix(22)" }))).toEqual([
      `${rule} "mix(22)" (did you mean "mix(2)"?)`,
    ]);
    expect(await mistakesOf(() => compare(scenarios.lts, rivals, { ...options, baseline: 3 as never }))).toEqual([
      `${rule} 3`,
    ]);
  });
});
