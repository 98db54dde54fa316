// The estimator "controlled": the same episodes and the same mean with a fraction of the variance, the same bits on both engines.
import fc from "fast-check";
import { describe, expect, inject, test } from "vitest";
import {
  agentPolicy,
  agents,
  compare,
  makeWorld,
  mergeRuns,
  policies,
  scenarios,
  simulate,
  solve,
  type PlainParameters,
  type RunPolicy,
  type LongTermSatisfactionWorld,
  type LtsTypes,
} from "../../src/index.js";
import { solveNormalEquations } from "../../src/control/leastSquares.js";
import { pilotSeed, pilotUsers } from "../../src/control/pilots.js";
import { curious, policiesFor, seeds, worldsWithPolicies } from "../support/arbitraries.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { filmWorld } from "../support/ownWorlds.js";
import { exactTasteReturn, tasteWorld } from "../support/tasteWorld.js";

const estimator = "controlled";

const worlds: Partial<PlainParameters>[] = [
  {},
  { equations: "notebook", noClickLogit: 0.5, slateSize: 2, numCandidates: 7 },
  { equations: "chocKale", sensitivity: 0.5, innovationStddev: 0.3, slateSize: 2, numCandidates: 3 },
  { slateSize: 9, numCandidates: 17, memoryDiscount: 0, innovationStddev: 0 },
  { slateSize: 1, numCandidates: 1, noClickLogit: -1 },
  { resample: "episode", noClickLogit: 0 },
  { resample: "never" },
];

/** All kinds of policies in one world, and some in the others: the reference engine simulates 4,096 pilot users for each. */
async function policiesIn(world: LongTermSatisfactionWorld, all: boolean): Promise<RunPolicy<LtsTypes>[]> {
  const builtIn = policiesFor(world.slateSize);
  if (!all) return [curious, ...builtIn.filter((_, place) => place % 3 === 1)];
  const solution = await solve(world, { gridSize: 8 });
  return [...builtIn, curious, policies.optimal(solution), agentPolicy("random agent", agents.random())];
}

describe.each(worlds)("in the world with %o", (parameters) => {
  const world = makeWorld("lts-tradeoff", { timeBudget: 2, ...parameters });

  test("has the same bits on both engines, under every policy, and the episodes of sampled runs", async () => {
    const options = { users: 40, seed: 5, discount: 0.9, warmUp: 1 };
    for (const policy of await policiesIn(world, parameters === worlds[0])) {
      const reference = await simulate(world, policy, { ...options, estimator, engine: "reference" });
      const sampled = await simulate(world, policy, options);
      expect(reference.digest, policy.name).toBe(sampled.digest);
      expect(reference.metrics.sampledTotalReward, policy.name).toEqual(sampled.metrics.totalReward);
      expect(reference.metrics.perStep).toEqual(sampled.metrics.perStep);
      expect(reference.metrics.totalReward.variance).toBeLessThan(sampled.metrics.totalReward.variance);
      if (sampled.engine === "reference") continue;
      const kernel = await simulate(world, policy, { ...options, estimator });
      expect([kernel.engine, kernel.digest, kernel.metrics]).toEqual(["kernel", reference.digest, reference.metrics]);
    }
  });
});

test("has the same bits on both engines in any world", async () => {
  const small = worldsWithPolicies.filter(({ world }) => world.numCandidates < 40);
  const property = fc.asyncProperty(small, seeds, async ({ world, policy }, seed) => {
    for (const each of [policy, curious]) {
      const options = { users: 20, seed, estimator, steps: Math.min(world.timeBudget, 2) } as const;
      const [kernel, reference] = await Promise.all(
        (["kernel", "reference"] as const).map((engine) => simulate(world, each as never, { ...options, engine })),
      );
      expect([kernel!.digest, kernel!.metrics]).toEqual([reference!.digest, reference!.metrics]);
    }
  });
  await fc.assert(property, { seed: inject("fastCheckSeed"), numRuns: 8 });
});

