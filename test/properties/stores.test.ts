import { describe, expect, test } from "vitest";
import {
  compare,
  longTermSatisfaction,
  policies,
  scenarios,
  simulate,
  type BlockStore,
  type StoredStudy,
} from "../../src/index.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { filmWorld } from "../support/ownWorlds.js";

type Blocks = NonNullable<Awaited<ReturnType<StoredStudy["read"]>>>;

/** Keeps blocks in memory, and takes its time to read them. */
function slowStore(onRead: (firstUser: number) => void): BlockStore {
  const kept = new Map<number, Blocks>();
  const study: StoredStudy = {
    read: ({ firstUser }) => {
      onRead(firstUser);
      for (const begun = performance.now(); performance.now() - begun < 30;);
      return kept.get(firstUser);
    },
    write: ({ firstUser }, blocks) => void kept.set(firstUser, blocks),
    close: () => {},
  };
  return { open: () => study };
}

describe("a run whose blocks are kept", () => {
  test.each([1, 2])("is interrupted while they are read, and tells how far it is: %s workers", async (workers) => {
    const controller = new AbortController();
    const { signal } = controller;
    let again = false;
    const store = slowStore((firstUser) => {
      if (again && firstUser === 81_920) setTimeout(() => controller.abort(new Error("enough")));
    });
    const options = { users: 400_000, steps: 1, seed: 1, workers, store };
    await simulate(scenarios["lts"]!, policies.first(), options);
    again = true;
    const told: number[] = [];
    const onProgress = (usersDone: number): void => void told.push(usersDone);
    const run = await simulate(scenarios["lts"]!, policies.first(), { ...options, signal, onProgress });
    expect(run.interrupted).toBe(true);
    expect(run.users).toBeLessThan(200_000);
    expect(told.length).toBeGreaterThan(1);
  });

  test.each([1, 2])("counts only what it simulates itself in its speed: %s workers", async (workers) => {
    const store = slowStore(() => {});
    const options = { users: 40_000, steps: 2, seed: 1, store };
    const begun = await simulate(scenarios["lts"]!, policies.first(), { ...options, users: 16_384, workers });
    expect(begun.timing.simulatedUsers).toBe(16_384);
    const { timing } = await simulate(scenarios["lts"]!, policies.first(), { ...options, workers });
    expect(timing.simulatedUsers).toBe(40_000 - 16_384);
    expect(timing.userStepsPerSecond * timing.seconds).toBeCloseTo(2 * timing.simulatedUsers, 6);
    const again = await simulate(scenarios["lts"]!, policies.first(), { ...options, workers });
    expect(again.timing).toMatchObject({ simulatedUsers: 0, userStepsPerSecond: 0 });
    const rivals = [policies.first(), policies.random()];
    const compared = await compare(scenarios["lts"]!, rivals, { ...options, store: slowStore(() => {}), workers });
    expect(compared.timing.userStepsPerSecond * compared.timing.seconds).toBeCloseTo(2 * 2 * 40_000, 6);
  });

  test("counts the steps of custom worlds one by one", async () => {
    const store = slowStore(() => {});
    const run = async (users: number) => simulate(filmWorld(), policies.random(), { users, steps: 2, store });
    await run(16_384);
    const { timing, metrics } = await run(17_000);
    const { simulatedUsers, userStepsPerSecond, seconds } = timing;
    expect(simulatedUsers).toBe(17_000 - 16_384);
    expect(userStepsPerSecond * seconds).toBeGreaterThanOrEqual(simulatedUsers - 1e-6);
    expect(userStepsPerSecond * seconds).toBeLessThanOrEqual(2 * simulatedUsers + 1e-6);
    expect(metrics.episodeLength.mean).toBeGreaterThan(0);
  });
});

test("blocks that a store reads are refused unless they are of the users that were asked for", async () => {
  const kept: Blocks[] = [];
  const storeOf = (read: () => Blocks | undefined): BlockStore => ({
    open: () => ({ read, write: (_chunk, blocks) => void kept.push(blocks), close: () => {} }),
  });
  const world = longTermSatisfaction({ timeBudget: 2 });
  const run = (users: number, store: BlockStore) => simulate(world, policies.first(), { users, store });
  const whole = await run(
    5000,
    storeOf(() => undefined),
  );
  expect(
    (
      await run(
        5000,
        storeOf(() => kept[0]),
      )
    ).metrics,
  ).toEqual(whole.metrics);
  for (const [users, read] of [
    [5001, kept[0]!],
    [5000, kept[0]!.slice(1)],
    [5000, [...kept[0]!, kept[0]![1]!]],
  ] as const) {
    const [mistake] = await mistakesOf(() =>
      run(
        users,
        storeOf(() => read),
      ),
    );
    expect(mistake).toMatch(new RegExp(`^"result of read" expected blocks of ${users} users, or undefined, got `));
  }
});
