// A step into an earlier result makes nothing anew: told by the heap of a process that does nothing else.
import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";

const script = `
  import { longTermSatisfaction, makeBatchEnv } from ${JSON.stringify(new URL("../../dist/index.js", import.meta.url).href)};
  const steps = 6000;
  const batch = await makeBatchEnv(longTermSatisfaction(), { users: 64, seed: 1, user: 2 ** 31, autoreset: process.argv[1] });
  const slates = Int32Array.from({ length: 3 * 64 }, (_, i) => i % 3);
  batch.reset();
  let result = batch.step(slates);
  const growth = (step) => {
    gc();
    const before = process.memoryUsage();
    for (let i = 0; i < steps; i++) step();
    const after = process.memoryUsage();
    return [after.heapUsed - before.heapUsed, after.arrayBuffers - before.arrayBuffers];
  };
  const least = (step, rounds) => {
    let fewest = [Infinity, Infinity];
    // The first rounds make room for better code, which on a busy machine takes its time.
    for (let round = 0; round < rounds && fewest[0] / steps > 8; round++) {
      const bytes = growth(step);
      if (bytes[0] < fewest[0]) fewest = bytes;
    }
    return fewest.map((bytes) => bytes / steps);
  };
  console.log(JSON.stringify([
    least(() => batch.stepInto(slates, result), 60), least(() => (result = batch.step(slates)), 3),
  ]));
`;

test.each(["nextStep", "sameStep"])("a step into an earlier result makes nothing anew, by %s", (mode) => {
  const words = ["--expose-gc", "--max-semi-space-size=64", "--input-type=module", "--eval", script, mode];
  const [into, fresh] = JSON.parse(execFileSync(process.execPath, words).toString()) as [number, number][];
  expect(into![0]).toBeLessThan(8); // bytes a step: what measuring costs
  expect(into![1]).toBe(0);
  expect(fresh![0]).toBeGreaterThan(100);
});
