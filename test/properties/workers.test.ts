import fc from "fast-check";
import { describe, expect, inject, test } from "vitest";
import {
  compare,
  importPolicy,
  longTermSatisfaction,
  policies,
  simulate,
  type Comparison,
  type Run,
} from "../../src/index.js";
import type { UserRange } from "../../src/statistics/blocks.js";
import type { BlockStore, StoredStudy } from "../../src/studies/blockStore.js";
import type { StudyBlock } from "../../src/studies/studyBlock.js";
import { policiesFor, seeds, worlds } from "../support/arbitraries.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { filmWorld } from "../support/ownWorlds.js";

const seed = inject("fastCheckSeed");
/** Where every worker takes its time to start. */
const inBrowser = "document" in globalThis;
const modulePolicies = new URL("../support/modulePolicies.mjs", import.meta.url);

function untimed<R extends Run | Comparison>({ timing: _timing, ...rest }: R): Omit<R, "timing"> {
  return rest;
}

/** Keeps blocks in memory, and takes its time: portions overtake one another. */
class SlowStore implements BlockStore, StoredStudy {
  /** First users of the portions, as they were finished. */
  readonly order: number[] = [];
  private readonly kept = new Map<number, readonly StudyBlock[]>();
  private readonly waits: number[];

  constructor(waits: readonly number[]) {
    this.waits = [...waits];
  }

  async read({ firstUser }: UserRange): Promise<readonly StudyBlock[] | undefined> {
    await this.wait();
    return this.kept.get(firstUser);
  }

  async write({ firstUser }: UserRange, blocks: readonly StudyBlock[]): Promise<void> {
    await this.wait();
    this.order.push(firstUser);
    this.kept.set(firstUser, blocks);
  }

  open(): this {
    return this;
  }

  close(): void {}

  private async wait(): Promise<void> {
    const milliseconds = this.waits.shift()!;
    this.waits.push(milliseconds);
    await new Promise((go) => setTimeout(go, milliseconds));
  }
}

describe("workers", () => {
  test("change nothing but the time, in any world under any policies", async () => {
    const cases = worlds.chain((world) =>
      fc.record({
        world: fc.constant(world),
        rivals: fc.array(fc.constantFrom(...policiesFor(world.slateSize)), { minLength: 2, maxLength: 3 }),
        users: fc.integer({ min: 16_385, max: 90_000 }),
        firstUser: fc.constantFrom(0, 1000, 2 ** 31),
        seed: seeds,
        workers: fc.constantFrom(2, 3, 7),
      }),
    );
    const property = fc.asyncProperty(cases, async ({ world, rivals, workers, ...extent }) => {
      const steps = 120_000 / extent.users > 2 && world.numCandidates < 100 ? Math.min(2, world.timeBudget) : 1;
      const options = { ...extent, steps };
      const alone = await compare(world, rivals, options);
      const shared = await compare(world, rivals, { ...options, workers });
      expect(untimed(shared)).toEqual(untimed(alone));
      expect(shared.timing.workers).toBe(Math.min(workers, Math.ceil(extent.users / 16_384)));
      expect(alone.timing.workers).toBe(1);
    });
    await fc.assert(property, { seed, numRuns: 2 });
  });

  test("change nothing by the order in which they finish, nor does going on from what they finished", async () => {
    const world = longTermSatisfaction();
    const rivals = [policies.random(), policies.mix(2)];
    const options = { users: 120_000, steps: 1, seed: "orders" };
    const alone = untimed(await compare(world, rivals, options));
    const overtaken: boolean[] = [];
    const waits = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 5, maxLength: 20 });
    const property = fc.asyncProperty(waits, fc.constantFrom(2, 3, 7), async (milliseconds, workers) => {
      const store = new SlowStore(milliseconds);
      for (let run = 0; run < 2; run++)
        expect(untimed(await compare(world, rivals, { ...options, workers, store }))).toEqual(alone);
      expect(store.order.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((place) => place * 16_384));
      overtaken.push(store.order.some((user, place) => user < (store.order[place - 1] ?? 0)));
    });
    await fc.assert(property, { seed, numRuns: inBrowser ? 1 : 2 });
    expect(overtaken).toContain(true);
  });

  test("live a module's policies, which stay in the calling thread when handed over as values", async () => {
    const world = longTermSatisfaction();
    const options = { users: 17_000, steps: 2, seed: 3 };
    for (const name of ["leastFirst", "default"]) {
      const policy = await importPolicy(modulePolicies, name);
      const alone = await simulate(world, policy, options);
      const shared = await simulate(world, policy, { ...options, workers: 2 });
      expect(untimed(shared)).toEqual(untimed(alone));
      expect(shared.timing.workers).toBe(2);
      const asValue = await simulate(world, { ...policy }, { ...options, workers: 2 });
      expect(untimed(asValue)).toEqual(untimed(alone));
      expect(asValue.timing.workers).toBe(1);
    }
  });

  test("leave own worlds in the calling thread", async () => {
    const run = await simulate(filmWorld(), policies.random(), { users: 20_000, steps: 1, seed: 1, workers: 2 });
    expect(run.timing.workers).toBe(1);
  });

  test("end a run with the error that the calling thread would end it with", async () => {
    const policy = await importPolicy(modulePolicies, "throwing");
    const options = { users: 60_000, steps: 3, seed: 3 };
    const message = /^policy "throwing" failed at step 1 for users \d+ to \d+: no more ideas$/;
    await expect(simulate(longTermSatisfaction(), policy, { ...options, workers: 3 })).rejects.toThrow(message);
    await expect(simulate(longTermSatisfaction(), policy, options)).rejects.toThrow(message);
  });

  // Those of Node die in test/proofs/deadWorkers.test.ts.
  test.runIf(inBrowser)("of a page end the run with the cause when they end in silence", async () => {
    const policy = await importPolicy(modulePolicies, "closing");
    const run = simulate(longTermSatisfaction(), policy, { users: 60_000, steps: 2, seed: 3, workers: 2 });
    await expect(run).rejects.toThrow(
      /^policy "closing" failed for users \d+ to \d+: the worker died 3 times, last of this: a worker ended$/,
    );
  });

  test("auto starts none for a short run", async () => {
    const run = await simulate(longTermSatisfaction(), policies.first(), { users: 100, seed: 1, workers: "auto" });
    expect(run.timing.workers).toBe(1);
  });

  test.each([0, -1, 1.5, 257, NaN, "two", null])("refuse %s as their number", async (workers) => {
    const run = () =>
      simulate(longTermSatisfaction(), policies.first(), { users: 1, seed: 1, workers: workers as number });
    expect(await mistakesOf(run)).toEqual([
      expect.stringMatching(/^"workers" expected "auto" or an integer in \[1, 256\], got /),
    ]);
  });
});

describe("importPolicy", () => {
  test.each([
    ["a module that is not there", "./nowhere.mjs", "default", /^"policy module" expected a module that can be loaded/],
    [
      "an export that is not there",
      modulePolicies.href,
      "nobody",
      /expected "nobody" to be a batch policy .*, got undefined/,
    ],
    ["an export that is no policy", modulePolicies.href, "noPolicy", /expected "noPolicy" to be a batch policy/],
  ])("refuses %s", async (_, url, name, message) => {
    expect(await mistakesOf(() => importPolicy(new URL(url, import.meta.url), name))).toEqual([
      expect.stringMatching(message),
    ]);
  });
});
