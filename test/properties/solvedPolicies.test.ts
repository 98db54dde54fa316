// Policies of a sweep that go by the solution of each world.
import { describe, expect, test } from "vitest";
import { policies, simulate, sweep, worldGrid, type RunPolicy, type Solution } from "../../src/index.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { filmWorld } from "../support/ownWorlds.js";

describe("a solved policy", () => {
  const worlds = worldGrid(
    "lts-tradeoff",
    { sensitivity: [0.1, 0.2] },
    { timeBudget: 3, slateSize: 1, numCandidates: 4 },
  );
  const optimal = { name: "optimal", of: policies.optimal };

  test("is made of the solution of each world; no regret is reported without being asked for", async () => {
    const told: number[] = [];
    const onSolved = (done: number): void => void told.push(done);
    const made: RunPolicy[] = [];
    const of = (solution: Solution): RunPolicy => {
      made.push(policies.optimal(solution));
      return made.at(-1)!;
    };
    const { cells } = await sweep(worlds, [{ name: "optimal", of }, policies.first()], {
      users: 100,
      steps: 2,
      onSolved,
    });
    expect(told).toEqual([1, 2]);
    for (const [place, { policies: found, best, optimum }] of cells.entries()) {
      const alone = await simulate(worlds[place]!.world, made[place]!, { users: 100, steps: 2 });
      expect(found[0]).toMatchObject({ policy: "optimal", digest: alone.digest });
      expect([best, optimum, found[0]!.regret]).toEqual(["optimal", undefined, undefined]);
    }
  });

  test("is refused where it is none, and where a world has no solution", async () => {
    const wrong = [{ name: "a", of: 1 }, optimal] as never;
    expect(await mistakesOf(() => sweep(worlds, wrong, { users: 1 }))).toEqual([
      '"policies[0].of" expected a function of a solution, got 1',
    ]);
    expect(await mistakesOf(() => sweep(worlds, [{ ...optimal, name: "" }], { users: 1 }))).toEqual([
      '"policy.name" expected a text that is not empty, got ""',
    ]);
    expect(await mistakesOf(() => sweep(worlds, [{ ...optimal, name: "best" }], { users: 1, steps: 2 }))).toEqual([
      '"policy.name" expected "best", as the sweep calls it, got "optimal"',
    ]);
    expect(await mistakesOf(() => sweep([filmWorld()], [optimal], { users: 1, steps: 2 }))).toEqual([
      expect.stringMatching(/^"world" expected a world that says how its state moves/),
    ]);
  });
});
