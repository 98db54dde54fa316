// The optimum: against published values, against simulation, and by what must hold of any optimum.
import { beforeAll, describe, expect, test } from "vitest";
import {
  makeWorld,
  policies,
  simulate,
  solve,
  type LtsTypes,
  type Parameters,
  type Solution,
} from "../../src/index.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { filmWorld } from "../support/ownWorlds.js";

const short = makeWorld("lts-tradeoff", { timeBudget: 6, slateSize: 2, numCandidates: 5 });

test("has the published values of RecSim's own world", async () => {
  const { value, policies: values } = await solve(makeWorld("choc-kale", { slateSize: 1 }));
  const published = { random: 948.41, "mix(1)": 1116.68, "mix(0)": 786.09 }; // exact figures of others, of six digits
  for (const [name, exact] of Object.entries(published)) {
    expect(Math.abs(values[name]! - exact), name).toBeLessThan(3e-5 * exact);
  }
  expect(Math.abs(value - 1116.68)).toBeLessThan(3e-5 * value);
});

describe("of lts-tradeoff", () => {
  const world = makeWorld("lts-tradeoff");
  let solution: Solution<LtsTypes>;
  beforeAll(async () => {
    solution = await solve(world);
  });

  test("the optimum is where the notebook's authors would have found it, known to a hundredth of a second", () => {
    expect(Math.abs(solution.value - 1411.7)).toBeLessThan(0.2);
    expect(solution.valueError).toBeLessThan(0.01);
    expect(solution.policyError).toBeLessThan(0.01);
    expect(solution.value - solution.tableValue).toBeGreaterThan(0.1);
    expect(solution.tableValue).toBeGreaterThan(solution.policies["mix(3)"]!);
  });

  test("every built-in policy is worth what simulation says", async () => {
    for (const policy of [policies.first(), policies.random(), ...[0, 1, 2, 3].map((m) => policies.mix(m))]) {
      const run = await simulate(world, policy, { users: 20_000, estimator: "expected" });
      const { mean, standardError } = run.metrics.totalReward;
      expect(Math.abs(mean - solution.policies[policy.name]!) / standardError, policy.name).toBeLessThan(4);
    }
  });

  test("finer grids change the value less and less, until it stands", () => {
    const { refinements, value } = solution;
    const changes = refinements.slice(1).map(({ change }) => change!);
    expect(refinements[0]!.change).toBeNull();
    expect(changes.at(-1)!).toBeLessThan(3e-6 * value);
    expect(changes.at(-1)!).toBeLessThan(changes[0]! / 10);
    expect(refinements.map(({ states }) => states)).toEqual(refinements.map((_, i) => 8 * 2 ** i));
  });

  test("deciding less often brings less, and looking no further than a step brings what memes bring", () => {
    const { tableValue, heldValues, myopicValue, policies: values } = solution;
    expect(heldValues.map(({ length }) => length)).toEqual([2, 3, 5, 10, 20]);
    expect(heldValues.map(({ value }) => value)).toEqual(
      heldValues.map(({ value }) => value).toSorted((a, b) => b - a),
    );
    expect(heldValues[0]!.value).toBeLessThan(tableValue);
    expect(heldValues.at(-1)!.value).toBeGreaterThanOrEqual(values["mix(3)"]! - 1e-9);
    expect(myopicValue).toBeCloseTo(values["mix(0)"]!, 6);
  });

  test("the table says educational first, memes at last", () => {
    const { states, mix, stateName } = solution.table;
    expect(stateName).toBe("exposure");
    expect(mix).toHaveLength(60);
    expect(states).toEqual(states.toSorted((a, b) => a - b));
    for (const best of mix.slice(0, 50)) expect(new Set(best)).toEqual(new Set([3]));
    expect(new Set(mix.at(-1))).toEqual(new Set([0]));
    for (const best of mix) expect(best).toEqual(best.toSorted((a, b) => b - a)); // never educational for the more satisfied only
  });
});

describe("in any world", () => {
  const worlds: Partial<Parameters>[] = [
    {},
    { noClickLogit: 0.5, numCandidates: 5, slateSize: 2 },
    { equations: "notebook", sensitivity: 0.3, memoryDiscount: 0.5 },
    { equations: "chocKale", sensitivity: 0.5, innovationStddev: 0.3 },
    { memoryDiscount: 0, sensitivity: 1, innovationStddev: 0 },
  ];

  test.each(worlds)("no policy is better than the optimum: %o", async (parameters) => {
    const {
      value,
      valueError,
      tableValue,
      policies: values,
      policyError,
    } = await solve(makeWorld("lts-tradeoff", { timeBudget: 5, ...parameters }), { gridSize: 32 });
    const slack = valueError + policyError;
    expect(tableValue).toBeLessThanOrEqual(value + slack);
    for (const [name, each] of Object.entries(values)) expect(each, name).toBeLessThanOrEqual(tableValue + slack);
  });

  test("more candidates are never worse", async () => {
    let before = 0;
    for (const numCandidates of [3, 4, 8]) {
      const world = makeWorld("lts-tradeoff", { timeBudget: 3, numCandidates });
      const { value, valueError } = await solve(world, { gridSize: 8 });
      expect(value).toBeGreaterThan(before + valueError);
      before = value;
    }
  });

  test("where nothing is remembered or felt the best of every step is the best of all", async () => {
    const parameters = { sensitivity: 0, timeBudget: 7 };
    const world = makeWorld("lts-tradeoff", parameters);
    const [one, all] = await Promise.all([solve(world, { steps: 1, gridSize: 8 }), solve(world, { gridSize: 8 })]);
    expect(all.value).toBeCloseTo(7 * one.value, 6);
    expect(all.tableValue).toBeCloseTo(all.policies["mix(0)"]!, 9);
    expect(all.myopicValue).toBeCloseTo(all.tableValue, 9);
  });

  test("short episodes are as well known on a fine grid, whose polynomials mean nothing outside of it", async () => {
    const [coarse, fine] = await Promise.all([24, 96].map((gridSize) => solve(short, { steps: 2, gridSize })));
    expect(Math.abs(fine!.value - coarse!.value)).toBeLessThan(1e-4 * fine!.value);
    expect(fine!.valueError).toBeLessThan(1e-4 * fine!.value);
  });

  test("with as many candidates as slots every policy is the same", async () => {
    const world = makeWorld("lts-tradeoff", { slateSize: 3, numCandidates: 3, timeBudget: 4 });
    const { value, tableValue, policies: values, policyError } = await solve(world);
    expect(value).toBeCloseTo(tableValue, 9);
    for (const each of Object.values(values)) expect(Math.abs(each - value)).toBeLessThan(2 * policyError);
  });
});

