import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { choiceModels, drawsAt, slateOptimizers, slateValue } from "../../src/index.js";
import { mistakesOf } from "../support/mistakesOf.js";
import {
  anyProblem,
  isAtLeast,
  magnitude,
  problems,
  ratioOf,
  signed,
  slatesOf,
  whole,
  type Problem,
} from "../support/slateProblems.js";

const { topK, greedy, exact } = slateOptimizers;

const alike = (number: number): number[] => Array<number>(5).fill(number);

const valueOf = ([weights, noClick, values]: Problem, slate: readonly number[]): number =>
  slateValue(weights, noClick, values, slate);

describe.each(Object.entries(slateOptimizers))("%s", (_, optimize) => {
  test("returns a full slate without repeats", () => {
    fc.assert(
      fc.property(anyProblem, (problem) => {
        const slate = optimize(...problem);
        expect(new Set(slate).size).toBe(problem[3]);
        for (const position of slate) expect(problem[0][position]).toBeTypeOf("number");
      }),
    );
  });

  test("shows the first of equal candidates", () => {
    fc.assert(
      fc.property(signed, fc.double({ min: 1e-3, max: 1e3, noNaN: true }), magnitude, (value, weight, noClick) => {
        expect(optimize(alike(weight), noClick, alike(value), 3)).toEqual([0, 1, 2]);
      }),
    );
  });

  test("does not depend on units", () => {
    fc.assert(
      fc.property(whole(), fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: -1000, max: 1000 }), (p, a, b) => {
        const [weights, noClick, values, size] = p;
        const scaled = weights.map((weight) => weight * 2 ** a);
        const slate = optimize(
          scaled,
          noClick * 2 ** a,
          values.map((value) => value * 2 ** b),
          size,
        );
        expect(slate).toEqual(optimize(...p));
      }),
    );
  });

  test("refuses what is no problem, every mistake at once", async () => {
    expect(await mistakesOf(() => optimize([1, -1, Infinity], NaN, [1, 2, NaN], 1))).toEqual([
      '"weights[1]" expected a number in [0, Infinity), got -1',
      '"weights[2]" expected a number in [0, Infinity), got Infinity',
      '"noClickWeight" expected a number in [0, Infinity), got NaN',
      '"values[2]" expected a finite number, got NaN',
    ]);
    expect(await mistakesOf(() => optimize([0, 0], 0, [1], 1))).toEqual([
      '"weights" expected one above 0, beside a noClickWeight of 0, got [0,0]',
      '"values" expected 2 numbers, one for each of weights, got [1]',
    ]);
    expect(await mistakesOf(() => optimize([], 1, [], 1))).toEqual([
      '"weights" expected one for each candidate, and at least one, got []',
    ]);
    expect(await mistakesOf(() => optimize([1, 1], 1, [1, 1], 3))).toEqual([
      '"slateSize" expected an integer in [1, 2], got 3',
    ]);
  });
});

