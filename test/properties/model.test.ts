import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { longTermSatisfaction, policies, scenarios, trace } from "../../src/index.js";
import { chooseByInverseCdf, multinomialLogit, proportions } from "../../src/choice/multinomialLogit.js";
import { exp } from "../../src/numeric/exponential.js";
import { ltsModel } from "../../src/worlds/longTermSatisfaction/model.js";
import { seeds, users, worlds } from "../support/arbitraries.js";

const unit = fc.double({ min: 0, max: 1, noNaN: true });
const normal = fc.double({ min: -8, max: 8, noNaN: true });
const scores = fc.array(fc.double({ min: -20, max: 20, noNaN: true }), { minLength: 1, maxLength: 10 });
const noClick = fc.oneof(fc.constant(-Infinity), fc.double({ min: -20, max: 20, noNaN: true }));

describe("multinomial logit choice", () => {
  test("gives probabilities that are at least 0 and sum to 1", () => {
    fc.assert(
      fc.property(scores, noClick, (given, logit) => {
        const probabilities = multinomialLogit(given, logit);
        expect(Math.min(...probabilities)).toBeGreaterThanOrEqual(0);
        expect(sum(probabilities)).toBeCloseTo(1, 12);
        expect(probabilities).toHaveLength(given.length + 1);
      }),
    );
  });

  test("does not change when all logits move together", () => {
    fc.assert(
      fc.property(scores, noClick, fc.double({ min: -50, max: 50, noNaN: true }), (given, logit, shift) => {
        const moved = multinomialLogit(
          given.map((score) => score + shift),
          logit + shift,
        );
        multinomialLogit(given, logit).forEach((p, i) => expect(moved[i]).toBeCloseTo(p, 11));
      }),
    );
  });

  test("permutes with the slate", () => {
    fc.assert(
      fc.property(scores, noClick, (given, logit) => {
        const reversed = multinomialLogit(given.toReversed(), logit).slice(0, -1).toReversed();
        multinomialLogit(given, logit)
          .slice(0, -1)
          .forEach((p, i) => expect(reversed[i]).toBeCloseTo(p, 12));
      }),
    );
  });

  test("is what every user of every scenario that chooses follows, on 1 - k", () => {
    for (const world of Object.values(scenarios).filter(({ parameters }) => parameters.equations !== "chocKale")) {
      const model = ltsModel(world.parameters);
      fc.assert(
        fc.property(fc.array(unit, { minLength: 1, maxLength: 10 }), (slate) => {
          const expected = multinomialLogit(
            slate.map((k) => 1 - k),
            world.parameters.noClickLogit,
          );
          proportions(model.choiceWeights(slate)).forEach((p, i) => expect(p).toBeCloseTo(expected[i]!, 12));
        }),
      );
    }
  });

  test("gives no click its share of the odds", () => {
    const model = ltsModel(longTermSatisfaction({ noClickLogit: 0.4 }).parameters);
    const [p0, p1, none] = proportions(model.choiceWeights([0.2, 0.9])) as [number, number, number];
    expect(Math.log(p0 / none)).toBeCloseTo(0.8 - 0.4, 12);
    expect(Math.log(p1 / none)).toBeCloseTo(0.1 - 0.4, 12);
  });

  test("picks by inverse CDF the index whose share of [0, 1) the uniform falls in", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.01, max: 10, noNaN: true }), { minLength: 2, maxLength: 8 }),
        unit,
        (weights, u) => {
          fc.pre(u < 1);
          const shares = proportions(weights);
          const index = chooseByInverseCdf(weights, u);
          expect(u).toBeGreaterThanOrEqual(sum(shares.slice(0, index)) - 1e-12);
          expect(u).toBeLessThan(sum(shares.slice(0, index + 1)) + 1e-12);
        },
      ),
    );
  });

  test("is never made by RecSim's own user, who takes the first document", () => {
    expect(ltsModel(scenarios["choc-kale"]!.parameters).choiceWeights([0.9, 0.1])).toEqual([1, 0, 0]);
  });
});