describe("discount and warm-up", () => {
  test.each([
    { discount: 0.8, warmUp: 2 },
    { discount: 0.5, steps: 4 },
  ])("%o weigh rewards as in a run", async (options) => {
    const solution = await solve(short, { ...options, gridSize: 16 });
    expect(solution).toMatchObject(options);
    for (const policy of [policies.random(), policies.mix(2)]) {
      const run = await simulate(short, policy, { users: 20_000, estimator: "expected", ...options });
      const { mean, standardError } = run.metrics.totalReward;
      expect(Math.abs(mean - solution.policies[policy.name]!) / standardError).toBeLessThan(4);
    }
  });

  test("a discount of 0 leaves the first step", async () => {
    const [first, discounted] = await Promise.all([
      solve(short, { steps: 1, gridSize: 16 }),
      solve(short, { discount: 0, gridSize: 16 }),
    ]);
    expect(discounted.value).toBeCloseTo(first.value, 8);
  });
});

test.each<Partial<Parameters>>([
  { equations: "chocKale", memoryDiscount: 0.5, sensitivity: 0.5, innovationStddev: 1 },
  { noClickLogit: 1, memoryDiscount: 0.5, sensitivity: 0.5, innovationStddev: 1 },
])(
  "policies and the optimum bring what simulation says, with noise, discount and steps without a click: %o",
  async (parameters) => {
    const world = makeWorld("lts-tradeoff", { timeBudget: 5, ...parameters });
    const options = { discount: 0.5 };
    const solution = await solve(world, { ...options, gridSize: 64 });
    const exact = { ...solution.policies, optimal: solution.value };
    expect(solution.valueError).toBeGreaterThan(solution.refinements.at(-1)!.change!);
    expect(solution.valueError).toBeLessThan(0.01 * solution.value); // else it would forgive whatever is compared
    for (const policy of [policies.random(), policies.mix(1), policies.optimal(solution)]) {
      const run = await simulate(world, policy, { users: 50_000, estimator: "expected", ...options });
      const { mean, standardError } = run.metrics.totalReward;
      const beyond = Math.abs(mean - exact[policy.name as keyof typeof exact]!) - solution.valueError;
      expect(beyond / standardError, policy.name).toBeLessThan(4);
    }
  },
);

test("the same arguments give the same numbers, and say how far they are", async () => {
  const seen: [number, number][] = [];
  const onProgress = (...progress: [number, number]): number => seen.push(progress);
  const [a, b] = [await solve(short, { gridSize: 8 }), await solve(short, { gridSize: 8, onProgress })];
  const { timing: _a, ...once } = a;
  const { timing: _b, ...again } = b;
  expect(again).toEqual(once);
  expect(a.timing.seconds).toBeGreaterThan(0);
  expect(a).toMatchObject({ scenario: "lts-tradeoff", world: short.hash, steps: 6, parameters: short.parameters });
  for (const [done, expected] of seen) expect(done).toBeLessThanOrEqual(expected);
});

test("an aborted one rejects with the signal's reason", async () => {
  const reason = new Error("enough");
  await expect(solve(short, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  const controller = new AbortController();
  const onProgress = (): void => controller.abort(reason);
  await expect(solve(makeWorld("lts-tradeoff"), { signal: controller.signal, onProgress })).rejects.toBe(reason);
});

test("other worlds and wrong options are refused, all at once", async () => {
  const never = makeWorld("lts-tradeoff", { resample: "never" });
  const wrong = { steps: 61, discount: 2, warmUp: -1, gridSize: 3, signal: 1, onProgress: 1, step: 1 };
  expect(await mistakesOf(() => solve(never, wrong as never))).toEqual([
    '"step" is not a solve option (did you mean "steps"?)',
    '"resample" expected "step", so that the exposure is all of the state, got "never"',
    '"steps" expected an integer in [1, 60], got 61',
    '"discount" expected a number in [0, 1], got 2',
    '"warmUp" expected an integer in [0, Infinity], got -1',
    '"gridSize" expected an integer in [4, 512], got 3',
    '"signal" expected an AbortSignal, got 1',
    '"onProgress" expected a function, got 1',
  ]);
  expect(await mistakesOf(() => solve(filmWorld(), { steps: 5 }))).toEqual([
    '"world" expected a world that says how its state moves, as long-term satisfaction does, got "films"',
  ]);
  expect(await mistakesOf(() => solve({} as never))).toEqual([
    expect.stringMatching(/^"world" expected one of `scenarios`/),
  ]);
  expect(await mistakesOf(() => solve(short, 5 as never))).toEqual(['"options" expected an object, got 5']);
});
