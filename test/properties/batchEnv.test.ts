import fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import {
  choiceModels,
  defineWorld,
  longTermSatisfaction,
  makeBatchEnv,
  makeEnv,
  scenarios,
  spaces,
  type AutoresetMode,
  type LtsBatchObservation,
  type Observation,
  type World,
} from "../../src/index.js";
import { seeds, worlds } from "../support/arbitraries.js";
import { follow, scripts } from "../support/batchScripts.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { countingWorld, filmWorld, ownWorlds } from "../support/ownWorlds.js";

const world = scenarios["lts-tradeoff"]!;
const slatesOf = (users: number): Int32Array => Int32Array.from({ length: 3 * users }, (_, i) => i % 3);

describe("a batch", () => {
  test("is so many single environments under Gymnasium's autoreset, in any world and whatever is done to it", async () => {
    await fc.assert(
      fc.asyncProperty(worlds, seeds, scripts, (any, seed, script) => follow(any, seed, script)),
      { numRuns: 150 },
    );
  });

  test.each(Object.entries(ownWorlds))("is the same of own worlds: %s", async (_, own) => {
    await fc.assert(
      fc.asyncProperty(seeds, scripts, (seed, script) => follow(own, seed, script)),
      { numRuns: 40 },
    );
  });

  test("of more lanes than a tile leads its last lane like its first", async () => {
    const users = 200;
    const batch = await makeBatchEnv(world, { users, seed: 3, user: 9 });
    batch.reset();
    const last = await makeEnv(world, { seed: 3, user: 9 + users - 1 });
    last.reset();
    for (let step = 0; step < 60; step++) {
      const { reward, observation, terminated } = batch.step(slatesOf(users));
      const alone = last.step([0, 1, 2]);
      expect(reward[users - 1]).toBe(alone.reward);
      expect(observation.satisfaction[users - 1]).toBe(alone.observation.user[0]);
      expect(terminated[users - 1]).toBe(Number(alone.terminated));
    }
  });

  test("begins anew with a new seed, at its first user", async () => {
    const batch = await makeBatchEnv(world, { users: 3, seed: "a", user: 5 });
    const first = batch.reset();
    const shown = [...first.observation.satisfaction];
    const visited = [first, batch.reset(), batch.reset({ seed: "b" }), batch.reset({ seed: "a" })];
    expect(visited.map(({ info }) => [info.seed, ...info.user])).toEqual([
      ["a", 5, 6, 7],
      ["a", 8, 9, 10],
      ["b", 5, 6, 7],
      ["a", 5, 6, 7],
    ]);
    expect([...first.observation.satisfaction]).toEqual(shown); // the same window on the same lives again
    expect(first.observation).toBe(visited[3]!.observation);
  });

  test("goes round at the last user", async () => {
    const batch = await makeBatchEnv(world, { users: 2, user: 2 ** 32 - 2 });
    expect([...batch.reset().info.user]).toEqual([2 ** 32 - 2, 2 ** 32 - 1]);
    expect([...batch.reset().info.user]).toEqual([0, 1]);
  });

  test("has a memory of its own: what another does moves none of its windows", async () => {
    const batch = await makeBatchEnv(world, { users: 4, seed: 1 });
    const { observation } = batch.reset();
    const before = [...observation.educativeness[9]!];
    const large = await makeBatchEnv(longTermSatisfaction({ numCandidates: 900 }), { users: 5000, seed: 2 });
    large.reset();
    expect([...observation.educativeness[9]!]).toEqual(before);
    batch.step(slatesOf(4));
    expect(observation.educativeness[9]).toHaveLength(4);
    expect([...observation.educativeness[9]!]).not.toEqual(before);
  });
});

