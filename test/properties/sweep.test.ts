import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  compare,
  makeWorld,
  policies,
  regretOf,
  simulate,
  solve,
  sweep,
  worldGrid,
  type BlockStore,
  type StoredStudy,
  type World,
} from "../../src/index.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { filmWorld } from "../support/ownWorlds.js";

const rivals = [policies.random(), policies.mix(1), policies.mix(0)];
const grid = worldGrid("lts", { sensitivity: [0.02, 0.1], resample: ["step", "never"] }, { timeBudget: 4 });

/** Keeps the blocks of any number of studies in memory. */
function memoryStore(): BlockStore & { readonly chunks: string[]; written?: (chunks: number) => void } {
  const kept = new Map<string, Awaited<ReturnType<StoredStudy["read"]>>>();
  const chunks: string[] = [];
  const open = (identity: object): StoredStudy => ({
    read: (chunk) => kept.get(JSON.stringify([identity, chunk])),
    write: (chunk, blocks) => {
      kept.set(JSON.stringify([identity, chunk]), blocks);
      chunks.push(JSON.stringify([identity, chunk]));
      store.written?.(chunks.length);
    },
    close: () => {},
  });
  const store: ReturnType<typeof memoryStore> = { open, chunks };
  return store;
}

describe("a sweep", () => {
  test.each([1, 2, 3])("says of every cell what simulate says of it, bit for bit: %s workers", async (workers) => {
    const users = 17_000; // two chunks
    const swept = await sweep(grid, rivals, { users, seeds: ["a", 2], firstUser: 5, workers });
    expect(swept.cells.map(({ at, seed }) => ({ at, seed }))).toEqual(
      grid.flatMap(({ at }) => ["a", "2"].map((seed) => ({ at, seed }))),
    );
    expect(swept.timing).toMatchObject({ simulatedUsers: users * swept.cells.length, workers });
    for (const { at, seed, policies: found, world: hash } of swept.cells.filter((_, place) => place % 3 === 0)) {
      const world = makeWorld("lts", { timeBudget: 4, ...at });
      expect(hash).toBe(world.hash);
      const { policies: compared, pairs } = await compare(world, rivals, { users, seed, firstUser: 5 });
      for (const [place, { policy, digest, mean, standardError, ci95, difference }] of found.entries()) {
        const { totalReward } = compared[place]!.metrics;
        expect({ policy, digest }).toEqual({ policy: rivals[place]!.name, digest: compared[place]!.digest });
        expect([mean, standardError, ci95]).toEqual([totalReward.mean, totalReward.standardError, totalReward.ci95]);
        const pair = pairs.find(({ a, b }) => a === "random" && b === policy)?.difference;
        expect(difference && [difference.mean, difference.ci95]).toEqual(pair && [pair.mean, pair.ci95]);
      }
    }
  });

  test("takes worlds of any kind in the calling thread, and one policy", async () => {
    const named = [filmWorld(), { world: filmWorld(), at: { world: "again" } }] as const;
    const swept = await sweep(named, [policies.random()], { users: 70, steps: 3, workers: 2 });
    const run = await simulate(filmWorld(), policies.random(), { users: 70, steps: 3 });
    const [first, again] = swept.cells;
    expect(first).toEqual({ ...again, at: { world: filmWorld().scenario } });
    expect(first!.policies[0]).toMatchObject({ digest: run.digest, mean: run.metrics.totalReward.mean });
    expect(first).not.toHaveProperty("lift");
    expect(swept.timing.workers).toBe(1);
  });

  test("names the best policy, with its lift, and its share of the baseline", async () => {
    const { cells } = await sweep(grid, rivals, { users: 5000 });
    for (const { policies: found, best, difference, lift } of cells) {
      const most = Math.max(...found.map(({ mean }) => mean));
      const winner = found.find(({ policy }) => policy === best)!;
      expect(winner.mean).toBe(most);
      expect({ difference, lift }).toEqual({ difference: winner.difference, lift: winner.lift });
      const [low, high] = difference?.simultaneousCi95 ?? [-1, 1];
      const [lowAlone, highAlone] = difference?.ci95 ?? [0, 0];
      expect(low < lowAlone && highAlone < high).toBe(true);
      expect(lift?.ratio ?? 0).toBeCloseTo(most / found[0]!.mean - 1, 12);
    }
  });

  test("knows the regret where worlds are solved", async () => {
    const world = makeWorld("lts-tradeoff", { timeBudget: 3, numCandidates: 4, slateSize: 1 });
    const solution = await solve(world, {});
    const solved: number[][] = [];
    const options = { users: 500, regret: true, onSolved: (...done: number[]) => void solved.push(done) };
    const { cells } = await sweep([world], rivals, options);
    expect(cells[0]!.optimum).toEqual({ value: solution.value, valueError: solution.valueError });
    for (const { regret, mean, ci95 } of cells[0]!.policies) expect(regret).toEqual(regretOf(solution, { mean, ci95 }));
    expect(solved).toEqual([[1, 1]]);
  });

  test.each([1, 2])(
    "that was interrupted keeps its cells, and goes on from its blocks: %s workers",
    async (workers) => {
      const store = memoryStore();
      const options = { users: 20_000, workers, store };
      const controller = new AbortController();
      let told = 0;
      const onProgress = (done: number, expected: number): void => {
        expect(done).toBeGreaterThanOrEqual(told);
        expect(expected).toBe(4 * 20_000);
        told = done;
      };
      store.written = (chunks) => {
        if (chunks === 7) controller.abort(new Error("enough")); // of 8: at most 4 are under way
      };
      const begun = await sweep(grid, rivals, { ...options, onProgress, signal: controller.signal });
      const whole = await sweep(grid, rivals, options);
      const fresh = await sweep(grid, rivals, { users: 20_000 });
      expect(begun.interrupted).toBe(true);
      expect(begun.cells.length).toBeGreaterThan(0);
      expect(begun.cells.length).toBeLessThan(4);
      expect(begun.cells).toEqual(fresh.cells.slice(0, begun.cells.length));
      expect(whole.cells).toEqual(fresh.cells);
      expect(new Set(store.chunks).size).toBe(store.chunks.length);
      expect(store.chunks).toHaveLength(4 * 2);
    },
  );

  test("refuses, with every error at once, what is none", async () => {
    const lost = { sweeds: [1] } as object;
    const wrong = { ...lost, users: 0, seeds: [1, "1"], regret: 1 } as never;
    expect(await mistakesOf(() => sweep([], [policies.first(), policies.first()], wrong))).toEqual([
      '"sweeds" is not a sweep option (did you mean "seeds"?)',
      '"worlds" expected a list of 1 to 4096 worlds, got 0',
      '"policies[1]" expected a name that no other has, got "first"',
      '"seeds" expected different seeds, got [1,"1"]',
      '"regret" expected true or false, got 1',
    ]);
    const others = [
      { world: filmWorld(), at: { a: 1 } },
      { world: filmWorld(), at: { b: 1 } },
      { world: 5, at: {} },
    ];
    expect(await mistakesOf(() => sweep(others as never, rivals, { users: 1 }))).toEqual([
      expect.stringMatching(/^"worlds\[2\]" expected one of `scenarios`/),
    ]);
    expect(await mistakesOf(() => sweep(others.slice(0, 2) as never, rivals, { users: 0 }))).toEqual([
      '"worlds[1].at" expected values of a, as the first has, got {"b":1}',
    ]);
    expect(await mistakesOf(() => sweep(grid, rivals, { users: 0, precision: {} } as never))).toEqual([
      '"precision" is not a sweep option',
      '"users" expected an integer in [1, 4294967295], got 0',
    ]);
    expect(
      await mistakesOf(() => sweep([filmWorld()] as World[], rivals, { users: 1, steps: 2, regret: true })),
    ).toEqual(
      expect.arrayContaining([expect.stringMatching(/^"world" expected a world that says how its state moves/)]),
    );
  });
});

