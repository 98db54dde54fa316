// The optimal policy: as good as its solution says, the same bits on both engines, and only where it was solved for.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  compare,
  makeWorld,
  mergeRuns,
  policies,
  simulate,
  solve,
  trace,
  type BlockStore,
  type LongTermSatisfactionWorld,
  type PlainParameters,
} from "../../src/index.js";
import { BestSlates } from "../../src/policies/selectBest.js";
import type { ScalarStateModel } from "../../src/world/scalarState.js";
import { EDGE_NUMBERS, PLAN_TERMS, registerPlan } from "../../src/world/slatePlan.js";
import { mistakesOf } from "../support/mistakesOf.js";

const worlds: Partial<PlainParameters>[] = [
  {},
  { noClickLogit: 0.5, numCandidates: 7, slateSize: 2 },
  { equations: "notebook", sensitivity: 0.3, memoryDiscount: 0.5, innovationStddev: 0.4 },
  { equations: "chocKale", sensitivity: 0.5, slateSize: 2 },
  { equations: "chocKale", sensitivity: 0.1, slateSize: 1 },
  { numCandidates: 40, slateSize: 6, sensitivity: 0.5 },
  { numCandidates: 33, slateSize: 32 },
  { slateSize: 1, numCandidates: 1 },
];

const worldOf = (parameters: Partial<PlainParameters>): LongTermSatisfactionWorld => {
  return makeWorld("lts-tradeoff", { timeBudget: 6, ...parameters });
};

describe.each(worlds)("in the world with %o", (parameters) => {
  const world = worldOf(parameters);
  const solved = solve(world, { gridSize: 24 });

  test("brings what the solution says", async () => {
    const solution = await solved;
    const options = { users: 20_000, estimator: "expected" } as const;
    const { totalReward } = (await simulate(world, policies.optimal(solution), options)).metrics;
    const beyond = Math.abs(totalReward.mean - solution.value) - solution.valueError;
    expect(beyond / totalReward.standardError).toBeLessThan(4);
  });

  test("has the same bits on both engines", async () => {
    const policy = policies.optimal(await solved);
    for (const estimator of ["sampled", "expected"] as const) {
      const options = { users: 150, seed: 3, estimator, discount: 0.9 };
      const [kernel, reference] = await Promise.all(
        (["kernel", "reference"] as const).map((engine) => simulate(world, policy, { ...options, engine })),
      );
      expect([kernel!.digest, kernel!.metrics]).toEqual([reference!.digest, reference!.metrics]);
      expect(kernel!.engine).toBe("kernel");
    }
  });
});

test("is better than every fixed mix on the same users", async () => {
  const world = makeWorld("lts-tradeoff", { timeBudget: 10 });
  const solution = await solve(world, { gridSize: 24 });
  const { pairs, ranking } = await compare(world, [policies.optimal(solution), policies.mix(2), policies.mix(3)], {
    users: 8192,
    estimator: "expected",
  });
  expect(ranking.order[0]).toBe("optimal");
  for (const { a, significant } of pairs.filter((pair) => pair.a === "optimal")) {
    expect([a, significant]).toEqual(["optimal", true]);
  }
});

test("traces, parts of runs and threads have the episodes of one run", async () => {
  const world = worldOf({});
  const policy = policies.optimal(await solve(world, { gridSize: 24 }));
  const whole = await simulate(world, policy, { users: 8192, seed: 5 });
  const first = await simulate(world, policy, { users: 4096, seed: 5, workers: 2 });
  const second = await simulate(world, policy, { users: 4096, firstUser: 4096, seed: 5 });
  expect(mergeRuns(first, second).digest).toBe(whole.digest);
  const { steps } = trace(world, policy, { user: 4100, seed: 5 });
  const one = await simulate(world, policy, { users: 1, firstUser: 4100, seed: 5 });
  expect(steps.reduce((sum, { reward }) => sum + reward, 0)).toBeCloseTo(one.metrics.totalReward.mean, 9);
});

