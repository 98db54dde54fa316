import { describe, expect, test } from "vitest";
import {
  longTermSatisfaction,
  makeWorld,
  policies,
  scenarios,
  simulate,
  trace,
  type RunOptions,
} from "../../src/index.js";
import { mistakesOf } from "../support/mistakesOf.js";

describe("bad run options", () => {
  const world = scenarios["lts"]!;

  test("are refused one and all at once", async () => {
    const options = { users: 0, steps: 61, seed: NaN, firstUser: -1, engine: "gpu", user: 3 } as unknown as RunOptions;
    expect(await mistakesOf(() => simulate(world, policies.mix(4), options))).toEqual([
      '"user" is not a run option (did you mean "users"?)',
      '"policy" expected mix(m) with an integer m in [0, 3] (slateSize), got "mix(4)"',
      '"users" expected an integer in [1, 4294967295], got 0',
      '"firstUser" expected an integer in [0, 4294967295], got -1',
      '"steps" expected an integer in [1, 60], got 61',
      '"seed" expected a text that is not empty, or a finite number, got NaN',
      '"engine" expected one of "kernel", "reference", got "gpu"',
    ]);
  });

  test("are refused for mixes of no whole number and for what cannot be told of progress", async () => {
    for (const m of [Infinity, NaN, 1.5, -1]) {
      expect(await mistakesOf(() => simulate(world, policies.mix(m), { users: 1, seed: 1 })), `${m}`).toHaveLength(1);
    }
    const onProgress = 5 as never;
    expect(await mistakesOf(() => simulate(world, policies.first(), { users: 1, seed: 1, onProgress }))).toEqual([
      '"onProgress" expected a function, got 5',
    ]);
  });

  test("are refused at the ends of the user numbers", async () => {
    expect(await mistakesOfRun({ users: 2 ** 32, seed: 1 })).toHaveLength(1);
    expect(await mistakesOfRun({ users: 2, firstUser: 2 ** 32 - 1, seed: 1 })).toHaveLength(1);
    expect(await mistakesOfRun({ users: 1, firstUser: 2 ** 32 - 1, seed: 1 })).toEqual([]);
    expect(await mistakesOfRun({ users: 1, seed: "" })).toHaveLength(1);
    expect(await mistakesOfRun({ users: 1 })).toEqual([]);
  });

  test("of every wrong kind are refused, never met with a TypeError", async () => {
    const wrong: unknown[] = [undefined, null, 3, "random", [], {}];
    for (const value of wrong as never[]) {
      const good = { users: 1, seed: 1, user: 1 };
      expect(await mistakesOf(() => simulate(value, policies.first(), good)), "world").toHaveLength(1);
      expect(await mistakesOf(() => simulate(world, value, { users: 1, seed: 1 })), "policy").toHaveLength(1);
      expect(await mistakesOf(() => trace(world, value, { user: 1, seed: 1 })), "policy").toHaveLength(1);
      expect(await mistakesOf(() => simulate(world, policies.first(), value)), "options").not.toHaveLength(0);
      expect(await mistakesOf(() => trace(world, policies.first(), value)), "options").not.toHaveLength(0);
    }
    for (const value of [null, 3, "lts", []] as never[]) {
      expect(await mistakesOf(() => longTermSatisfaction(value))).toHaveLength(1);
      expect(await mistakesOf(() => makeWorld("lts", value))).toHaveLength(1);
    }
    expect(await mistakesOf(() => trace(world, policies.first(), { user: 1, seed: 1, stepz: 3 } as never))).toEqual([
      '"stepz" is not a trace option (did you mean "steps"?)',
    ]);
  });

  test("of a trace are refused too", async () => {
    const options = { user: 2 ** 32, seed: Infinity, steps: 0 };
    expect(await mistakesOf(() => trace(world, policies.mix(9), options))).toHaveLength(4);
  });

  test("leave the caller's own objects as they were when they are good", async () => {
    const options = Object.freeze({ users: 3, seed: 1 });
    const run = await simulate(world, Object.freeze(policies.random()), options);
    expect(options).toEqual({ users: 3, seed: 1 });
    expect(run.parameters).toBe(world.parameters);
  });
});

function mistakesOfRun(options: RunOptions): Promise<readonly string[]> {
  return mistakesOf(() => simulate(scenarios["lts"]!, policies.first(), { steps: 1, ...options }));
}
