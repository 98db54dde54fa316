// How a study with a store comes to its end: by an error of the store, or interrupted.
import { describe, expect, test } from "vitest";
import { longTermSatisfaction, policies, simulate } from "../../src/index.js";
import type { UserRange } from "../../src/statistics/blocks.js";
import type { StudyBlock } from "../../src/studies/studyBlock.js";

const world = longTermSatisfaction();
const options = { users: 50_000, steps: 1, seed: 1 };

/** Four chunks; remembers what it was asked, and does `onWrite` at every write. */
class Store {
  readonly kept = new Map<number, readonly StudyBlock[]>();
  readonly closed: number[] = [];
  private readonly onWrite: (firstUser: number) => unknown;

  constructor(onWrite: (firstUser: number) => unknown) {
    this.onWrite = onWrite;
  }

  open(): this {
    return this;
  }

  read({ firstUser }: UserRange): readonly StudyBlock[] | undefined {
    return this.kept.get(firstUser);
  }

  async write({ firstUser }: UserRange, blocks: readonly StudyBlock[]): Promise<void> {
    await new Promise((go) => setTimeout(go, 1));
    await this.onWrite(firstUser);
    this.kept.set(firstUser, blocks);
  }

  close(nextUser: number): void {
    this.closed.push(nextUser);
  }
}

describe.each([1, 2])("with %i workers", (workers) => {
  test("a write that rejects ends the run with its reason", async () => {
    const store = new Store((firstUser) => (firstUser === 16_384 ? Promise.reject(new Error("disk full")) : undefined));
    await expect(simulate(world, policies.first(), { ...options, workers, store })).rejects.toThrow("disk full");
    expect(store.closed).toEqual([]);
    expect(store.kept.has(0)).toBe(true);
    expect(store.kept.has(16_384)).toBe(false);
  });

  test("a run that ends closes its store once, behind its last user", async () => {
    const store = new Store(() => undefined);
    await simulate(world, policies.first(), { ...options, workers, store });
    expect(store.closed).toEqual([50_000]);
  });

  test("an interrupted run leaves its store open, with all that it finished", async () => {
    const controller = new AbortController();
    const enough = (is: boolean): unknown => is && controller.abort(new Error("enough"));
    // The calling thread tells of its progress now and then; it writes one chunk after another, which workers do not.
    const store = new Store((firstUser) => enough(workers === 1 && firstUser === 16_384));
    const onProgress = (done: number): unknown => enough(done > 16_384 && done < 50_000);
    const all = { ...options, workers, store, onProgress, signal: controller.signal };
    const run = await simulate(world, policies.first(), all);
    expect(run.interrupted).toBe(true);
    expect(run.users).toBeGreaterThanOrEqual(16_384);
    expect(store.closed).toEqual([]);
    const rest = await simulate(world, policies.first(), { ...options, store });
    expect(rest.digest).toBe((await simulate(world, policies.first(), options)).digest);
  });

  test("an error after the interruption is heard", async () => {
    const controller = new AbortController();
    const onProgress = (done: number): void => {
      if (done < 16_384 || controller.signal.aborted) return; // once
      controller.abort(new Error("enough"));
      throw new Error("mine");
    };
    const all = { ...options, workers, signal: controller.signal, onProgress };
    await expect(simulate(world, policies.first(), all)).rejects.toThrow("mine");
  });
});