test("the type of a batch's observations follows from its world's, as far as that says", async () => {
  const lts = await makeBatchEnv(world, { users: 1 });
  expectTypeOf(lts.reset().observation).toEqualTypeOf<LtsBatchObservation>();
  const own = await makeBatchEnv(countingWorld(), { users: 1 });
  expectTypeOf(own.reset().observation).toEqualTypeOf<readonly Observation<number, number, number>[]>();
  for (const any of [world, countingWorld()] as World[]) {
    const { observation } = (await makeBatchEnv(any, { users: 1 })).reset();
    expectTypeOf(observation).toEqualTypeOf<unknown>();
    expect("length" in (observation as object)).toBe(any !== world);
  }
});

describe("a batch refuses", () => {
  test("bad options, all at once", async () => {
    const options = { users: 0, autoreset: "nextstep", maxSteps: 0, reward: () => 1, lanes: 3 } as never;
    expect(await mistakesOf(() => makeBatchEnv(world, options))).toEqual([
      '"lanes" is not an environment option',
      '"maxSteps" expected an integer in [1, 4294967295], got 0',
      '"users" expected an integer in [1, 6468324], got 0',
      '"autoreset" expected one of "nextStep", "sameStep", "disabled", got "nextstep" (did you mean "nextStep"?)',
      '"reward" expected nothing here: a batch returns the reward of its world, and its observation holds the responses, got a function',
    ]);
    expect(await mistakesOf(() => makeBatchEnv(world, { users: 2, user: 2 ** 32 - 1 }))).toEqual([
      '"user" expected an integer in [0, 4294967294], got 4294967295',
    ]);
    expect(await mistakesOf(() => makeBatchEnv(countingWorld(), { users: 1e6 }))).toEqual([
      '"users" expected an integer in [1, 838860], got 1000000',
    ]);
    for (const wrong of [undefined, null, 3, "lts", [], {}] as never[]) {
      expect(await mistakesOf(() => makeBatchEnv(wrong, { users: 1 }))).toHaveLength(1);
      expect(await mistakesOf(() => makeBatchEnv(world, wrong))).not.toHaveLength(0);
    }
  });

  test("what are no slates, naming lane and slot, and steps before the first reset", async () => {
    const batch = await makeBatchEnv(world, { users: 12 });
    const mistakes = (slates: unknown): Promise<readonly string[]> =>
      mistakesOf(() => batch.step(slates as Int32Array));
    expect(await mistakes(slatesOf(12))).toEqual(['"step" expected an open episode, got none: call reset first']);
    batch.reset();
    const twice = slatesOf(12).fill(1, 10, 12);
    expect(await mistakes(twice)).toEqual([
      '"slates[environment 3][slot 2]" expected a position that is not on the slate yet, got 1',
    ]);
    const wide = await makeBatchEnv(longTermSatisfaction({ numCandidates: 40 }), { users: 12 });
    wide.reset();
    expect(await mistakesOf(() => wide.step(twice))).toEqual(await mistakes(twice));
    const none = await mistakes(new Int32Array(36).fill(-1));
    expect(none).toHaveLength(4);
    expect(none[1]).toBe('"slates[environment 1][slot 0]" expected an integer in [0, 9], got -1');
    expect(none[3]).toBe("and 9 more");
    for (const slates of [null, [0, 1, 2], new Int32Array(35), new Float64Array(35), [[0, 1, 2]], "0".repeat(36)]) {
      expect((await mistakes(slates))[0]).toMatch(
        /^"slates" expected a list of 12 × 3 positions \(users × slateSize\)/,
      );
    }
    for (const position of [0.5, 2 ** 32, "1", null, 1n, undefined]) {
      const slates = [...slatesOf(12)].with(4, position as number);
      expect((await mistakes(slates))[0]).toMatch(/^"slates\[environment 1\]\[slot 1\]" expected an integer, got /);
    }
    const result = batch.step(slatesOf(12));
    for (const wrong of [null, {}, { ...result, reward: new Float64Array(11) }, { ...result, info: {} }] as never[]) {
      expect(await mistakesOf(() => batch.stepInto(slatesOf(12), wrong))).toHaveLength(1);
    }
  });

  test("resets of lanes that it cannot make out", async () => {
    const batch = await makeBatchEnv(world, { users: 2 });
    const mask = Uint8Array.of(0, 1);
    expect(await mistakesOf(() => batch.reset({ resetMask: mask }))).toHaveLength(1);
    batch.reset();
    for (const lanes of [
      Uint8Array.of(1),
      Uint8Array.of(0, 0),
      Uint8Array.of(2, 1),
      [0, 2],
      [0, "1"],
      null,
    ] as never[]) {
      expect((await mistakesOf(() => batch.reset({ resetMask: lanes })))[0]).toMatch(
        /^"resetMask" expected a list of 2 times/,
      );
    }
    expect(await mistakesOf(() => batch.reset({ resetMask: mask, seed: 1, user: 2 }))).toHaveLength(2);
    expect(await mistakesOf(() => batch.reset({ user: 2 ** 32 - 1 }))).toHaveLength(1);
    expect(await mistakesOf(() => batch.reset(null as never))).toHaveLength(1);
  });

  test("steps of lanes that have ended, where nobody resets them", async () => {
    const batch = await makeBatchEnv(world, { users: 2, maxSteps: 1, autoreset: "disabled" });
    batch.reset();
    expect([...batch.step(slatesOf(2)).truncated]).toEqual([1, 1]);
    batch.reset({ resetMask: Uint8Array.of(0, 1) });
    expect(await mistakesOf(() => batch.step(slatesOf(2)))).toEqual([
      '"step" expected environments whose episodes go on: reset those that have ended, got [0]',
    ]);
  });
});