test("agrees with exact values far beyond what sampled rewards can tell", async () => {
  for (const parameters of worlds.slice(0, 3)) {
    const world = makeWorld("lts-tradeoff", { timeBudget: 8, ...parameters });
    const { policies: values, policyError } = await solve(world, { gridSize: 32 });
    for (const policy of [policies.random(), policies.mix(0), policies.mix(world.slateSize)]) {
      const { metrics } = await simulate(world, policy, { users: 4096, estimator });
      const exact = values[policy.name]!;
      const { mean, standardError } = metrics.totalReward;
      expect((Math.abs(mean - exact) - policyError) / standardError, policy.name).toBeLessThan(4);
      expect(standardError, policy.name).toBeLessThan(5e-4 * exact);
      expect(metrics.varianceRatio).toBeCloseTo(metrics.sampledTotalReward!.variance / metrics.totalReward.variance, 6);
    }
  }
});

/** Least ratios of the variances, of a run of two blocks. */
const wanted = {
  "lts-tradeoff": [500, 7000, 600, 800, 7000],
  lts: [9000, 150_000, 25_000, 30_000, 150_000],
} as const;

test.each(Object.entries(wanted))(
  "is worth hundreds to hundreds of thousands of users each in %s",
  async (name, least) => {
    const tried = [policies.random(), ...[3, 2, 1, 0].map((m) => policies.mix(m))];
    for (const [place, policy] of tried.entries()) {
      const { metrics } = await simulate(scenarios[name]!, policy, { users: 8192, seed: 1, estimator });
      expect(metrics.varianceRatio, policy.name).toBeGreaterThan(least[place]!);
    }
  },
);

test("is worth as much with a discount and a warm-up", async () => {
  const options = { users: 4096, discount: 0.9, warmUp: 3, estimator } as const;
  const { metrics } = await simulate(scenarios["lts-tradeoff"]!, policies.mix(3), options);
  expect(metrics.varianceRatio).toBeGreaterThan(7000);
});

describe("in a comparison", () => {
  test("controls every policy, and pairs them", async () => {
    const world = scenarios["lts-tradeoff"]!;
    const options = { users: 4096, seed: 3 };
    const candidates = [policies.mix(2), policies.mix(3)];
    const { pairs, policies: compared } = await compare(world, candidates, { ...options, estimator });
    const alone = await simulate(world, policies.mix(3), { ...options, estimator });
    expect(compared[1]!.metrics).toEqual(alone.metrics);
    const [sampled] = (await compare(world, candidates, options)).pairs;
    expect(pairs[0]!.difference.standardError).toBeLessThan(sampled!.difference.standardError / 50);
    expect(Math.abs(pairs[0]!.difference.mean - 462.4986)).toBeLessThan(4 * pairs[0]!.difference.standardError);
  });

  test("parts and threads change nothing", async () => {
    const world = makeWorld("lts-tradeoff", { timeBudget: 4 });
    const run = (firstUser: number, users: number, workers = 1) =>
      simulate(world, policies.mix(1), { firstUser, users, seed: "parts", estimator, workers });
    const whole = await run(0, 20_480);
    expect((await run(0, 20_480, 2)).metrics).toEqual(whole.metrics);
    expect(mergeRuns(await run(0, 8192), await run(8192, 12_288)).metrics).toEqual(whole.metrics);
  });
});

test("a precision is looked at after fewer users than a block, where these are enough", async () => {
  const world = makeWorld("lts-tradeoff", { timeBudget: 6 });
  const run = (relative: number, workers: number) =>
    simulate(world, policies.mix(3), { precision: { relative }, estimator, workers });
  const [coarse, fine] = [await run(0.001, 1), await run(0.00004, 1)];
  expect([coarse.users, coarse.precision!.met]).toEqual([256, true]);
  expect(fine.users % 256).toBe(0);
  expect([fine.users > 256, fine.precision!.met]).toEqual([true, true]);
  const inThreads = await run(0.00004, 2);
  expect([inThreads.users, inThreads.metrics]).toEqual([fine.users, fine.metrics]);
  const sampled = await simulate(world, policies.mix(3), { precision: { relative: 0.5 } });
  expect(sampled.users).toBe(4096);
});

