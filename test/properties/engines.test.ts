import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  makeWorld,
  mergeRuns,
  policies,
  scenarios,
  simulate,
  type LongTermSatisfactionWorld,
  type LtsTypes,
  type Run,
  type RunPolicy,
  type World,
} from "../../src/index.js";
import { ENGINES, openEngine, type EngineDemand } from "../../src/engines/openEngine.js";
import type { BlockSums } from "../../src/statistics/blockSums.js";
import { ESTIMATORS } from "../../src/statistics/estimator.js";
import { digestText } from "../../src/statistics/userDigest.js";
import { seedText } from "../../src/random/seedKey.js";
import { simulateBlock } from "../../src/world/blockEngine.js";
import { curious, policiesFor, seeds, users, worlds, worldsWithPolicies } from "../support/arbitraries.js";

/** All that a run says, but for how long it took and with which engine. */
function substance({ timing: _timing, engine: _engine, ...rest }: Run): object {
  return rest;
}

/** "controlled" simulates 4,096 pilot users first: see controlled.test.ts. */
const estimators = fc.constantFrom(...ESTIMATORS.filter((estimator) => estimator !== "controlled"));

/** What the block of those users adds up to, by the kernel and by the reference. */
async function sumsOfBoth(
  world: LongTermSatisfactionWorld,
  policy: RunPolicy<LtsTypes>,
  demand: Partial<EngineDemand> & Pick<EngineDemand, "seed" | "steps">,
  { firstUser, count }: { firstUser: number; count: number },
): Promise<object[]> {
  const whole: EngineDemand = { estimator: "sampled", discount: 1, warmUp: 0, metrics: [], ...demand };
  const sums = ENGINES.map(async (name) => {
    const engine = await openEngine(world as World, policy as RunPolicy, name, whole);
    return plain(simulateBlock(engine, { firstUser: Math.min(firstUser, 2 ** 32 - count), users: count }));
  });
  return Promise.all(sums);
}

describe("the kernel and its TypeScript twin", () => {
  const block = fc.record({ firstUser: users, count: fc.integer({ min: 1, max: 70 }) });

  test("leave the same totals, bit for bit, for any legal world, policy, seed and number of users", async () => {
    await fc.assert(
      fc.asyncProperty(worldsWithPolicies, seeds, block, estimators, async (given, seed, extent, estimator) => {
        const { world, policy } = given;
        const steps = 1 + (extent.count % world.parameters.timeBudget);
        const [kernel, twin] = await sumsOfBoth(world, policy, { seed: seedText(seed), steps, estimator }, extent);
        expect(kernel).toEqual(twin);
      }),
      { numRuns: 150 },
    );
  });

  test("leave the same totals under a batch policy, however rewards are weighted", async () => {
    const weights = fc.record({
      estimator: estimators,
      discount: fc.constantFrom(1, 0.9, 0.5, 0),
      first: fc.nat(),
    });
    await fc.assert(
      fc.asyncProperty(worlds, seeds, block, weights, async (world, seed, extent, { first, ...weighted }) => {
        const steps = 1 + (extent.count % world.parameters.timeBudget);
        const demand = { seed: seedText(seed), steps, ...weighted, warmUp: first % steps };
        const [kernel, twin] = await sumsOfBoth(world, curious, demand, extent);
        expect(kernel).toEqual(twin);
      }),
      { numRuns: 100 },
    );
  });

  for (const [name, world] of Object.entries(scenarios)) {
    test(`give equal runs of ${name} under every policy`, async () => {
      for (const policy of [...policiesFor(world.parameters.slateSize), curious]) {
        const options = { users: 131, seed: "twin", firstUser: 7 };
        const kernel = await simulate(world, policy, options);
        const twin = await simulate(world, policy, { ...options, engine: "reference" });
        expect(substance(twin)).toEqual(substance(kernel));
      }
    });
  }
});

/** Typed arrays as plain ones, so that two blocks compare by their numbers; -0 and 0 stay apart. */
function plain(sums: BlockSums): object {
  return Object.fromEntries(Object.entries(sums).map(([name, value]) => [name, asList(value)]));
}

function asList(value: unknown): unknown {
  return ArrayBuffer.isView(value) ? [...(value as Float64Array)] : value;
}

