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
      for (const policy of kernelPolicies(world)) {
        const [kernel, reference] = [
          await told(world, policy, "kernel", { users: 130, steps: 12 }),
          await told(world, policy, "reference", { users: 130, steps: 12 }),
        ];
        expect(kernel).toBe(reference);
        if (reference.startsWith("{")) succeeded += 1;
      }
    }),
    { numRuns: 16 },
  );
  expect(succeeded).toBeGreaterThan(20);
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
