import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  InvalidInput,
  longTermSatisfaction,
  makeWorld,
  parsePolicy,
  policies,
  policyNames,
  scenarios,
  simulate,
  trace,
  type Parameters,
  type RunOptions,
} from "../../src/index.js";
import { NUMERIC_PARAMETERS, PARAMETER_NAMES } from "../../src/scenario/longTermSatisfaction/parameters.js";
import { toJson } from "../../src/report/json.js";
import { policiesFor, worlds, worldsWithPolicies } from "../support/arbitraries.js";

/** The mistakes that a call complains of. */
async function mistakesOf(call: () => unknown): Promise<readonly string[]> {
  try {
    await call();
  } catch (error) {
    if (error instanceof InvalidInput) return error.mistakes;
    throw error;
  }
  return [];
}

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
        if (name === "documents" && value === null) continue;
        const mistakes = await mistakesOf(() => longTermSatisfaction({ [name]: value } as never));
        expect(mistakes.join("\n"), `${name} = ${String(value)}`).toContain(`"${name}"`);
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
      '"scenario" expected one of "lts", "lts-notebook", "choc-kale", "lts-tradeoff", got "lts-tradeof" (did you mean "lts-tradeoff"?)',
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
        expect(longTermSatisfaction(JSON.parse(toJson(parameters))).hash).toBe(hash);
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
    const mistakes = await mistakesOf(() => simulate(byHand, policies.first(), { users: 1, seed: 1 }));
    expect(mistakes.join()).toMatch(/^"world" expected one made by `longTermSatisfaction` or `makeWorld`, got /);
    // eslint-disable-next-line no-sparse-arrays -- holes are the point
    const documents = [, { educativeness: 1, clusterId: 0 }];
    expect(await mistakesOf(() => longTermSatisfaction({ documents, slateSize: 2 } as never))).toEqual([
      '"documents[0]" expected { educativeness, clusterId }, got undefined',
    ]);
  });
});

describe("policies", () => {
  test("are found again by the name they carry", () => {
    for (const policy of policiesFor(4)) expect(parsePolicy(policy.name)).toEqual(policy);
    expect(policyNames).toHaveLength(Object.keys(policies).length);
  });

  test("show distinct candidates in range, as many as the slate holds", () => {
    fc.assert(
      fc.property(worldsWithPolicies, fc.nat(), ({ world, policy }, user) => {
        for (const { slate } of trace(world, policy, { user, seed: 1, steps: 1 }).steps) {
          expect(new Set(slate).size).toBe(world.parameters.slateSize);
          expect(Math.min(...slate)).toBeGreaterThanOrEqual(0);
          expect(Math.max(...slate)).toBeLessThan(world.parameters.numCandidates);
        }
      }),
    );
  });

  test("mix m of the most educational, falling, with the least educational, rising; earlier candidates win ties", () => {
    const documents = [0.5, 0.9, 0.1, 0.9, 0.1].map((educativeness) => ({ educativeness, clusterId: 0 }));
    const world = longTermSatisfaction({ documents });
    const slateOf = (name: string) => trace(world, parsePolicy(name), { user: 0, seed: 1, steps: 1 }).steps[0]!.slate;
    expect(slateOf("most-educational")).toEqual([1, 3, 0]);
    expect(slateOf("least-educational")).toEqual([4, 2, 0]);
    expect(slateOf("mix(3)")).toEqual([1, 3, 0]);
    expect(slateOf("mix(2)")).toEqual([1, 3, 4]);
    expect(slateOf("mix(1)")).toEqual([1, 4, 2]);
    expect(slateOf("mix(0)")).toEqual([4, 2, 0]);
    expect(slateOf("first")).toEqual([0, 1, 2]);
  });

  test("draw every ordered slate equally often under random", () => {
    const world = longTermSatisfaction({ numCandidates: 4, slateSize: 2, timeBudget: 6000 });
    const counts = new Map<string, number>();
    for (const { slate } of trace(world, policies.random(), { user: 3, seed: "dice" }).steps) {
      counts.set(slate.join(), (counts.get(slate.join()) ?? 0) + 1);
    }
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 500) ** 2 / 500, 0);
    expect(counts.size).toBe(12);
    expect(chiSquare).toBeLessThan(31.3); // 99.9 % point of 11 degrees of freedom
  });
});

