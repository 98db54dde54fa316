import { describe, expect, test } from "vitest";
import { policies, scenarios, simulate, type BlockStore, type StoredStudy } from "../../src/index.js";

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
});
