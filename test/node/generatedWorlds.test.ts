// The functions that slatesim writes for a world file do what TypeScript says that the file does.
import fc from "fast-check";
import { expect, test } from "vitest";
import { policies, simulate } from "../../src/index.js";
import { generatedWorlds } from "../support/generatedWorlds.js";
import { WORLD } from "../support/refusedFiles.js";
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

test.each([
  "response.isSeen === true",
  "response.isSeen !== false",
  "true == response.isSeen",
  "!(response.isSeen != true)",
])("%s holds of a truth value that has been observed, which is 1 in TypeScript", async (condition) => {
  const text = WORLD.replace("reward: f64 = 0", "isSeen: bool = false")
    .replace("response.reward = 1", "response.isSeen = true")
    .replace("return response.reward", `return ${condition} ? 1 : 0`);
  const world = referenceWorld(checked(text));
  const { metrics } = await simulate(world, policies.first(), { users: 3, steps: 5, engine: "reference" });
  expect(metrics.totalReward.mean).toBe(10); // slates of 2
});