describe("in a custom world with control variates", () => {
  test("has the exact mean with less variance, also where episodes end by chance", async () => {
    for (const [policy, meanDocument] of [
      [policies.first(), 0.5],
      [policies.mostEducational(), 0.75],
    ] as const) {
      const { metrics } = await simulate(tasteWorld(), policy, { users: 4096, seed: 2, estimator });
      const { mean, standardError } = metrics.totalReward;
      expect(Math.abs(mean - exactTasteReturn(meanDocument)) / standardError).toBeLessThan(4);
      expect(metrics.varianceRatio, policy.name).toBeGreaterThan(15);
    }
  });

  test("refuses what is no such part of a world, all at once", async () => {
    expect(await mistakesOf(() => tasteWorld({ initialMeans: [NaN], numTerms: 65, features: 5 as never }))).toEqual([
      '"controlVariates.features" expected a function, got 5',
      '"controlVariates.initialMeans[0]" expected a finite number, got NaN',
      '"controlVariates.numTerms" expected an integer in [0, 64], got 65',
    ]);
    expect(await mistakesOf(() => tasteWorld({ terms: undefined as never }))).toEqual([
      '"controlVariates.terms" expected a function that returns 2 numbers, got undefined',
    ]);
    expect(await mistakesOf(() => tasteWorld({ initialMeans: [] }))).toEqual([
      '"controlVariates.initialMeans" expected a list of 1 to 64 numbers, got []',
    ]);
  });

  test.each([
    [{ features: () => [1, NaN, 1] }, '"controlVariates.features[1]" expected a finite number, got NaN'],
    [{ nextFeatures: () => [1] }, '"controlVariates.nextFeatures" expected a list of 3 numbers, got [1]'],
    [{ terms: () => 5 as never }, '"controlVariates.terms" expected a list of 2 numbers, got 5'],
  ])("names what returns no numbers: %#", async (control, mistake) => {
    const run = simulate(tasteWorld(control), policies.first(), { users: 10, estimator });
    await expect(run).rejects.toThrow(`with pilot users: world "tastes" failed at step 0 for user 0: ${mistake}`);
  });
});

test("is refused where a world has no control variates", async () => {
  expect(await mistakesOf(() => simulate(filmWorld(), policies.first(), { users: 1, steps: 2, estimator }))).toEqual([
    '"estimator" expected "sampled", as the world has no users.expectedReward, got "controlled"',
  ]);
});

test.each(["kernel", "reference"] as const)(
  "says when it is a pilot user for whom a policy fails: %s",
  async (engine) => {
    const lazy = { name: "lazy", fillSlates: () => {} };
    const run = simulate(makeWorld("lts"), lazy, { users: 10, estimator, engine });
    await expect(run).rejects.toThrow(/with pilot users: policy "lazy" at step 0: /);
  },
);

/** The lower triangle of XᵀX and Xᵀy. */
const normalEquations = (rows: readonly (readonly number[])[], y: readonly number[]) => {
  const sum = (i: number, j: number): number => rows.reduce((total, row) => total + row[i]! * row[j]!, 0);
  const size = rows[0]!.length;
  const gram = Array.from({ length: size }, (_, i) => Array.from({ length: i + 1 }, (_column, j) => sum(i, j))).flat();
  const products = Array.from({ length: size }, (_, i) => rows.reduce((total, row, r) => total + row[i]! * y[r]!, 0));
  return [Float64Array.from(gram), Float64Array.from(products)] as const;
};

test("pilot users are as many as said, under a seed of their own", () => {
  expect(["a", "7"].map(pilotSeed)).toEqual(["pilot users of a", "pilot users of 7"]);
  expect([1, 60, 256, 257, 512, 513, 4096, 65_536].map(pilotUsers)).toEqual([
    4096, 4096, 4096, 2048, 2048, 1024, 256, 256,
  ]);
});

describe("least squares", () => {
  test("finds the coefficients that made the numbers", () => {
    const rows = Array.from({ length: 30 }, (_, i) => [1, i / 7, (i / 7) ** 2, Math.cos(i)]);
    const y = rows.map(([a, b, c, d]) => 3 * a! - 2 * b! + 0.5 * c! + 4 * d!);
    const found = solveNormalEquations(...normalEquations(rows, y));
    [3, -2, 0.5, 4].forEach((coefficient, i) => expect(found[i]).toBeCloseTo(coefficient, 8));
  });

  test("leaves out columns that say nothing new", () => {
    const rows = Array.from({ length: 9 }, (_, i) => [1, i, 0, 2 * i + 1, i * i]);
    const found = solveNormalEquations(
      ...normalEquations(
        rows,
        rows.map(([, b, , , e]) => 1 + b! - e!),
      ),
    );
    [1, 1, 0, 0, -1].forEach((coefficient, i) => expect(found[i]).toBeCloseTo(coefficient, 8));
  });
});
