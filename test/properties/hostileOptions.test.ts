import fc from "fast-check";
import { describe, expect, inject, test } from "vitest";
import {
  agentPolicy,
  compare,
  importAgent,
  importPolicy,
  importWorld,
  InvalidInput,
  longTermSatisfaction,
  mergeRuns,
  policies,
  simulate,
  trace,
  type BatchPolicy,
  type BlockStore,
  type RunOptions,
} from "../../src/index.js";
import { OPTION_NAMES } from "../../src/montecarlo/options.js";
import { TRACE_OPTION_NAMES } from "../../src/montecarlo/traceOptions.js";
import { STORE_FUNCTIONS } from "../../src/studies/blockStore.js";
import { cyclic, emptyRecord, hostile, once, throwing } from "../support/hostileValues.js";
import { mistakesOf } from "../support/mistakesOf.js";

const seed = inject("fastCheckSeed");
const world = longTermSatisfaction();
const first = policies.first();

/** Doors, and the places of each where something is put. */
const doors: Record<string, Readonly<Record<string, (value: never) => unknown>>> = {
  simulate: {
    world: (value) => simulate(value, first, { users: 1 }),
    policy: (value) => simulate(world, value, { users: 1 }),
    options: (value) => simulate(world, first, value),
    ...Object.fromEntries(
      OPTION_NAMES.filter((name) => !["metrics", "seed", "workerUrl"].includes(name)).map((name) => [
        // they have tests of their own
        name,
        (value: never) => simulate(world, first, { users: 1, [name]: value }),
      ]),
    ),
    "precision.halfWidth": (value) => simulate(world, first, { precision: { halfWidth: value } }),
    "precision.relative": (value) => simulate(world, first, { precision: { relative: value } }),
    "precision.of": (value) => simulate(world, first, { precision: { relative: 0.5, of: value } }),
    ...Object.fromEntries(
      STORE_FUNCTIONS.map((name) => [
        `store.${name}`,
        (value: never) => simulate(world, first, { users: 1, store: { ...emptyStore(), [name]: value } }),
      ]),
    ),
  },
  compare: {
    world: (value) => compare(value, [first, policies.random()], { users: 1 }),
    policies: (value) => compare(world, value, { users: 1 }),
    policy: (value) => compare(world, [first, value], { users: 1 }),
    "rival.policy": (value) => compare(world, [first, { policy: value }], { users: 1 }),
    "rival.world": (value) => compare(world, [first, { policy: first, world: value }], { users: 1 }),
    "precision.of": (value) => compare(world, [first, policies.random()], { precision: { relative: 0.5, of: value } }),
    "precision.of's second": (value) =>
      compare(world, [first, policies.random()], { precision: { relative: 0.5, of: ["first", value] } }),
  },
  trace: {
    world: (value) => trace(value, first, { user: 1 }),
    policy: (value) => trace(world, value, { user: 1 }),
    options: (value) => trace(world, first, value),
    ...Object.fromEntries(
      TRACE_OPTION_NAMES.filter((name) => name !== "seed").map((name) => [
        name,
        (value: never) => trace(world, first, { user: 1, [name]: value }),
      ]),
    ),
  },
  mergeRuns: { a: (value) => mergeRuns(value, value) },
  agentPolicy: { createAgent: (value) => agentPolicy("agent", value) },
  importPolicy: { url: (value) => importPolicy(value) },
  importWorld: { url: (value) => importWorld(value) },
  importAgent: { url: (value) => importAgent(value) },
};

const seedDoors: readonly ((value: never) => unknown)[] = [
  (value) => simulate(world, first, { users: 1, seed: value }),
  (value) => compare(world, [first, first], { users: 1, seed: value }),
  (value) => trace(world, first, { user: 1, seed: value }),
  (value) => agentPolicy(value, () => null as never),
  (value) => compare(world, [first, { policy: first, name: value }], { users: 1 }),
  (value) => importPolicy(new URL("../support/modulePolicies.mjs", import.meta.url), value),
];

function emptyStore(): BlockStore {
  return { open: () => ({ read: () => undefined, write() {}, close() {} }) };
}

function made({ place, some }: { place?: number; some?: unknown }): unknown {
  return place === undefined ? some : hostile[place]!();
}

