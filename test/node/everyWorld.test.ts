// What leaves files behind, with every world: of the list of scenarios, and of the tests' own.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { policies, scenarios, simulate, trace, type World } from "../../src/index.js";
import { blockFolder, makeLock, readLock, verifyLock, writeLock, writeTrajectories } from "../../src/records/index.js";
import { ask } from "../support/duckdb.js";
import { ownWorlds } from "../support/ownWorlds.js";

const worlds: Readonly<Record<string, World>> = { ...(scenarios as Readonly<Record<string, World>>), ...ownWorlds };
const place = mkdtempSync(join(tmpdir(), "slatesim-worlds-"));
afterAll(() => rmSync(place, { recursive: true }));

describe.each(Object.entries(worlds))("the world %s", (name, world) => {
  const steps = Math.min(world.timeBudget, 7);
  const options = { users: 90, seed: "files", steps };

  test("keeps its blocks in a folder, and resumes from them to the same results", async () => {
    const out = join(place, `${name} blocks`);
    const [first, second] = [
      await simulate(world, policies.random(), { ...options, store: blockFolder(out) }),
      await simulate(world, policies.random(), { ...options, store: blockFolder(out) }),
    ];
    expect([first.timing.simulatedUsers, second.timing.simulatedUsers]).toEqual([90, 0]);
    expect({ ...second, timing: first.timing }).toEqual(first);
  });

  test("writes trajectories whose rows are the steps of traces", async () => {
    const path = join(place, `${name}.parquet`);
    const users = [3, 8];
    const { rows } = await writeTrajectories(path, world, policies.random(), { users, seed: "files", steps });
    const traced = users.map((user) => trace(world, policies.random(), { user, seed: "files", steps }).steps);
    const found = await ask(`SELECT user, step, choice, reward, slate FROM '${path}' ORDER BY user, step`);
    expect(rows).toBe(traced.flat().length);
    expect(found).toEqual(
      traced.flatMap((taken, at) =>
        taken.map(({ choice, reward, slate }, step) => {
          return { user: users[at], step, choice: choice < slate.length ? choice : null, reward, slate };
        }),
      ),
    );
  });

  test("can be locked if it comes with the package", async () => {
    const locked = makeLock(world, policies.first(), options);
    if (world.userDefined) {
      await expect(locked).rejects.toThrow(`"world" expected one of the package's own, got "${world.scenario}"`);
    } else {
      const path = join(place, `${name}.lock.json`);
      writeLock(path, await locked);
      expect((await verifyLock(await readLock(path))).equal).toBe(true);
    }
  });
});
