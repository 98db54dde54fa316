// Runs in one process whose blocks a folder keeps.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import {
  compare,
  longTermSatisfaction,
  policies,
  simulate,
  type BatchPolicy,
  type BlockStore,
} from "../../src/index.js";
import type { StudyBlock } from "../../src/studies/studyBlock.js";
import { blockFolder } from "../../src/records/index.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { filmWorld } from "../support/ownWorlds.js";

const scratch = mkdtempSync(join(tmpdir(), "slatesim-stored-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe("simulate with a folder", () => {
  test.each(["sampled", "expected", "controlled"] as const)(
    "goes on from its blocks to the same result: %s",
    async (estimator) => {
      const world = longTermSatisfaction({ noClickLogit: 0 });
      const options = { users: 20_000, steps: 4, seed: 8, estimator };
      const { timing: _a, ...expected } = await simulate(world, policies.random(), options);
      const out = join(scratch, estimator);
      for (let time = 0; time < 2; time++) {
        const { timing: _b, ...result } = await simulate(world, policies.random(), {
          ...options,
          store: blockFolder(out),
        });
        expect(result).toEqual(expected);
      }
    },
  );

  test("simulates no block again that the folder keeps", async () => {
    let steps = 0;
    const firstTwo: BatchPolicy = {
      name: "first two",
      fillSlates(_view, slates) {
        steps += 1;
        slates.forEach((_, slot) => (slates[slot] = slot % 2));
      },
    };
    const world = longTermSatisfaction({ slateSize: 2 });
    const live = () =>
      simulate(world, firstTwo, { users: 20_000, steps: 4, seed: 8, store: blockFolder(join(scratch, "counted")) });
    await live();
    const lived = steps;
    expect(lived).toBeGreaterThan(0);
    const { timing } = await live();
    expect(steps).toBe(lived);
    expect(timing.userStepsPerSecond).toBe(0);
  });

  test("counts into its speed what it simulates, and not what it reads", async () => {
    const out = join(scratch, "speed");
    const options = { seed: 8, steps: 4 };
    const world = longTermSatisfaction();
    await simulate(world, policies.first(), { ...options, users: 4 * 4096, store: blockFolder(out) });
    const { timing } = await simulate(world, policies.first(), {
      ...options,
      users: 6 * 4096,
      store: blockFolder(out),
    });
    expect(timing.userStepsPerSecond * timing.seconds).toBeCloseTo(2 * 4096 * 4, 3);
    const { timing: whole } = await simulate(world, policies.first(), { ...options, users: 300 });
    expect(whole.userStepsPerSecond * whole.seconds).toBeCloseTo(300 * 4, 6);
  });

  test("refuses another study while one runs, and spoils nothing", async () => {
    const out = join(scratch, "shared");
    const store = blockFolder(out);
    const world = longTermSatisfaction();
    const options = { users: 60_000, steps: 4, seed: 1 };
    const { timing: _a, ...expected } = await simulate(world, policies.random(), options);
    const refusals: Promise<readonly string[]>[] = [];
    const refused = (): void =>
      void refusals.push(mistakesOf(() => simulate(world, policies.first(), { ...options, seed: 2, store })));
    const { timing: _b, ...result } = await simulate(world, policies.random(), {
      ...options,
      store,
      onProgress: refused,
    });
    expect(result).toEqual(expected);
    expect(refusals.length).toBeGreaterThan(0);
    for (const told of await Promise.all(refusals)) expect(told).toContainEqual(expect.stringMatching(/study: seed"/));
    const again = await simulate(world, policies.random(), { ...options, store: blockFolder(out) });
    expect(again.digest).toBe(result.digest);
  });

  test("serves several studies from one store", async () => {
    const kept = new Map<string, readonly StudyBlock[]>();
    const store: BlockStore = {
      open: (identity) => ({
        read: ({ firstUser }) => kept.get(`${identity.seed} ${firstUser}`),
        write: ({ firstUser }, blocks) => void kept.set(`${identity.seed} ${firstUser}`, blocks),
        close: () => {},
      }),
    };
    const world = longTermSatisfaction();
    const live = (seed: number, more = {}) =>
      simulate(world, policies.random(), { users: 20_000, steps: 2, seed, ...more });
    for (let time = 0; time < 2; time++) {
      const both = await Promise.all([1, 2].map((seed) => live(seed, { store })));
      expect(both.map(({ digest }) => digest)).toEqual([(await live(1)).digest, (await live(2)).digest]);
    }
    expect(kept.size).toBe(4);
  });

  test.each<[string, unknown, RegExp]>([
    ["no object", 5, /^"store" expected an object, got 5$/],
    ["an empty one", {}, /^"store.open" expected a function, got undefined$/],
    ["one that opens nothing", { open: () => {} }, /^"result of store.open" expected an object, got undefined$/],
    [
      "one that opens what is no study",
      { open: () => ({ read: 1, write() {}, close() {} }) },
      /open\.read" expected a fun/,
    ],
  ])("refuses as a store %s", async (_, store, message) => {
    const options = { users: 10, steps: 1, seed: 1, store: store as never };
    expect(await mistakesOf(() => simulate(longTermSatisfaction(), policies.first(), options))).toEqual([
      expect.stringMatching(message),
    ]);
  });

  test("keeps custom worlds' blocks too", async () => {
    const options = { users: 5000, steps: 2, seed: 8 };
    const rivals = [policies.random(), policies.first()];
    const { timing: _a, ...expected } = await compare(filmWorld(), rivals, options);
    const out = join(scratch, "own");
    for (let time = 0; time < 2; time++) {
      const { timing: _b, ...result } = await compare(filmWorld(), rivals, { ...options, store: blockFolder(out) });
      expect(result).toEqual(expected);
    }
  });
});

test("a folder names what it has, and this run has not", async () => {
  const world = longTermSatisfaction();
  const out = join(scratch, "discounted");
  const options = { users: 5, steps: 4 };
  await simulate(world, policies.first(), { ...options, discount: 0.9, warmUp: 2, store: blockFolder(out) });
  const study = join(out, "study");
  expect(await mistakesOf(() => simulate(world, policies.first(), { ...options, store: blockFolder(out) }))).toEqual([
    `"${study}: discount" expected nothing, as asked for, got 0.9`,
    `"${study}: warmUp" expected nothing, as asked for, got 2`,
  ]);
});