test("selects the best slate of all for the gains of its tables", () => {
  const number = fc.double({ min: -5, max: 5, noNaN: true });
  const edge = fc.array(number, { minLength: EDGE_NUMBERS, maxLength: EDGE_NUMBERS });
  const documents = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 6 });
  const state = fc.double({ min: -3, max: 3, noNaN: true });
  const property = fc.property(
    edge,
    edge,
    documents,
    state,
    fc.constantFrom(0, 0.7),
    (left, right, given, x, noClickWeight) => {
      const plan = registerPlan({
        world: "",
        steps: 1,
        mixes: Int32Array.of(0),
        tableOf: Int32Array.of(0),
        leastState: -1,
        cellsPerUnit: 0.5,
        cells: 1,
        mixIsBest: Uint8Array.of(0),
        tables: Float64Array.of(...left, ...right),
      });
      const model = { consideredSlots: 2, noClickWeight, choiceWeight: (k: number) => 1 + k } as ScalarStateModel;
      const best = new BestSlates(plan, model, 2);
      expect(best.mixAt(0, x)).toBeUndefined();
      const share = Math.min(Math.max((x + 1) / 2, 0), 1);
      const terms = left.map((term, i) => term + share * (right[i]! - term)).slice(0, PLAN_TERMS);
      const gain = (k: number): number => terms.reduce((sum, term, power) => sum + term * (k - 0.5) ** power, 0);
      const worth = (slate: readonly number[]): number => {
        const shown = slate.map((position) => given[position]!);
        const total = shown.reduce((sum, k) => sum + 1 + k, noClickWeight);
        return shown.reduce((sum, k) => sum + (1 + k) * gain(k), 0) / total;
      };
      const pairs = given.flatMap((_, a) => given.slice(a + 1).map((_document, b) => [a, a + 1 + b]));
      const slate = best.select(given, x, 0);
      expect(new Set(slate).size).toBe(2);
      expect(worth(slate)).toBeCloseTo(Math.max(...pairs.map(worth)), 9);
    },
  );
  fc.assert(property);
});

describe("is refused", () => {
  const world = worldOf({});

  test("without a solution of this process", async () => {
    const solution = await solve(world, { gridSize: 8 });
    for (const copy of [structuredClone(solution), {}, null, 5]) {
      const [mistake] = await mistakesOf(() => policies.optimal(copy as never));
      expect(mistake).toMatch(/^"solution" expected one that `solve` returned in this process, got /);
    }
  });

  test("in another world, for more steps, and with a plan of somebody else's", async () => {
    const solution = await solve(world, { gridSize: 8, steps: 4 });
    const policy = policies.optimal(solution);
    const other = worldOf({ sensitivity: 0.2 });
    expect(await mistakesOf(() => simulate(other, policy, { users: 1 }))).toEqual([
      `"policy" expected the optimal policy of the world ${other.hash}, got "${world.hash}"`,
    ]);
    const tooLong = ['"steps" expected at most 4, as the policy was solved for, got 6'];
    expect(await mistakesOf(() => simulate(world, policy, { users: 1 }))).toEqual(tooLong);
    expect(await mistakesOf(() => trace(world, policy, { user: 1 }))).toEqual(tooLong);
    expect(await mistakesOf(() => compare(world, [policy, policies.first()], { users: 1 }))).toEqual([
      `policies[0]: ${tooLong[0]}`,
    ]);
    const forged = { ...policy, plan: { ...policy.plan! } };
    expect((await mistakesOf(() => simulate(world, forged, { users: 1, steps: 4 })))[0]).toMatch(
      /^"policy.plan" expected that of a policy made by `policies.optimal`, got /,
    );
    expect(await mistakesOf(() => simulate(world, policy, { users: 1, steps: 4 }))).toEqual([]);
  });
});

test("another plan is another study", async () => {
  const world = worldOf({ slateSize: 1 });
  const asked: unknown[] = [];
  const store: BlockStore = {
    open(identity) {
      asked.push(identity.variants[0]);
      return { read: () => undefined, write() {}, close() {} };
    },
  };
  const solutions = await Promise.all([8, 8, 16].map((gridSize) => solve(world, { gridSize })));
  for (const solution of solutions) await simulate(world, policies.optimal(solution), { users: 1, store });
  expect(asked[0]).toEqual(asked[1]);
  expect(asked[0]).not.toEqual(asked[2]);
  expect(asked[0]).toMatchObject({ policy: "optimal", plan: expect.stringMatching(/^[0-9a-f]{16}$/) });
});