describe("own worlds in a batch", () => {
  test.each<AutoresetMode>(["nextStep", "sameStep"])(
    "end lane by lane, and each goes on alone, by %s",
    async (mode) => {
      const batch = await makeBatchEnv(filmWorld(), { users: 30, seed: 4, autoreset: mode });
      batch.reset();
      const slates = Int32Array.from({ length: 60 }, (_, i) => i % 2);
      const ends = Array.from({ length: 12 }, () => [...batch.step(slates).terminated].join(""));
      expect(new Set(ends).size).toBeGreaterThan(3);
    },
  );

  test("may end a life before its first step: the next step goes on to another user", async () => {
    const own = someStillborn();
    const env = await makeEnv(own);
    const dead = Array.from({ length: 20 }, (_, user) => env.reset({ user }) && stateOf(env).ended);
    const batch = await makeBatchEnv(own, { users: 10 });
    batch.reset();
    const { terminated, info } = batch.step(new Int32Array(10));
    expect([...info.user]).toEqual(dead.slice(0, 10).map((gone, lane) => (gone ? lane + 10 : lane)));
    expect([...info.step]).toEqual(dead.slice(0, 10).map((gone) => (gone ? 0 : 1)));
    expect([...terminated]).toEqual(dead.slice(0, 10).map(() => 0));
    expect(new Set(dead.slice(0, 10)).size).toBe(2);
  });

  test("hand out lists that later steps leave alone", async () => {
    const batch = await makeBatchEnv(countingWorld(), { users: 2 });
    const { observation } = batch.reset();
    const before = structuredClone(observation);
    batch.step(slatesOf(2));
    expect(observation).toEqual(before);
  });
});

function stateOf(env: { snapshot(): unknown }): { ended: boolean } {
  return env.snapshot() as { ended: boolean };
}

/** Every other user's life is over as it begins. */
function someStillborn() {
  return defineWorld({
    name: "stillborn",
    slateSize: 1,
    numCandidates: 1,
    documents: { space: new spaces.Discrete(1), sample: () => 0 },
    users: {
      space: new spaces.Discrete(1),
      sample: (draws) => ({ alive: draws.integer(2) === 1 }),
      observe: () => 0,
      scoreDocument: () => 0,
      transition: (state) => state,
      isTerminal: ({ alive }) => !alive,
    },
    choice: choiceModels.multinomialLogit({ noClickLogit: 0 }),
    responses: { space: new spaces.Discrete(1), respond: () => 0 },
    reward: () => 1,
  });
}
