import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { chooseByInverseCdf } from "../../src/choice/multinomialLogit.js";
import { choiceModels } from "../../src/choice/choiceModels.js";
import { mistakesOf } from "../support/mistakesOf.js";

/** Every model, with parameters that scores from 0 to 3 are legal for. */
const examples = {
  multinomialLogit: [
    choiceModels.multinomialLogit(),
    choiceModels.multinomialLogit({ noClickLogit: 2 }),
    choiceModels.multinomialLogit({ noClickLogit: -900 }),
  ],
  multinomialProportional: [
    choiceModels.multinomialProportional({ minNormalizer: -1 }),
    choiceModels.multinomialProportional({ minNormalizer: 0, noClickMass: 3 }),
  ],
  exponentialCascade: [
    choiceModels.exponentialCascade({ scoreScaling: 0.04 }),
    choiceModels.exponentialCascade({ scoreScaling: 0, attentionProbability: 0 }),
  ],
  proportionalCascade: [
    choiceModels.proportionalCascade({ scoreScaling: 0.25, minNormalizer: -1, attentionProbability: 0.3 }),
    choiceModels.proportionalCascade({ scoreScaling: 0.25, minNormalizer: -1 }),
  ],
} satisfies Record<keyof typeof choiceModels, unknown>;

const models = Object.entries(examples).flatMap(([name, made]) => made.map((model) => ({ name, model })));
const slates = fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { maxLength: 12 });

describe.each(models)("$name", ({ model }) => {
  test("gives every document and no click a chance, and they sum to 1", () => {
    fc.assert(
      fc.property(slates, (scores) => {
        const chances = model.probabilities(scores);
        expect(chances).toHaveLength(scores.length + 1);
        for (const chance of chances) expect(chance >= 0 && chance <= 1).toBe(true);
        expect(Math.abs(chances.reduce((sum, chance) => sum + chance, 0) - 1)).toBeLessThan(1e-14);
      }),
    );
  });

  test("has weights in proportion to the chances", () => {
    fc.assert(
      fc.property(slates, (scores) => {
        const weights = model.weights(scores);
        const chances = model.probabilities(scores);
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        if (scores.length > 0) chances.forEach((p, i) => expect(Math.abs(p * total - weights[i]!)).toBeLessThan(1e-13));
      }),
    );
  });

  test("takes an empty slate for a sure no click", () => {
    expect(model.probabilities([])).toEqual([1]);
  });

  test("refuses scores that are no numbers, all at once", async () => {
    expect(await mistakesOf(() => model.weights([1, NaN, Infinity]))).toEqual([
      '"scores[1]" expected a finite number, got NaN',
      '"scores[2]" expected a finite number, got Infinity',
    ]);
    const text = "12" as unknown as number[];
    expect(await mistakesOf(() => model.probabilities(text))).toEqual([
      '"scores" expected a list of numbers, got "12"',
    ]);
    expect(await mistakesOf(() => model.probabilities(null as never))).toEqual([
      '"scores" expected a list of numbers, got null',
    ]);
    expect(await mistakesOf(() => model.probabilities(Array(1)))).toEqual([
      '"scores[0]" expected a finite number, got undefined',
    ]);
  });
});

describe("cascades", () => {
  test("walk down the slate: a document counts only when none above it was clicked", () => {
    const { weights } = choiceModels.proportionalCascade({
      scoreScaling: 0.5,
      minNormalizer: 0,
      attentionProbability: 0.5,
    });
    expect(weights([1, 2, 0])).toEqual([0.25, 0.375, 0, 0.375]);
  });

  test("scale even scores whose exponentials are nearly too large", () => {
    expect(choiceModels.exponentialCascade({ scoreScaling: 0 }).weights([708, 0])).toEqual([0, 0, 1]);
    const [chance] = choiceModels.exponentialCascade({ scoreScaling: 1e-306 }).weights([704]);
    expect(chance).toBeCloseTo(0.55375, 4); // e^704 is 5.5375e305
  });
});

describe("choice models refuse", () => {
  const refused: [string, () => unknown, string[]][] = [
    [
      "a logit that is no number",
      () => choiceModels.multinomialLogit({ noClickLogit: NaN }),
      ['"noClickLogit" expected a number in [-Infinity, Infinity), got NaN'],
    ],
    [
      "a parameter under another's name",
      () => choiceModels.multinomialLogit({ noClickMass: 1 } as object),
      ['"noClickMass" is not an option of multinomialLogit'],
    ],
    [
      "no parameters where there must be some",
      () => choiceModels.multinomialProportional(undefined as never),
      ['"options" expected an object, got undefined'],
    ],
    [
      "a no click below the normalizer",
      () => choiceModels.multinomialProportional({ minNormalizer: 0.5 }),
      ['"noClickMass" expected a number in [0.5, Infinity), got 0'],
    ],
    [
      "both parameters of a cascade",
      () => choiceModels.exponentialCascade({ attentionProbability: 2, scoreScaling: -1 }),
      [
        '"attentionProbability" expected a number in [0, 1], got 2',
        '"scoreScaling" expected a number in [0, Infinity), got -1',
      ],
    ],
    [
      "every score below the normalizer",
      () => choiceModels.proportionalCascade({ scoreScaling: 0.1, minNormalizer: -1 }).weights([-2, 0, -3]),
      [
        '"scores[0]" expected a score of at least -1 (minNormalizer), got -2',
        '"scores[2]" expected a score of at least -1 (minNormalizer), got -3',
      ],
    ],
    [
      "scores of which no chance can be made",
      () => choiceModels.exponentialCascade({ scoreScaling: 0.05 }).probabilities([3, -900, 900]),
      [
        '"scores[0]" expected a score that becomes at most 1 times scoreScaling (0.05), got 3',
        '"scores[2]" expected a score that becomes at most 1 times scoreScaling (0.05), got 900',
      ],
    ],
    [
      "odds that are all zero",
      () => choiceModels.multinomialProportional({ minNormalizer: 0 }).probabilities([0, 0]),
      ['"scores" expected odds whose sum is in (0, Infinity), got [0,0,0]'],
    ],
  ];

  test.each(refused)("%s", async (_what, call, mistakes) => {
    expect(await mistakesOf(call)).toEqual(mistakes);
  });
});

test("a uniform at the very border between two documents picks the second, and one just below it the first", () => {
  expect(chooseByInverseCdf([1, 1, 2], 0.25)).toBe(1);
  expect(chooseByInverseCdf([1, 1, 2], 0.25 - 2 ** -54)).toBe(0);
  expect(chooseByInverseCdf([0, 1, 1], 0)).toBe(1); // what has no weight is never picked
  expect(chooseByInverseCdf([1, 1, 0], 1 - 2 ** -53)).toBe(1);
});
