// What leaves files behind, with every world: of the list of scenarios, and of the tests' own.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import {
  agentPolicy,
  agents,
  interestEvolution,
  interestExploration,
  makeWorld,
  policies,
  scenarios,
  simulate,
  trace,
  type BatchPolicy,
  type World,
} from "../../src/index.js";
import { blockFolder, makeLock, readLock, verifyLock, writeLock, writeTrajectories } from "../../src/records/index.js";
import { differing } from "../support/differingWorlds.js";
import { ask } from "../support/duckdb.js";
import { ownWorlds } from "../support/ownWorlds.js";

const worlds: Readonly<Record<string, World>> = {
  ...(scenarios as Readonly<Record<string, World>>),
  "episodes that differ": makeWorld("lts-tradeoff", differing["episodes"]!) as World,
  "a table": makeWorld("lts-tradeoff", differing["a table"]!) as World,
  "interest evolution": interestEvolution(),
  "interest exploration": interestExploration(),
  ...ownWorlds,
};
const place = mkdtempSync(join(tmpdir(), "slatesim-worlds-"));
afterAll(() => rmSync(place, { recursive: true }));

const lastFirst: BatchPolicy = {
  name: "last first",
  fillSlates({ user }, slates) {
    const slateSize = slates.length / user.length;
    for (let at = 0; at < slates.length; at++) slates[at] = slateSize - 1 - (at % slateSize);
  },
};

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
    const found = await ask(
      `SELECT user, step, choice, reward, slate, slatePropensity FROM '${path}' ORDER BY user, step`,
    );
    expect(rows).toBe(traced.flat().length);
    expect(found).toEqual(
      traced.flatMap((taken, at) =>
        taken.map(({ choice, reward, slate, slatePropensity }, step) => {
          return {
            user: users[at],
            step,
            choice: choice < slate.length ? choice : null,
            reward,
            slate,
            slatePropensity,
          };
        }),
      ),
    );
  });

  test.each([policies.first(), policies.random(), agentPolicy("random agents", agents.random()), lastFirst])(
    "can be locked under $name, and verified",
    async (policy) => {
      const path = join(place, `${name}.lock.json`);
      const lock = await makeLock(world, policy, options);
      writeLock(path, lock);
      const [ofWorld, ofPolicy] = (["world", "policy"] as const).map((part) => lock.values?.includes(part) ?? false);
      expect([ofWorld, ofPolicy]).toEqual([world.userDefined || name === "a table", !("rule" in policy)]);
      const opened = await readLock(path, { ...(ofWorld && { world }), ...(ofPolicy && { policy }) });
      expect(await verifyLock(opened)).toMatchObject({ equal: true, users: options.users });
      const moved = { ...opened, lock: { ...opened.lock, seed: "another" } };
      expect(await verifyLock(moved)).toMatchObject({ equal: false, difference: { block: 0, fromLock: { user: 0 } } });
    },
  );
});
