// The functions that slatesim writes for a world file do what TypeScript says that the file does.
import fc from "fast-check";
import { expect, test } from "vitest";
import { generatedWorlds } from "../support/generatedWorlds.js";
import { checked, kernelPolicies, plainWorld, referenceWorld, told } from "../support/worldReadings.js";

const extent = { users: 3, steps: 5 };

test("a world file is read as plain TypeScript reads it, where no whole number overflows", async () => {
  await fc.assert(
    fc.asyncProperty(generatedWorlds({ isWild: false }), async (text) => {
      const program = checked(text);
      const [ours, plain] = [referenceWorld(program), plainWorld(program, text)];
      for (const policy of kernelPolicies(ours))
        expect(await told(ours, policy, "reference", extent)).toBe(await told(plain, policy, "reference", extent));
    }),
    { numRuns: 40 },
  );
});
