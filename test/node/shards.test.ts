// Work that is done in parts, by any number of processes in any order, and put together to what one process says.
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { compare, metrics, policies, scenarios, simulate, sweep, worldGrid, type RunOptions } from "../../src/index.js";
import {
  mergeShards,
  PrecisionNotReached,
  shardStatus,
  writeShard,
  type ShardOptions,
  type ShardSimulation,
} from "../../src/records/index.js";
import { contentsOf } from "../support/contentsOf.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { filmWorld } from "../support/ownWorlds.js";

const scratch = mkdtempSync(join(tmpdir(), "slatesim-shards-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

let folders = 0;
const fresh = (): string => join(scratch, `shards-${++folders}`);

const world = scenarios["lts"]!;
const rivals = [policies.random(), policies.mix(2), policies.first()];
const grid = worldGrid("lts", { sensitivity: [0.02, 0.1] }, { timeBudget: 2 });
const films = filmWorld("never");
const small = { users: 35_000, steps: 2, seed: "shards", firstUser: 5 };
const own = { ...small, users: 17_000, metrics: { rate: metrics.clickThroughRate() } };

/** What is simulated, each with options beside its own. */
const works: Readonly<Record<string, (more: Partial<RunOptions>) => Promise<object>>> = {
  run: (more) => simulate(world, policies.random(), { ...small, ...more }),
  expected: (more) => simulate(world, policies.mix(1), { ...own, estimator: "expected", discount: 0.9, ...more }),
  controlled: (more) => simulate(world, policies.mix(1), { ...small, estimator: "controlled", warmUp: 1, ...more }),
  custom: (more) => simulate(films, policies.first(), { ...own, ...more } as RunOptions),
  comparison: (more) => compare(world, rivals, { ...small, baseline: "first", ...more }),
  "sweep of seeds": (more) => sweep(grid, rivals, { users: 20_000, steps: 2, seeds: ["a", 2], ...more }),
};

const wholes = new Map<string, Promise<object>>();
async function resultOf(work: (more: Partial<RunOptions>) => Promise<object>, more: Partial<RunOptions> = {}) {
  return withoutTiming(await work(more));
}

function withoutTiming(result: object): object {
  const { timing: _timing, ...lasting } = result as { readonly timing?: unknown };
  return JSON.parse(JSON.stringify(lasting)) as object;
}

const run = works["run"]!;

/** Writes all shards. */
async function written(shards: number, work: ShardSimulation<unknown> = run, more: Partial<ShardOptions> = {}) {
  const folder = fresh();
  for (let shard = 0; shard < shards; shard++) await writeShard(folder, { shard, shards, ...more }, work);
  return folder;
}

describe("shards", () => {
  test.each(Object.entries(works))("give what one process gives, in any number and order: %s", async (name, work) => {
    const whole = wholes.get(name) ?? resultOf(work);
    wholes.set(name, whole);
    const splits = fc.integer({ min: 1, max: 9 }).chain((shards) => {
      const numbers = Array.from({ length: shards }, (_, shard) => shard);
      return fc.shuffledSubarray(numbers, { minLength: shards });
    });
    const property = fc.asyncProperty(splits, async (order) => {
      const folder = fresh();
      const users: number[] = [];
      for (const shard of order) users.push((await writeShard(folder, { shard, shards: order.length }, work)).users);
      expect(readdirSync(folder)).toHaveLength(order.length);
      expect(shardStatus(folder)).toMatchObject({ shards: order.length, complete: true, foreign: [] });
      expect(withoutTiming(await mergeShards(folder, work))).toEqual(await whole);
    });
    await fc.assert(property, { numRuns: 2 });
  });

  test("have the same bytes at any number of workers", async () => {
    const [one, two] = [await written(2), await written(2, (control) => run({ ...control, workers: 2 }))];
    expect(contentsOf(two)).toEqual(contentsOf(one));
  });

  test("are kept when they are whole, and simulated again when they are damaged", async () => {
    const folder = await written(2);
    const before = contentsOf(folder);
    const [name] = readdirSync(folder);
    const path = join(folder, name!);
    const never: typeof run = (more) => run({ ...more, signal: AbortSignal.abort(new Error("simulated")) });
    const kept = await writeShard(folder, { shard: 0, shards: 2 }, never);
    expect(kept).toEqual({ path, users: 16_384, wasThere: true });
    const bytes = readFileSync(path);
    const harm = fc.oneof(
      fc.integer({ min: 0, max: bytes.length - 1 }).map((length) => () => truncateSync(path, length)),
      fc.integer({ min: 100, max: bytes.length - 1 }).map((at) => () => {
        writeFileSync(path, bytes.with(at, bytes[at]! ^ 1));
      }),
    );
    const property = fc.asyncProperty(harm, async (damage) => {
      damage();
      expect(shardStatus(folder).rounds).toEqual([{ present: [1], damaged: [0], missing: [] }]);
      expect(await mistakesOf(() => mergeShards(folder, run))).toHaveLength(1);
      expect((await writeShard(folder, { shard: 0, shards: 2 }, run)).wasThere).toBe(false);
      expect(contentsOf(folder)).toEqual(before);
    });
    await fc.assert(property, { numRuns: 4 });
  });

  test("leave nothing when they are interrupted", async () => {
    const folder = await written(3);
    rmSync(join(folder, "shard-00001-of-00003"));
    const before = contentsOf(folder);
    const controller = new AbortController();
    const onProgress = (): void => controller.abort(new Error("enough"));
    const interrupted: typeof run = (more) => run({ ...more, onProgress, signal: controller.signal });
    const stopped = writeShard(fresh(), { shard: 0, shards: 1 }, interrupted);
    await expect(stopped).rejects.toThrow("enough");
    expect(readdirSync(join(scratch, `shards-${folders}`))).toEqual([]);
    await expect(writeShard(folder, { shard: 1, shards: 3 }, interrupted)).rejects.toThrow("enough");
    expect(contentsOf(folder)).toEqual(before);
    expect(shardStatus(folder)).toMatchObject({ rounds: [{ present: [0, 2], missing: [1] }], complete: false });
  });

  test("are not merged when some are missing, or of other work: each by name", async () => {
    const folder = await written(4);
    rmSync(join(folder, "shard-00001-of-00004"));
    rmSync(join(folder, "shard-00003-of-00004"));
    const other = await written(3, (control) => run({ ...control, seed: 7 }));
    cpSync(join(other, "shard-00001-of-00003"), join(folder, "shard-00001-of-00003"));
    expect(await mistakesOf(() => mergeShards(folder, run))).toEqual([
      expect.stringContaining('shard-00001-of-00003: shards" expected 4, as in shard-00000-of-00004, got 3'),
      expect.stringContaining('shard-00001-of-00003: seed" expected "shards", as in shard-00000-of-00004, got "7"'),
      expect.stringContaining('expected all 4 shards, got "none of number 1, 3"'),
    ]);
  });

  const others: Readonly<Record<string, [RegExp, (more: Partial<RunOptions>) => Promise<object>]>> = {
    seed: [/: seed" expected "7"/, (more) => run({ ...more, seed: 7 })],
    steps: [/: steps" expected 1/, (more) => run({ ...more, steps: 1 })],
    "more users": [/users/, (more) => run({ ...more, users: 36_000 })],
    "fewer users": [/users/, (more) => run({ ...more, users: 17_000 })],
    "first user": [/: firstUser" expected 6/, (more) => run({ ...more, firstUser: 6 })],
    estimator: [/: estimator" expected "expected"/, (more) => run({ ...more, estimator: "expected" })],
    metrics: [/: metrics" expected/, (more) => run({ ...more, metrics: own.metrics } as RunOptions)],
    world: [
      /: variants\[0\]" expected/,
      (more) => simulate(scenarios["lts-tradeoff"]!, rivals[0]!, { ...small, ...more }),
    ],
    policy: [/: variants\[0\]" expected/, (more) => simulate(world, policies.first(), { ...small, ...more })],
    policies: [/number of variants" expected 3/, (more) => compare(world, rivals, { ...small, ...more })],
  };

  test.each(Object.entries(others))("of another %s are refused, and nothing is changed", async (_, [rule, work]) => {
    const folder = await written(2);
    const before = contentsOf(folder);
    for (const call of [() => writeShard(folder, { shard: 0, shards: 2 }, work), () => mergeShards(folder, work)])
      expect((await mistakesOf(call)).join("\n")).toMatch(rule);
    expect(contentsOf(folder)).toEqual(before);
  });

  test("are refused in a folder of somebody else's files, or under another's name", async () => {
    const folder = await written(2);
    renameSync(join(folder, "shard-00001-of-00002"), join(folder, "shard-00000-of-00003"));
    const moved = await mistakesOf(() => mergeShards(folder, run));
    expect(moved[0]).toMatch(/shard-00000-of-00003" expected the name shard-00001-of-00002/);
    for (const name of ["notes.txt", "shard-00000-of-00002", "shard-00001-of-00002"]) {
      const other = fresh();
      mkdirSync(other);
      writeFileSync(join(other, name), "mine");
      expect(await mistakesOf(() => writeShard(other, { shard: 0, shards: 2 }, run))).toHaveLength(1);
      expect(await mistakesOf(() => mergeShards(other, run))).not.toEqual([]);
      expect(contentsOf(other)).toEqual({ [`/${name}`]: Buffer.from("mine").toString() });
    }
  });

  test("need a simulation that takes what it is given", async () => {
    const folder = fresh();
    const ends = await mistakesOf(() => writeShard(folder, { shard: 0, shards: 2 }, () => run({})));
    expect(ends).toEqual([
      expect.stringMatching(/^"simulation" expected a call of simulate, compare, sweep or replicate/),
    ]);
    const whole = await written(1);
    expect(await mistakesOf(() => mergeShards(whole, () => run({})))).toEqual([
      expect.stringMatching(/^"simulation" expected 1 studies/),
    ]);
  });
});

const precise = (estimator: "sampled" | "controlled", relative: number) => (more: Partial<RunOptions>) =>
  simulate(world, rivals[0]!, { steps: 2, seed: 3, estimator, precision: { relative }, maxUsers: 200_000, ...more });

describe("rounds of shards", () => {
  test.each(["sampled", "controlled"] as const)("end at the user at whom one process ends: %s", async (estimator) => {
    const probe = (await precise(estimator, 0.5)({ maxUsers: 70_000, precision: { halfWidth: 1e-9 } })) as {
      metrics: { totalReward: { mean: number } };
      precision: { intervals: readonly { halfWidth: number }[] };
    };
    const reached = probe.precision.intervals[0]!.halfWidth / probe.metrics.totalReward.mean; // after 70,000 users
    const work = precise(estimator, reached);
    const whole = await resultOf(work);
    const folder = fresh();
    let merged: object | undefined;
    for (let round = 1; merged === undefined; round++) {
      for (const shard of [1, 0]) {
        if (round > 1 && shard === 0)
          expect(await mistakesOf(() => mergeShards(folder, work))).toEqual([
            expect.stringMatching(`all 2 shards of round ${round}, got "none of number 0"`),
          ]);
        await writeShard(folder, { shard, shards: 2, round, roundUsers: 40_000 }, work);
      }
      const outcome: unknown = await mergeShards(folder, work).catch((error: unknown) => error);
      if (!(outcome instanceof PrecisionNotReached)) merged = outcome as object;
      else {
        expect(outcome).toMatchObject({ nextRound: round + 1, shards: 2 });
        expect(outcome.usersNeeded / 70_000).toBeCloseTo(1, 0);
      }
      expect(round).toBeLessThan(4);
    }
    expect(withoutTiming(merged)).toEqual(whole);
    expect(readdirSync(folder)).toHaveLength(4);
  });

  test("end at the most users", async () => {
    const work = precise("sampled", 1e-6);
    const folder = await written(3, (more) => work({ ...more }));
    expect(withoutTiming(await mergeShards(folder, work))).toEqual(await resultOf(work));
  });

  test("are for a precision only", async () => {
    const options = { shard: 0, shards: 2, round: 1, roundUsers: 5 };
    expect(await mistakesOf(() => writeShard(fresh(), options, run))).toEqual([
      '"round" expected nothing without a precision, got 1',
      '"roundUsers" expected nothing without a precision, got 5',
    ]);
  });
});