describe("satisfaction", () => {
  const rises: Record<string, boolean> = { lts: true, "lts-notebook": false, "choc-kale": false, "lts-tradeoff": true };

  for (const [name, world] of Object.entries(scenarios)) {
    test(`${rises[name] ? "rises" : "falls"} with the educativeness of what was clicked in ${name}`, () => {
      expect(rises).toHaveProperty(name);
      const model = ltsModel(world.parameters);
      fc.assert(
        fc.property(unit, unit, normal, fc.double({ min: -5, max: 5, noNaN: true }), (a, b, z, exposure) => {
          fc.pre(Math.abs(a - b) > 1e-6);
          const after = (k: number): number => model.satisfaction(model.nextExposure(exposure, k, z));
          const higher = after(Math.max(a, b)) > after(Math.min(a, b));
          expect(higher).toBe(rises[name]);
        }),
      );
    });
  }

  test("stays within (0, 1] and is one half at exposure 0", () => {
    fc.assert(
      fc.property(worlds, seeds, users, (world, seed, user) => {
        const { satisfaction } = trace(world, policies.first(), { user, seed, steps: 1 }).steps[0]!;
        expect(satisfaction).toBeGreaterThan(0);
        expect(satisfaction).toBeLessThanOrEqual(1);
        expect(ltsModel(world.parameters).satisfaction(0)).toBe(0.5);
      }),
      { numRuns: 30 },
    );
  });
});

describe("without noise", () => {
  const still = {
    innovationStddev: 0,
    memeEngagementLogStddev: 0,
    educationalEngagementLogStddev: 0,
    observationNoiseStddev: 0,
  };

  for (const equations of ["prose", "notebook", "chocKale"] as const) {
    test(`exposure and engagement follow their closed forms (${equations})`, () => {
      const direction = equations === "prose" ? 2 : -2;
      const [atOne, atZero] = equations === "prose" ? [4, 5] : [5, 4];
      fc.assert(
        fc.property(unit, users, seeds, (k, user, seed) => {
          const documents = [{ educativeness: k, clusterId: 0 }];
          const world = longTermSatisfaction({ ...still, equations, documents, slateSize: 1, sensitivity: 0.1 });
          const life = trace(world, policies.first(), { user, seed });
          const beta = world.parameters.memoryDiscount;
          let before = life.initial.satisfaction;
          life.steps.forEach((step, t) => {
            const decay = Math.pow(beta, t + 1);
            const closed = decay * life.initial.exposure + (direction * (k - 0.5) * (1 - decay)) / (1 - beta);
            expect(step.exposure).toBeCloseTo(closed, 11);
            expect(step.engagement / Math.exp(before * (k * atOne + (1 - k) * atZero))).toBeCloseTo(1, 12);
            expect(step.observation).toBe(step.satisfaction);
            before = step.satisfaction;
          });
        }),
        { numRuns: 20 },
      );
    });
  }
});

describe("engagement", () => {
  const base = { memeEngagementLogMean: 5, educationalEngagementLogMean: 4 };

  test("is multiplied by e^(c · satisfaction) when both log-means rise by c", () => {
    const at = ltsModel(longTermSatisfaction(base).parameters);
    fc.assert(
      fc.property(unit, unit, normal, fc.double({ min: -3, max: 3, noNaN: true }), (k, satisfaction, z, c) => {
        const raised = ltsModel(
          longTermSatisfaction({ memeEngagementLogMean: 5 + c, educationalEngagementLogMean: 4 + c }).parameters,
        );
        const ratio = raised.engagement(k, satisfaction, z) / at.engagement(k, satisfaction, z);
        expect(ratio / exp(c * satisfaction)).toBeCloseTo(1, 11);
      }),
    );
  });

  test("has the median of its log-mean, and mirrored draws multiply to the median squared", () => {
    const model = ltsModel(longTermSatisfaction(base).parameters);
    fc.assert(
      fc.property(unit, unit, normal, (k, satisfaction, z) => {
        const median = model.engagement(k, satisfaction, 0);
        const mirrored = model.engagement(k, satisfaction, z) * model.engagement(k, satisfaction, -z);
        expect(mirrored / (median * median)).toBeCloseTo(1, 11);
        expect(Math.log(median)).toBeCloseTo(satisfaction * (k * 4 + (1 - k) * 5), 11);
      }),
    );
  });

  test("under noise s times as large at z is what it was at s·z", () => {
    const single = ltsModel(longTermSatisfaction(base).parameters);
    const triple = ltsModel(
      longTermSatisfaction({ ...base, memeEngagementLogStddev: 3, educationalEngagementLogStddev: 3 }).parameters,
    );
    fc.assert(
      fc.property(unit, unit, fc.double({ min: -2, max: 2, noNaN: true }), (k, satisfaction, z) => {
        const ratio = triple.engagement(k, satisfaction, z) / single.engagement(k, satisfaction, 3 * z);
        expect(ratio).toBeCloseTo(1, 11);
      }),
    );
  });
});

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
