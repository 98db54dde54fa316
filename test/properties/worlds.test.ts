import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  longTermSatisfaction,
  makeWorld,
  parsePolicy,
  policies,
  scenarios,
  simulate,
  type Parameters,
} from "../../src/index.js";
import { toJson } from "../../src/report/json.js";
import { NUMERIC_PARAMETERS, PARAMETER_NAMES } from "../../src/worlds/longTermSatisfaction/parameters.js";
import { worlds } from "../support/arbitraries.js";
import { mistakesOf } from "../support/mistakesOf.js";

describe("a world", () => {
  test("is frozen through and through and keeps its caller's input as it was", () => {
    const given = { documents: [{ educativeness: 0.5, clusterId: 1 }], slateSize: 1 };
    const before = structuredClone(given);
    const world = longTermSatisfaction(given);
    for (const part of [world, world.parameters, world.parameters.documents, world.parameters.documents?.[0]]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
    given.documents[0]!.educativeness = 0.9;
    expect(world.parameters.documents).toEqual(before.documents);
  });

  test("has a hash that names its parameters, however they were said", () => {
    fc.assert(
      fc.property(worlds, ({ parameters, hash }) => {
        const said = Object.fromEntries(Object.entries(parameters).toReversed());
        expect(longTermSatisfaction(said).hash).toBe(hash);
        expect(hash).toMatch(/^[0-9a-f]{16}$/);
      }),
    );
    const hashes = Object.values(scenarios).map((world) => world.hash);
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(makeWorld("lts", { sensitivity: 0.1 }).hash).toBe(scenarios["lts-tradeoff"]!.hash);
  });

  test("differs in its hash from any world with one number changed", () => {
    for (const [name, rule] of Object.entries(NUMERIC_PARAMETERS)) {
      const changed = rule.integer ? rule.default + 1 : Math.max(rule.default, 0) + 0.05;
      const world = longTermSatisfaction({ [name]: changed } as Partial<Parameters>);
      expect(world.hash, name).not.toBe(scenarios["lts"]!.hash);
    }
  });

  test("has the notebook's numbers unless others are said, and RecSim's β with RecSim's equations", () => {
    expect(scenarios["lts"]!.parameters).toEqual({
      equations: "prose",
      memoryDiscount: 0.9,
      sensitivity: 0.01,
      innovationStddev: 0.05,
      memeEngagementLogMean: 5,
      memeEngagementLogStddev: 1,
      educationalEngagementLogMean: 4,
      educationalEngagementLogStddev: 1,
      timeBudget: 60,
      observationNoiseStddev: 0.1,
      slateSize: 3,
      numCandidates: 10,
      numClusters: 4,
      noClickLogit: -Infinity,
      resample: "step",
      documents: null,
      users: null,
    });
    expect(scenarios["choc-kale"]!.parameters.memoryDiscount).toBe(0.7);
    expect(makeWorld("lts-tradeoff", { sensitivity: undefined } as never).parameters.sensitivity).toBe(0.1);
    expect(makeWorld("choc-kale", { memoryDiscount: 0.8 }).parameters.memoryDiscount).toBe(0.8);
  });
});

describe("bad parameters", () => {
  test("are refused one and all at once, by name, rule and value", async () => {
    const given = { memoryDiscount: 1.2, slateSize: 2.5, sensitvity: 0.1, equations: "pros", timeBudget: 0 };
    expect(await mistakesOf(() => longTermSatisfaction(given as never))).toEqual([
      '"sensitvity" is not a parameter (did you mean "sensitivity"?)',
      '"equations" expected one of "prose", "notebook", "chocKale", got "pros" (did you mean "prose"?)',
      '"memoryDiscount" expected a number in [0, 1), got 1.2',
      '"timeBudget" expected an integer in [1, 65536], got 0',
      '"slateSize" expected an integer in [1, 32], got 2.5',
    ]);
  });

  test("are refused whatever the field: NaN, infinities, texts, holes", async () => {
    for (const name of PARAMETER_NAMES) {
      for (const value of [NaN, Infinity, "much", [], {}, true, null]) {
        if ((name === "documents" || name === "users") && value === null) continue;
        const mistakes = await mistakesOf(() => longTermSatisfaction({ [name]: value } as never));
        expect(mistakes.join("\n"), `${name} = ${String(value)}`).toMatch(new RegExp(`^"${name}[".[]`));
      }
    }
  });

  test("are refused where they do not go together", async () => {
    expect(await mistakesOf(() => longTermSatisfaction({ slateSize: 8, numCandidates: 5 }))).toEqual([
      '"slateSize" expected at most 5 (numCandidates), got 8',
    ]);
    expect(await mistakesOf(() => longTermSatisfaction({ noClickLogit: -701 }))).toHaveLength(1);
    expect(await mistakesOf(() => longTermSatisfaction({ equations: "chocKale", noClickLogit: 0 }))).toHaveLength(1);
    const steep = await mistakesOf(() => longTermSatisfaction({ memoryDiscount: 0.999, sensitivity: 1 }));
    expect(steep).toHaveLength(1);
    expect(steep[0]).toMatch(/^"sensitivity" expected at most 0\.4/);
    const documents = [{ educativeness: 1.5, clusterId: 4 }, 7, { educativeness: 0, clusterId: 0, k: 1 }];
    expect(
      await mistakesOf(() => longTermSatisfaction({ documents, resample: "step", numCandidates: 4 } as never)),
    ).toEqual([
      '"documents[0].educativeness" expected a number in [0, 1], got 1.5',
      '"documents[0].clusterId" expected an integer in [0, 3], got 4',
      '"documents[1]" expected { educativeness, clusterId }, got 7',
      '"k" is not a field of documents[2]',
      '"resample" expected "never" beside own documents, got "step"',
      '"numCandidates" expected 3, the number of documents, got 4',
    ]);
  });

  test("of scenario and policy names come with a suggestion", async () => {
    expect(await mistakesOf(() => makeWorld("lts-tradeof"))).toEqual([
      '"scenario" expected one of "lts-tradeoff", "lts", "lts-notebook", "choc-kale", "interest-evolution", "interest-exploration", got "lts-tradeof" (did you mean "lts-tradeoff"?)',
    ]);
    expect(await mistakesOf(() => makeWorld("ltz", { slateSize: 0 }))).toHaveLength(2);
    expect((await mistakesOf(() => parsePolicy("randm")))[0]).toContain('(did you mean "random"?)');
    for (const text of ["mix", "mix()", "mix(-1)", "mix(1.5)", "mix(1", "__proto__", ""]) {
      expect(await mistakesOf(() => parsePolicy(text)), text).toHaveLength(1);
    }
  });
});

describe("a world from elsewhere", () => {
  test("is read back from JSON as it was written", () => {
    fc.assert(
      fc.property(worlds, ({ parameters, hash }) => {
        expect(longTermSatisfaction(JSON.parse(toJson({ parameters })).parameters).hash).toBe(hash);
      }),
    );
  });

  test("takes -0 for 0, so that engines cannot differ on it", () => {
    const documents = [{ educativeness: -0, clusterId: 0 }];
    const { parameters } = longTermSatisfaction({ documents, slateSize: 1, sensitivity: -0 });
    expect([parameters.sensitivity, parameters.documents![0]!.educativeness]).toEqual([0, 0]);
  });

  test("is refused when it was put together by hand, or has holes", async () => {
    const lts = scenarios["lts"]!;
    const byHand = { ...lts, parameters: { ...lts.parameters, slateSize: 40 } };
    const mistakes = await mistakesOf(() => simulate(byHand as never, policies.first(), { users: 1, seed: 1 }));
    expect(mistakes.join()).toMatch(
      /^"world" expected one of `scenarios`, or one made by `makeWorld` or `defineWorld`, got /,
    );
    // eslint-disable-next-line no-sparse-arrays -- holes are the point
    const documents = [, { educativeness: 1, clusterId: 0 }];
    expect(await mistakesOf(() => longTermSatisfaction({ documents, slateSize: 2 } as never))).toEqual([
      '"documents[0]" expected { educativeness, clusterId }, got undefined',
    ]);
  });
});
