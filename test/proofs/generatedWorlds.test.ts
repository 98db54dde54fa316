// Kernels of generated world files: the bits of their references, and those of plain TypeScript for hundreds of files.
import fc from "fast-check";
import { expect, test } from "vitest";
import { policies } from "../../src/index.js";
import { generatedWorlds } from "../support/generatedWorlds.js";
import { WORLD } from "../support/refusedFiles.js";
import { checked, kernelPolicies, kernelWorld, plainWorld, referenceWorld, told } from "../support/worldReadings.js";

test("a kernel has the bits of its reference: records, vectors, formulas, statements and draws at random", async () => {
  let succeeded = 0;
  await fc.assert(
    fc.asyncProperty(generatedWorlds({ isWild: true }), async (text) => {
      const world = await kernelWorld(text);
      const extent = { users: 130, steps: Math.min(12, world.timeBudget) };
      for (const policy of kernelPolicies(world)) {
        const [kernel, reference] = [
          await told(world, policy, "kernel", extent),
          await told(world, policy, "reference", extent),
        ];
        expect(kernel).toBe(reference);
        if (reference.startsWith("{")) succeeded += 1;
      }
    }),
    { numRuns: 16 },
  );
  expect(succeeded).toBeGreaterThan(32);
});

/** Loops that would not end for users who do not run them: the kernel simulates two users together. */
const ENDLESS = `function countDown(from: f64): f64 {
  let n = from;
  let turns = 0.0;
  while (n != 0) { n -= 1; turns += 1; }
  return turns;
}
function stay(user: User, from: f64): void {
  let n = from;
  for (let i = 0; n != 0; i++) {
    n -= 1;
    if (n == 1) continue;
    if (n == 2 && i > 4) break;
    user.tastes[i] = n;
    for (let k = 0; k < 3; k++) { if (n == 5) return; user.count += k; }
  }
}
export function transition(user: User, document: Document, response: Response, draws: Draws): void {
  const isWhole = draws.uniform() < 0.5;
  const n = isWhole ? floor(8 * draws.uniform()) : 0.5;
  user.interest = isWhole ? countDown(n) : -1;
  user.isNew = isWhole && countDown(n) > 3 || !isWhole && draws.normal() > 0;
  if (user.interest > 1e9) { let m = 0.5; while (m != 0) m -= 1; }
  const before = user.count;
  if (isWhole) stay(user, n);
  else user.count = before - 1;
  if (!isWhole) return;
  while (user.interest != 0) user.interest -= 1;
}
`;

test("users who do not run a loop do not keep the kernel in it", async () => {
  const text = `${WORLD.slice(0, WORLD.indexOf("export function transition")).replace("exp,", "exp, floor,")}${ENDLESS}`;
  const world = await kernelWorld(text);
  for (const policy of [policies.first(), policies.random()]) {
    const reference = await told(world, policy, "reference", { users: 131, steps: 9 });
    expect(reference).toMatch(/^\{/);
    expect(await told(world, policy, "kernel", { users: 131, steps: 9 })).toBe(reference);
  }
});

test("users who begin with a number that is not finite are refused by the kernel, too", async () => {
  const text = WORLD.replace("user.interest = draws.normal()", "user.interest = 1 / 0").replace(
    "user.interest = x * k;",
    "user.interest = x * k; user.interest = 0;",
  );
  const world = await kernelWorld(text);
  const [kernel, reference] = [
    await told(world, policies.first(), "kernel", { users: 3, steps: 2 }),
    await told(world, policies.first(), "reference", { users: 3, steps: 2 }),
  ];
  expect(reference).toContain('"User.interest" expected finite numbers');
  expect(kernel).toBe(reference);
});

test("hundreds of files are read as plain TypeScript reads them", async () => {
  await fc.assert(
    fc.asyncProperty(generatedWorlds({ isWild: false }), async (text) => {
      const program = checked(text);
      const [ours, plain] = [referenceWorld(program), plainWorld(program, text)];
      for (const policy of kernelPolicies(ours))
        expect(await told(ours, policy, "reference", { users: 3, steps: 5 })).toBe(
          await told(plain, policy, "reference", { users: 3, steps: 5 }),
        );
    }),
    { numRuns: 200 },
  );
});
