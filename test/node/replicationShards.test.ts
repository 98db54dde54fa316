// Trainings that are divided, replication by replication, and merged to the learning curve of one process.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { makeWorld, policies, simulate } from "../../src/index.js";
import { mergeShards, shardStatus, writeShard, type ShardControl } from "../../src/records/index.js";
import { replicate, type ReplicateOptions } from "../../src/train/index.js";
import { contentsOf } from "../support/contentsOf.js";
import { mistakesOf } from "../support/mistakesOf.js";

const scratch = mkdtempSync(join(tmpdir(), "slatesim-replication-shards-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

let folders = 0;
const fresh = (): string => join(scratch, `shards-${++folders}`);

const world = makeWorld("lts-tradeoff", { timeBudget: 2 });
const few = { replications: 4, numIterations: 2, maxTrainingSteps: 40, maxEvalEpisodes: 3, seed: "curves" };
const learn = (more: ReplicateOptions): Promise<object> => replicate(world, "value-learner", { ...few, ...more });
const run = (more: Partial<ShardControl>): Promise<object> => simulate(world, policies.first(), { users: 9, ...more });

function lasting(result: object): object {
  const { timing: _timing, ...rest } = result as { readonly timing?: unknown };
  return rest;
}

/** Writes two shards. */
async function written(work: (control: ShardControl) => Promise<object>): Promise<string> {
  const folder = fresh();
  for (let shard = 0; shard < 2; shard++) await writeShard(folder, { shard, shards: 2 }, work);
  return folder;
}

describe("shards of replications", () => {
  test.each([
    [1, [0]],
    [2, [1, 0]],
    [6, [5, 0, 2, 4, 1, 3]],
  ])("give the curve of one process: %d", async (shards, order) => {
    const folder = fresh();
    const held: (number | undefined)[] = [];
    for (const shard of order) held.push((await writeShard(folder, { shard, shards }, learn)).replications);
    expect(held.reduce((sum, count) => sum! + count!, 0)).toBe(few.replications);
    expect(shardStatus(folder)).toMatchObject({ replications: few.replications, complete: true });
    expect(lasting(await mergeShards(folder, learn))).toEqual(lasting(await learn({})));
  });

  test("are kept when they are whole, and leave nothing when they are interrupted", async () => {
    const folder = await written(learn);
    const never = (more: ReplicateOptions): Promise<object> =>
      learn({ ...more, signal: AbortSignal.abort(new Error("trained")) });
    const path = join(folder, "shard-00001-of-00002");
    expect(await writeShard(folder, { shard: 1, shards: 2 }, learn)).toMatchObject({ path, wasThere: true });
    rmSync(path);
    const before = contentsOf(folder);
    await expect(writeShard(folder, { shard: 1, shards: 2 }, never)).rejects.toThrow("trained");
    expect(contentsOf(folder)).toEqual(before);
  });

  test("are refused where they are of other settings, or of no training", async () => {
    const folder = await written(learn);
    const other = (more: ReplicateOptions): Promise<object> => learn({ ...more, seed: 7, maxEvalEpisodes: 4 });
    for (const call of [() => writeShard(folder, { shard: 0, shards: 2 }, other), () => mergeShards(folder, other)])
      expect(await mistakesOf(call)).toEqual([
        expect.stringMatching(/: seed" expected "7", as asked for, got "curves"$/),
        expect.stringMatching(/: maxEvalEpisodes" expected 4, as asked for, got 3$/),
      ]);
    expect(await mistakesOf(() => mergeShards(folder, run))).toHaveLength(1);
    expect(await mistakesOf(() => mergeShards(folder, async () => ({})))).toEqual([
      expect.stringMatching(/^"simulation" expected 1 call of replicate, as in /),
    ]);
    const users = await written(run);
    expect(await mistakesOf(() => mergeShards(users, learn))).not.toEqual([]);
    expect(await mistakesOf(() => writeShard(users, { shard: 0, shards: 2 }, learn))).not.toEqual([]);
  });
});