describe("the exact slate", () => {
  test("is worth as much as the best of all slates", () => {
    fc.assert(
      fc.property(whole(), (problem) => {
        const slate = exact(...problem);
        for (const other of slatesOf(problem[0].length, problem[3])) {
          if (!isAtLeast(problem, slate, other)) expect.fail(`${slate} is below ${other}`);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test("is so but for rounding when numbers are of all magnitudes", () => {
    fc.assert(
      fc.property(problems(magnitude, signed), (problem) => {
        const value = valueOf(problem, exact(...problem));
        const rounding = 1e-14 * Math.max(...problem[2].map(Math.abs));
        for (const other of slatesOf(problem[0].length, problem[3])) {
          if (!(value >= valueOf(problem, other) - rounding)) expect.fail(`${value} is below the value of ${other}`);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test("is never worth less than the greedy one or top-k, to the last bit", () => {
    fc.assert(
      fc.property(anyProblem, (problem) => {
        const value = valueOf(problem, exact(...problem));
        expect(value).toBeGreaterThanOrEqual(valueOf(problem, greedy(...problem)));
        expect(value).toBeGreaterThanOrEqual(valueOf(problem, topK(...problem)));
      }),
      { numRuns: 1000 },
    );
  });
});

describe("top-k", () => {
  test("has the largest sum of odds times value, largest first", () => {
    fc.assert(
      fc.property(whole(), (problem) => {
        const [weights, , values, size] = problem;
        const products = weights.map((weight, i) => weight * values[i]!);
        const shown = topK(...problem).map((position) => products[position]!);
        expect(shown).toEqual(products.toSorted((a, b) => b - a).slice(0, size));
      }),
    );
  });

  test("may be a slate that cannot be, if all values are negative and there is always a click", () => {
    const problem: Problem = [[1, 0], 0, [-1, 5], 1];
    expect([topK(...problem), greedy(...problem), exact(...problem)]).toEqual([[1], [0], [0]]);
    expect(valueOf(problem, [1])).toBe(-Infinity);
  });
});

describe("the greedy slate", () => {
  test("begins with the best slate of one, and goes on with the best one more", () => {
    fc.assert(
      fc.property(whole(), (problem) => {
        const slate = greedy(...problem);
        slate.forEach((_, slot) => {
          const before = slate.slice(0, slot);
          for (let other = 0; other < problem[0].length; other++) {
            if (before.includes(other)) continue;
            expect(isAtLeast(problem, slate.slice(0, slot + 1), [...before, other])).toBe(true);
          }
        });
      }),
    );
  });

  test("is in the order in which it was picked, not in that of the positions as RecSim's", () => {
    expect(greedy([1, 2, 3], 1, [1, 1, 1], 2)).toEqual([2, 1]);
  });

  test("is worth at least as much as top-k in slates of at most two", () => {
    fc.assert(
      fc.property(whole(2), (problem) => isAtLeast(problem, greedy(...problem), topK(...problem))),
      { numRuns: 1000 },
    );
  });

  test("may be worth less than top-k in longer ones", () => {
    const problem: Problem = [[3, 3, 3, 1], 1, [4, 2, 2, 1], 3];
    expect([topK(...problem), greedy(...problem), exact(...problem)]).toEqual([
      [0, 1, 2],
      [0, 3, 1],
      [0, 1, 2],
    ]);
    expect([valueOf(problem, [0, 1, 2]), valueOf(problem, [0, 3, 1])]).toEqual([24 / 10, 19 / 8]);
  });

  test("is worth more than top-k for most candidates of SlateQ's kind, and less for none of 2000", () => {
    const choice = choiceModels.multinomialProportional({ minNormalizer: -1, noClickMass: 1 });
    const counts = { better: 0, worse: 0, exactBetter: 0 };
    for (let step = 0; step < 2000; step++) {
      const draws = drawsAt({ step });
      const numbers = (scale: number, shift: number) =>
        Array.from({ length: 10 }, () => scale * draws.uniform() + shift);
      const weights = choice.weights(numbers(2, -1));
      const problem: Problem = [weights.slice(0, 10), weights[10]!, numbers(4, 0), 3];
      const [k, g, e] = [topK, greedy, exact].map((optimize) => valueOf(problem, optimize(...problem))) as [
        number,
        number,
        number,
      ];
      counts.better += Number(g > k + 1e-12);
      counts.worse += Number(g < k - 1e-12);
      counts.exactBetter += Number(e > g + 1e-12);
    }
    expect(counts).toEqual({ better: 1220, worse: 0, exactBetter: 20 });
  });
});

test("the value of a slate is that of the formula, does not depend on the order, and is refused for what is no slate", async () => {
  fc.assert(
    fc.property(anyProblem, (problem) => {
      const slate = exact(...problem);
      expect(valueOf(problem, slate.toReversed())).toBe(valueOf(problem, slate));
    }),
  );
  fc.assert(
    fc.property(whole(), (problem) => {
      const slate = topK(...problem);
      const [worth, total] = ratioOf(problem, slate);
      expect(valueOf(problem, slate)).toBe(total === 0 ? -Infinity : worth / total);
    }),
  );
  expect(slateValue([1e308, 1e308], 1e308, [1e308, -5e307], [0, 1])).toBeCloseTo(1e308 / 6, -295);
  expect(slateValue([1e-320, 1e-320], 0, [1e-320, 3e-320], [0, 1])).toBeCloseTo(2e-320, 323);
  expect(slateValue([1, 2], 1, [3, 6], [0, 1])).toBe(15 / 4);
  expect(slateValue([1, 2], 1, [3, 6], [])).toBe(0);
  expect(await mistakesOf(() => slateValue([1, 2], 1, [3, 6], [0, 2]))).toEqual([
    '"slate[1]" expected an integer in [0, 1], got 2',
  ]);
});