describe("a grid of worlds", () => {
  test("has every combination once, the first parameter slowest", () => {
    const counts = fc.tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 2, max: 5 }));
    fc.assert(
      fc.property(counts, ([rows, columns]) => {
        const memoryDiscount = { from: 0.5, to: 0.9, count: rows };
        const worlds = worldGrid("lts", { memoryDiscount, sensitivity: { from: 0, to: 0.3, count: columns } });
        const places = worlds.map(({ at }) => [at["memoryDiscount"], at["sensitivity"]] as [number, number]);
        expect(places).toHaveLength(rows * columns);
        expect(places).toEqual(places.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]));
        expect([places[0], places.at(-1)]).toEqual([
          [0.5, 0],
          [0.9, 0.3],
        ]);
        for (const { at, world } of worlds) expect(world.parameters).toMatchObject(at);
      }),
      { numRuns: 10 },
    );
  });

  test("has numbers as somebody would type them", () => {
    const values = worldGrid("lts", { memoryDiscount: { from: 0.7, to: 0.95, count: 6 } }).map(({ at }) => at);
    expect(values.map((at) => at["memoryDiscount"])).toEqual([0.7, 0.75, 0.8, 0.85, 0.9, 0.95]);
  });

  test("is refused with every error at once", async () => {
    const wrong = { sensitivity: [], memoryDiscount: { from: 1, to: 1, count: 1.5, by: 2 }, a: [1, 1], b: 7 } as never;
    expect(await mistakesOf(() => worldGrid("lts", wrong))).toEqual([
      '"vary.sensitivity" expected a list of different numbers or names, got []',
      '"by" is not a field of vary.memoryDiscount',
      '"vary.memoryDiscount.to" expected another number than from, got 1',
      '"vary.memoryDiscount.count" expected an integer in [2, 4096], got 1.5',
      '"vary.a" expected a list of different numbers or names, got [1,1]',
      '"vary.b" expected a list of values, or { from, to, count }, got 7',
    ]);
    const axis = { from: 0, to: 0.5, count: 100 };
    expect(await mistakesOf(() => worldGrid("lts", { sensitivity: axis, memoryDiscount: axis }))).toEqual([
      '"vary" expected at most 4096 worlds, got 10000',
    ]);
    expect(await mistakesOf(() => worldGrid("lts", {}))).toEqual([
      '"vary" expected a parameter and its values, got {}',
    ]);
    const twice = worldGrid.bind(undefined, "lts", { sensitivity: [0.1] }, { sensitivity: 0.2 });
    expect(await mistakesOf(() => twice())).toHaveLength(1);
    expect(await mistakesOf(() => worldGrid("lts", { sensitivty: [1] }))).toEqual([
      expect.stringContaining('(did you mean "sensitivity"?)'),
    ]);
  });
});