describe("a run", () => {
  const world = scenarios["lts-tradeoff"]!;
  const [policy] = policiesFor(3).slice(1);

  test("cut at block borders and merged is the same run to the last bit", async () => {
    const total = 3 * 4096 + 100;
    const whole = await simulate(world, policy!, { users: total, seed: 5 });
    for (const cut of [4096, 8192]) {
      const left = await simulate(world, policy!, { users: cut, seed: 5 });
      const right = await simulate(world, policy!, { users: total - cut, firstUser: cut, seed: 5 });
      expect(substance(mergeRuns(left, right))).toEqual(substance(whole));
    }
  });

  test("tells at the end that all users are done", async () => {
    const told: number[] = [];
    await simulate(world, policy!, { users: 9000, seed: 5, onProgress: (done) => told.push(done) });
    expect(told.at(-1)).toBe(9000);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
  });

  test("lets the event loop turn, however heavy a block is", async () => {
    const heavy = makeWorld("lts", { timeBudget: 600, numCandidates: 600, slateSize: 20 });
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    await simulate(heavy, policies.mostEducational(), { users: 512, seed: 5 });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(2);
  });

  test("has the digest of its parts however it is cut", async () => {
    const count = 200;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: count - 1 }), users, async (cut, from) => {
        const firstUser = Math.min(from, 2 ** 32 - count);
        const whole = await simulate(world, policy!, { users: count, firstUser, seed: 5, steps: 4 });
        const left = await simulate(world, policy!, { users: cut, firstUser, seed: 5, steps: 4 });
        const right = await simulate(world, policy!, {
          users: count - cut,
          firstUser: firstUser + cut,
          seed: 5,
          steps: 4,
        });
        const sum = BigInt.asUintN(64, BigInt(`0x${left.digest}`) + BigInt(`0x${right.digest}`));
        expect(BigInt(`0x${whole.digest}`)).toBe(sum);
      }),
      { numRuns: 25 },
    );
  });

  test("has the digest of its users simulated one by one, in any order and by one engine", async () => {
    const count = 20;
    const steps = 4;
    const whole = await simulate(world, policy!, { users: count, firstUser: 100, seed: 5, steps });
    const demand: EngineDemand = { seed: "5", steps, estimator: "sampled", discount: 1, warmUp: 0, metrics: [] };
    const kernel = await openEngine(world as World, policy!, "kernel", demand);
    const order = fc.shuffledSubarray(
      Array.from({ length: count }, (_, index) => 100 + index),
      { minLength: count },
    );
    fc.assert(
      fc.property(order, (shuffled) => {
        const digests = shuffled.map((user) => simulateBlock(kernel, { firstUser: user, users: 1 }).digest);
        expect(
          digestText(
            BigInt.asUintN(
              64,
              digests.reduce((sum, digest) => sum + digest),
            ),
          ),
        ).toBe(whole.digest);
      }),
    );
  });

  test("begun with the number 7 is the run begun with the text 7", async () => {
    const byNumber = await simulate(world, policy!, { users: 10, seed: 7 });
    const byText = await simulate(world, policy!, { users: 10, seed: "7" });
    expect(substance(byNumber)).toEqual(substance(byText));
  });

  test("under another seed is another run", async () => {
    const one = await simulate(world, policy!, { users: 10, seed: 1 });
    const other = await simulate(world, policy!, { users: 10, seed: 2 });
    expect(one.digest).not.toBe(other.digest);
  });

  test("cannot be merged with a run that it does not meet, or that differs", async () => {
    const run = await simulate(world, policy!, { users: 10, seed: 1, steps: 2 });
    const gap = await simulate(world, policy!, { users: 10, seed: 1, steps: 2, firstUser: 11 });
    expect(() => mergeRuns(run, gap)).toThrow('"firstUser" expected 10, the user after the first run, got 11');
    const other = await simulate(world, policy!, { users: 10, seed: 2, steps: 2, firstUser: 10 });
    expect(() => mergeRuns(run, other)).toThrow('"seed" expected "1" in both runs, got "2"');
    expect(() => mergeRuns(run, { ...gap })).toThrow("not from a copy");
  });
});