describe("bad run options", () => {
  const world = scenarios["lts"]!;

  test("are refused one and all at once", async () => {
    const options = { users: 0, steps: 61, seed: NaN, firstUser: -1, engine: "gpu", user: 3 } as unknown as RunOptions;
    expect(await mistakesOf(() => simulate(world, policies.mix(4), options))).toEqual([
      '"user" is not a run option (did you mean "users"?)',
      '"policy" expected mix(m) with an integer m in [0, 3] (slateSize), got "mix(4)"',
      '"users" expected an integer in [1, 4294967295], got 0',
      '"steps" expected an integer in [1, 60], got 61',
      '"seed" expected a text that is not empty, or a finite number, got NaN',
      '"firstUser" expected an integer in [0, 4294967295], got -1',
      '"engine" expected one of "kernel", "reference", got "gpu"',
    ]);
  });

  test("are refused for mixes of no whole number and for what cannot be told of progress", async () => {
    for (const m of [Infinity, NaN, 1.5, -1]) {
      expect(await mistakesOf(() => simulate(world, policies.mix(m), { users: 1, seed: 1 })), `${m}`).toHaveLength(1);
    }
    const onProgress = 5 as never;
    expect(await mistakesOf(() => simulate(world, policies.first(), { users: 1, seed: 1, onProgress }))).toEqual([
      '"onProgress" expected a function, got 5',
    ]);
  });

  test("are refused at the ends of the user numbers", async () => {
    expect(await mistakesOfRun({ users: 2 ** 32, seed: 1 })).toHaveLength(1);
    expect(await mistakesOfRun({ users: 2, firstUser: 2 ** 32 - 1, seed: 1 })).toHaveLength(1);
    expect(await mistakesOfRun({ users: 1, firstUser: 2 ** 32 - 1, seed: 1 })).toEqual([]);
    expect(await mistakesOfRun({ users: 1, seed: "" })).toHaveLength(1);
    expect(await mistakesOfRun({ users: 1 } as RunOptions)).toHaveLength(1);
  });

  test("of every wrong kind are refused, never met with a TypeError", async () => {
    const wrong: unknown[] = [undefined, null, 3, "random", [], {}];
    for (const value of wrong as never[]) {
      const good = { users: 1, seed: 1, user: 1 };
      expect(await mistakesOf(() => simulate(value, policies.first(), good)), "world").toHaveLength(1);
      expect(await mistakesOf(() => simulate(world, value, { users: 1, seed: 1 })), "policy").toHaveLength(1);
      expect(await mistakesOf(() => trace(world, value, { user: 1, seed: 1 })), "policy").toHaveLength(1);
      expect(await mistakesOf(() => simulate(world, policies.first(), value)), "options").not.toHaveLength(0);
      expect(await mistakesOf(() => trace(world, policies.first(), value)), "options").not.toHaveLength(0);
    }
    for (const value of [null, 3, "lts", []] as never[]) {
      expect(await mistakesOf(() => longTermSatisfaction(value))).toHaveLength(1);
      expect(await mistakesOf(() => makeWorld("lts", value))).toHaveLength(1);
    }
    expect(await mistakesOf(() => trace(world, policies.first(), { user: 1, seed: 1, stepz: 3 } as never))).toEqual([
      '"stepz" is not a trace option (did you mean "steps"?)',
    ]);
  });

  test("of a trace are refused too", async () => {
    const options = { user: 2 ** 32, seed: Infinity, steps: 0 };
    expect(await mistakesOf(() => trace(world, policies.mix(9), options))).toHaveLength(4);
  });

  test("leave the caller's own objects as they were when they are good", async () => {
    const options = Object.freeze({ users: 3, seed: 1 });
    const run = await simulate(world, Object.freeze(policies.random()), options);
    expect(options).toEqual({ users: 3, seed: 1 });
    expect(run.parameters).toBe(world.parameters);
  });
});

function mistakesOfRun(options: RunOptions): Promise<readonly string[]> {
  return mistakesOf(() => simulate(scenarios["lts"]!, policies.first(), { steps: 1, ...options }));
}
