import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { longTermSatisfaction, parsePolicy, policies, policyNames, trace } from "../../src/index.js";
import { policiesFor, worldsWithPolicies } from "../support/arbitraries.js";

describe("policies", () => {
  test("are found again by the name they carry", () => {
    const byField = ["quality", "$x_1", "größe"].flatMap((field) => [policies.greedy(field), policies.mix(3, field)]);
    for (const policy of [...policiesFor(4), policies.greedy(), ...byField])
      expect(parsePolicy(policy.name)).toEqual(policy);
    const named = Object.keys(policies).filter((name) => name !== "optimal"); // which is made from a solution
    const withField = policyNames.filter((name) => name.includes("field")); // second forms of greedy and mix
    expect(policyNames).toHaveLength(named.length + withField.length);
    expect(withField).toEqual(["greedy(field)", "mix(m, field)"]);
  });

  test("show distinct candidates in range, as many as the slate holds", () => {
    fc.assert(
      fc.property(worldsWithPolicies, fc.nat(), ({ world, policy }, user) => {
        for (const { slate } of trace(world, policy, { user, seed: 1, steps: 1 }).steps) {
          expect(new Set(slate).size).toBe(world.parameters.slateSize);
          expect(Math.min(...slate)).toBeGreaterThanOrEqual(0);
          expect(Math.max(...slate)).toBeLessThan(world.parameters.numCandidates);
        }
      }),
    );
  });

  test("mix m of the most educational, falling, with the least educational, rising; earlier candidates win ties", () => {
    const documents = [0.5, 0.9, 0.1, 0.9, 0.1].map((educativeness) => ({ educativeness, clusterId: 0 }));
    const world = longTermSatisfaction({ documents });
    const slateOf = (name: string) => trace(world, parsePolicy(name), { user: 0, seed: 1, steps: 1 }).steps[0]!.slate;
    expect(slateOf("most-educational")).toEqual([1, 3, 0]);
    expect(slateOf("least-educational")).toEqual([4, 2, 0]);
    expect(slateOf("mix(3)")).toEqual([1, 3, 0]);
    expect(slateOf("mix(2)")).toEqual([1, 3, 4]);
    expect(slateOf("mix(1)")).toEqual([1, 4, 2]);
    expect(slateOf("mix(0)")).toEqual([4, 2, 0]);
    expect(slateOf("first")).toEqual([0, 1, 2]);
  });

  test("draw every ordered slate equally often under random", () => {
    const world = longTermSatisfaction({ numCandidates: 4, slateSize: 2, timeBudget: 6000 });
    const counts = new Map<string, number>();
    for (const { slate } of trace(world, policies.random(), { user: 3, seed: "dice" }).steps) {
      counts.set(slate.join(), (counts.get(slate.join()) ?? 0) + 1);
    }
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 500) ** 2 / 500, 0);
    expect(counts.size).toBe(12);
    expect(chiSquare).toBeLessThan(31.3); // 99.9 % point of 11 degrees of freedom
  });
});
