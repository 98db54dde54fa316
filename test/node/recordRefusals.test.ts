// Every function of slatesim/records refuses nonsense by name, whatever it is.
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { InvalidInput, policies, scenarios, simulate } from "../../src/index.js";
import * as records from "../../src/records/index.js";

const scratch = mkdtempSync(join(tmpdir(), "slatesim-nonsense-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const circle: Record<string, unknown> = { blocks: [], lives: [] };
circle["self"] = circle;
const nonsense: readonly unknown[] = [
  undefined,
  null,
  0,
  -1,
  NaN,
  5n,
  true,
  "",
  "a\0b",
  Symbol("x"),
  {},
  [],
  circle,
  Object.create(null),
  () => {},
  new Map(),
  new Uint8Array(),
  new URL("file:///x"),
  { [Symbol.iterator]: 5 },
];
const world = scenarios["lts"]!;
const policy = policies.first();
const path = join(scratch, "x.parquet");
const lock = await records.makeLock(world, policy, { users: 10, steps: 2, seed: 1 });
records.writeLock(join(scratch, "x.json"), lock);
const opened = await records.readLock(join(scratch, "x.json"));

const simulation = (control: object) => simulate(world, policy, { users: 10, steps: 2, seed: 1, ...control });

/** Calls that are good with `good` in the place of what is tried, a list for each function. */
const calls: Readonly<Record<keyof typeof records, readonly ((given: never) => unknown)[]>> = {
  blockFolder: [(given) => records.blockFolder(given), (given) => records.blockFolder(scratch, { repair: given })],
  sweepFolder: [(given) => records.sweepFolder(given), (given) => records.sweepFolder(scratch, { repair: given })],
  makeLock: [
    (given) => records.makeLock(given, policy, { users: 1, steps: 1, seed: 1 }),
    (given) => records.makeLock(world, given, { users: 1, steps: 1, seed: 1 }),
    (given) => records.makeLock(world, policy, given),
    (given) => records.makeLock(world, policy, { users: 1, steps: 1, seed: 1, estimator: given } as never),
  ],
  writeShard: [
    (given) => records.writeShard(given, { shard: 0, shards: 1 }, simulation),
    (given) => records.writeShard(join(scratch, "z"), given, simulation),
    (given) => records.writeShard(join(scratch, "z"), { shard: 0, shards: given }, simulation),
    (given) => records.writeShard(join(scratch, "z"), { shard: 0, shards: 1 }, () => given),
  ],
  mergeShards: [(given) => records.mergeShards(given, simulation), (given) => records.mergeShards(scratch, given)],
  shardStatus: [(given) => records.shardStatus(given)],
  PrecisionNotReached: [],
  readDocuments: [(given) => records.readDocuments(given)],
  readUserTable: [(given) => records.readUserTable(given)],
  lockPathMistakes: [(given) => told(records.lockPathMistakes(given))],
  readLock: [
    (given) => records.readLock(given),
    (given) => records.readLock(join(scratch, "x.json"), { policy: given }),
    (given) => records.readLock(join(scratch, "x.json"), { other: given } as never),
  ],
  writeLock: [(given) => records.writeLock(given, lock), (given) => records.writeLock(join(scratch, "y"), given)],
  verifyLock: [
    (given) => records.verifyLock(given),
    (given) => records.verifyLock(opened, { other: given } as never),
    (given) => records.verifyLock({ ...opened, lock: given }),
    (given) => records.verifyLock({ ...opened, world: given }),
    (given) => records.verifyLock({ ...opened, policy: given }),
  ],
  verifyMistakes: [(given) => told(records.verifyMistakes({ other: given } as never))],
  writeTrajectories: [
    (given) => records.writeTrajectories(given, world, policy, { users: [1], seed: 1 }),
    (given) => records.writeTrajectories(path, given, policy, { users: [1], seed: 1 }),
    (given) => records.writeTrajectories(path, world, given, { users: [1], seed: 1 }),
    (given) => records.writeTrajectories(path, world, policy, given),
    (given) => records.writeTrajectories(path, world, policy, { users: given, seed: 1 }),
  ],
  sampleUsers: [
    (given) => records.sampleUsers(given),
    (given) => records.sampleUsers({ sample: given, users: 10, seed: 1 }),
  ],
};
/** The values that some of them may take. */
const legal = new Set<unknown>([undefined, true]);

function told(mistakes: readonly string[]): void {
  if (mistakes.length > 0) throw new InvalidInput(mistakes);
}

const before = readdirSync(scratch);

test.each(Object.entries(calls))("%s refuses nonsense", async (_, tried) => {
  for (const [place, call] of tried.entries()) {
    for (const given of nonsense) {
      const outcome = await Promise.resolve(given)
        .then((value) => call(value as never))
        .catch((error: unknown) => error);
      if (place > 0 && legal.has(given) && !(outcome instanceof Error)) continue;
      expect(outcome, `call ${place}, ${typeof given}`).toBeInstanceOf(InvalidInput);
    }
  }
  expect(readdirSync(scratch)).toEqual(before);
});