describe("hostile values", () => {
  const places = Object.entries(doors).flatMap(([door, calls]) =>
    Object.entries(calls).map(([place, call]) => [`${door}: ${place}`, call] as const),
  );

  test.each(places)("are refused one and all by %s", async (_, call) => {
    for (const make of hostile) expect((await mistakesOf(() => call(make() as never))).length).toBeGreaterThan(0);
  });

  test("are refused as metrics, but for a record without any", async () => {
    for (const make of hostile) {
      const mistakes = await mistakesOf(() => simulate(world, first, { users: 1, metrics: make() as never }));
      expect(mistakes.length > 0).toBe(make !== emptyRecord);
    }
  });

  test("are refused as texts", async () => {
    for (const call of seedDoors) {
      for (const make of hostile.filter((each) => typeof each() !== "string"))
        expect((await mistakesOf(() => call(make() as never))).length).toBeGreaterThan(0);
    }
  });

  test("in any combination are refused by an InvalidInput, or are legal", async () => {
    const chosen = fc.nat({ max: hostile.length - 1 }); // what is hostile cannot be printed either
    const value = fc.oneof(fc.record({ place: chosen }), fc.record({ some: fc.anything() }));
    const options = fc.dictionary(fc.constantFrom(...OPTION_NAMES.filter((name) => name !== "users")), value);
    const property = fc.asyncProperty(options, value, async (given, policy) => {
      const hidden = Object.fromEntries(Object.entries(given).map(([name, each]) => [name, made(each)]));
      const run = { ...hidden, users: 1, steps: 1 } as never;
      const calls: readonly (() => unknown)[] = [
        () => simulate(world, made(policy) as never, run),
        () => simulate(world, first, run),
        () => compare(world, [made(policy) as never, first], run),
        () => trace(world, made(policy) as never, { ...hidden, user: 1 } as never),
      ];
      for (const call of calls) {
        const failure = await Promise.resolve()
          .then(call)
          .then(
            () => undefined,
            (error: unknown) => error,
          );
        expect(failure === undefined || failure instanceof InvalidInput).toBe(true);
      }
    });
    await fc.assert(property, { seed, numRuns: 200 });
  });
});

describe("a store", () => {
  test("must have its functions, and is told which it lacks", async () => {
    expect(await mistakesOf(() => simulate(world, first, { users: 1, store: {} as BlockStore }))).toEqual(
      STORE_FUNCTIONS.map((name) => `"store.${name}" expected a function, got undefined`),
    );
  });
});

function batch(): BatchPolicy {
  return { name: "mine", fillSlates: fill };
}

function fill(_: unknown, slates: Int32Array): void {
  slates.forEach((_position, at) => (slates[at] = at % 3));
}

describe("what answers differently the second time", () => {
  const store = emptyStore();
  const options = { users: 5000, steps: 2, seed: 3, firstUser: 7, workers: 1, estimator: "expected", store } as const;

  test("is read once by every door", async () => {
    const hidden = (): RunOptions => once({ ...options, store: once(emptyStore()) });
    const { timing: _timing, ...run } = await simulate(world, batch(), options);
    expect(await simulate(world, once(batch()), hidden())).toMatchObject(run);
    const { timing: _time, ...comparison } = await compare(world, [batch(), first], options);
    const rivals = once([once({ policy: once(batch()) }), once({ ...first })]);
    expect(await compare(world, rivals, hidden())).toMatchObject(comparison);
    const life = trace(world, batch(), { user: 7, seed: 3 });
    expect(trace(world, once(batch()), once({ user: 7, seed: 3 }))).toEqual(life);
    const wanted = { relative: 0.5, of: ["mine", "first"] } as const;
    const precise = await compare(world, [batch(), first], { precision: wanted, steps: 2, maxUsers: 5000 });
    const precision = once({ ...wanted, of: once([...wanted.of] as [string, string]) });
    const again = await compare(world, [batch(), first], { precision, steps: 2, maxUsers: 5000 });
    expect(again.precision).toEqual(precise.precision);
  });

  test("changes no run that is to be merged", async () => {
    const [a, b] = [
      await simulate(world, first, { users: 5, steps: 1 }),
      await simulate(world, first, { users: 5, steps: 1, firstUser: 5 }),
    ];
    const { timing: _timing, ...merged } = mergeRuns(a, b);
    Object.assign(a, { users: 5n, firstUser: Symbol("a"), timing: null, seed: cyclic(), parameters: throwing() });
    expect(mergeRuns(a, b)).toMatchObject(merged);
  });
});

describe("-0", () => {
  test("is user 0", async () => {
    const run = await simulate(world, first, { users: 1, firstUser: -0 });
    expect(run.firstUser).toBe(0);
    expect(trace(world, first, { user: -0 }).user).toBe(0);
    const comparison = await compare(world, [first, policies.random()], { users: 1, firstUser: -0 });
    expect(comparison.firstUser).toBe(0);
  });
});

describe("a seed that is not given", () => {
  test("is 0 everywhere", async () => {
    expect(await simulate(world, first, { users: 5 })).toMatchObject({ seed: "0" });
    const [unsaid, said] = [
      await simulate(world, first, { users: 5 }),
      await simulate(world, first, { users: 5, seed: 0 }),
    ];
    expect(unsaid.digest).toBe(said.digest);
    expect(trace(world, first, { user: 3 })).toEqual(trace(world, first, { user: 3, seed: 0 }));
    expect((await compare(world, [first, policies.random()], { users: 5 })).seed).toBe("0");
  });
});
