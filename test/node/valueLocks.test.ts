// Locks of worlds and policies that are handed over as values.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { agents, agentPolicy, makeWorld, policies, scenarios, solve, type BatchPolicy } from "../../src/index.js";
import { makeLock, readLock, verifyLock, writeLock } from "../../src/records/index.js";
import { parseLock } from "../../src/records/parseLock.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { ownWorlds } from "../support/ownWorlds.js";

const scratch = mkdtempSync(join(tmpdir(), "slatesim-value-locks-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe("a lock of values", () => {
  const path = join(scratch, "values.lock.json");
  const world = ownWorlds["podcasts"]!;
  const options = { users: 60, steps: 3, seed: "values" };
  const last: BatchPolicy = {
    name: "last",
    fillSlates: (_view, slates) =>
      slates.forEach((_, at) => (slates[at] = world.numCandidates - 1 - (at % world.slateSize))),
  };

  test("needs them again, and says so", async () => {
    writeLock(path, await makeLock(world, last, options));
    expect(parseLock(path)).toMatchObject({ scenario: "podcasts", policy: "last", values: ["world", "policy"] });
    const rest = "or a module of it, by";
    expect(await mistakesOf(() => readLock(path))).toEqual([
      `${path}: "world" expected the value that was locked, by readLock(path, { world }), ${rest} --world, got undefined`,
      `${path}: "policy" expected the value that was locked, by readLock(path, { policy }), ${rest} --policy-module or --agent-module, got undefined`,
    ]);
    const opened = await readLock(path, { world, policy: last });
    expect(opened.lock).toEqual(await makeLock(world, last, options));
    expect(await verifyLock(opened)).toMatchObject({ equal: true, blocks: 1 });
    const films = ownWorlds["counting"]!;
    expect((await mistakesOf(() => readLock(path, { world: films, policy: last })))[0]).toMatch(
      /: "world" expected "[0-9a-f]{16}", the hash of the world "counting", got /,
    );
    expect(await mistakesOf(() => readLock(path, { world, policy: { ...last, name: "first" } }))).toEqual([
      `${path}: "policy" expected "first", the name of the given policy, got "last"`,
    ]);
    expect(await mistakesOf(() => readLock(path, { world: { ...world }, policy: last }))).toEqual([
      expect.stringMatching(/^"world" expected one of `scenarios`, or one made by /),
    ]);
  });

  test("is refused with another name of the world, and with values that it has no place for", async () => {
    const lock = await makeLock(world, last, options);
    writeLock(path, { ...lock, scenario: "broadcasts" });
    expect(await mistakesOf(() => readLock(path, { world, policy: last }))).toEqual([
      `${path}: "scenario" expected "podcasts", the name of the world, got "broadcasts"`,
    ]);
    const builtIn = scenarios["lts-tradeoff"]!;
    writeLock(path, await makeLock(builtIn, policies.first(), options));
    const rule = "expected a module, as one was named for it, got undefined";
    expect(await mistakesOf(() => readLock(path, { world: builtIn, policy: policies.first() }))).toEqual([
      `${path}: "worldModule" ${rule}`,
      `${path}: "policyModule" ${rule}`,
    ]);
  });

  test("says where their episodes differ", async () => {
    writeLock(path, await makeLock(world, last, options));
    const other: BatchPolicy = {
      ...last,
      fillSlates: (_view, slates) => slates.forEach((_, at) => (slates[at] = at % world.slateSize)),
    };
    const { difference } = await verifyLock(await readLock(path, { world, policy: other }));
    expect(difference).toMatchObject({ block: 0, fromLock: { user: 0, step: 0 } });
    expect(difference!.fromLock!.values[0]).not.toBe(difference!.fromLock!.values[1]);
  });

  test("holds a policy of agents, a table of users and the optimal policy", async () => {
    const builtIn = scenarios["lts-tradeoff"]!;
    const random = agentPolicy("random", agents.random());
    const lock = await makeLock(builtIn, random, options);
    expect(lock).toMatchObject({ policy: "random", values: ["policy"] });
    writeLock(path, lock);
    expect((await verifyLock(await readLock(path, { policy: random }))).equal).toBe(true);

    const table = makeWorld("lts-tradeoff", {
      users: [
        { sensitivity: 0.1, timeBudget: 3 },
        { sensitivity: 0.2, timeBudget: 2 },
      ],
    });
    writeLock(path, await makeLock(table, policies.random(), options));
    expect(parseLock(path)).toMatchObject({
      values: ["world"],
      parameters: { users: { rows: 2, columns: expect.arrayContaining(["timeBudget"]) as unknown } },
    });
    expect((await verifyLock(await readLock(path, { world: table }))).equal).toBe(true);

    const short = makeWorld("lts-tradeoff", { timeBudget: 2 });
    const optimal = policies.optimal(await solve(short, { gridSize: 8 }));
    writeLock(path, await makeLock(short, optimal, { users: 60 }));
    expect(await mistakesOf(() => readLock(path))).toHaveLength(1);
    expect((await verifyLock(await readLock(path, { policy: optimal }))).equal).toBe(true);
    expect(await mistakesOf(() => readLock(path, { policy: policies.first() }))).toEqual([
      `${path}: "policy" expected "first", the name of the given policy, got "optimal"`,
    ]);
  });
});

test("a lock that makeLock did not make is written only with addresses of modules", async () => {
  const lock = await makeLock(scenarios["lts"]!, policies.first(), { users: 5, steps: 1 });
  const changed = { ...lock, worldModule: "worlds.js", agentModule: pathToFileURL(scratch).href };
  expect(await mistakesOf(() => writeLock(join(scratch, "x.json"), changed))).toEqual([
    '"lock.worldModule" expected an address such as file:///…#name, got "worlds.js"',
  ]);
});
