// Users who differ in threads: a table or a distribution arrives as it was sent, and the bits are those of one thread.
import { expect, test } from "vitest";
import { compare, makeWorld, policies, type Comparison, type World } from "../../src/index.js";
import { messageOf, studyOf } from "../../src/workers/message.js";
import type { Study } from "../../src/studies/study.js";
import { differing } from "../support/differingWorlds.js";

const worlds = Object.entries(differing).map(([name, given]) => [name, makeWorld("lts", { ...given })] as const);

test.each(worlds)("a world with %s is the same in another thread", async (_, world) => {
  const variants = [{ world: world as World, policy: policies.first(), engine: "kernel" as const }];
  const message = messageOf({ variants, metrics: [] } as unknown as Study)!;
  const { variants: received } = await studyOf(structuredClone(message));
  expect(received[0]!.world).not.toBe(world);
  expect(received[0]!.world.hash).toBe(world.hash);
  expect(JSON.stringify(received[0]!.world.parameters)).toBe(JSON.stringify(world.parameters));
});

test("one, two and three threads have the same bits, with more users than rows", async () => {
  const sensitivity = Float64Array.from({ length: 30_000 }, (_, row) => ((row * 37) % 101) / 500);
  const memoryDiscount = { distribution: "uniform", min: 0.5, max: 0.9 } as const;
  const world = makeWorld("lts", { users: { columns: { sensitivity } }, memoryDiscount });
  const rivals = [policies.first(), policies.mix(1)];
  const results: Comparison[] = [];
  for (const workers of [1, 2, 3])
    results.push(await compare(world, rivals, { users: 40_000, steps: 1, seed: "tables", workers }));
  expect(results.map(({ timing }) => timing.workers)).toEqual([1, 2, 3]);
  const [alone, ...shared] = results.map(untimed);
  for (const each of shared) expect(each).toEqual(alone);
});

function untimed({ timing: _timing, ...rest }: Comparison): Omit<Comparison, "timing"> {
  return rest;
}
