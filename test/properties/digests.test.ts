import { expect, test } from "vitest";
import { makeWorld, scenarios, simulate, streamVersion, type Parameters } from "../../src/index.js";
import { policiesFor } from "../support/arbitraries.js";
import recorded from "./digests.json" with { type: "json" };

// No-regression digests: they say that nothing moved, not that it is right. When one changes on purpose, the stream
// version goes up, the changelog says why, and the new values come from this test's failure message.

const shapes: Record<string, Partial<Parameters>> = {
  "": {},
  " slate 5 of 50": { slateSize: 5, numCandidates: 50 },
  " no click": { noClickLogit: 0.5 },
  " one corpus per user": { resample: "episode" },
  " one corpus": { resample: "never" },
};

test("every scenario under every policy in every kind of shape has the digest on record", async () => {
  const digests: Record<string, string> = {};
  for (const scenario of Object.keys(scenarios)) {
    for (const [shape, parameters] of Object.entries(shapes)) {
      if (scenario === "choc-kale" && parameters.noClickLogit !== undefined) continue; // its user always clicks
      const world = makeWorld(scenario, parameters);
      for (const policy of policiesFor(world.parameters.slateSize)) {
        const run = await simulate(world, policy, { users: 5000, steps: 20, seed: "digest" });
        digests[`${scenario}${shape}: ${policy.name}`] = run.digest;
      }
    }
  }
  expect({ streamVersion, digests }).toEqual(recorded);
});
