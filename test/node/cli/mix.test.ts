import { describe, expect, test } from "vitest";
import type { Run } from "../../../src/index.js";
import { json, mistakes, slatesim } from "./slatesim.js";

interface MixDocument extends Omit<Run, "policy" | "digest" | "metrics" | "timing"> {
  readonly policies: readonly Run[];
  readonly best: string;
  readonly settled: boolean;
}

describe("slatesim mix", () => {
  const small = ["mix", "--users", "500", "--steps", "6", "--seed", "cli"];

  test("compares random and every mix on the same users", () => {
    const document = json<MixDocument>(...small);
    expect(document).toMatchObject({ scenario: "lts-tradeoff", users: 500, steps: 6, seed: "cli" });
    const policyNames = document.policies.map((run) => run.policy);
    expect(policyNames).toEqual(["random", "mix(0)", "mix(1)", "mix(2)", "mix(3)"]);
    const alone = json("run", "--scenario", "lts-tradeoff", "--policy", "mix(2)", ...small.slice(1));
    expect({ ...document.policies[3], timing: alone.timing }).toEqual(alone);
  });

  test("finds the best mix, and says whether that is settled", () => {
    const { policies: runs, best, settled } = json<MixDocument>(...small);
    const [first, second] = runs.slice(1).toSorted((a, b) => engagement(b).mean - engagement(a).mean);
    expect(best).toBe(first!.policy);
    expect(settled).toBe(engagement(first!).ci95[0] > engagement(second!).ci95[1]);
    const { out } = slatesim(...small);
    expect(out).toContain(`${best} best `);
    expect(out.includes("Not settled at this many users")).toBe(!settled);
    expect(out.trimEnd().split("\n").at(-1)).toMatch(/ people engaged longest: .* than random slates\.$/);
  });

  test("takes no policy and refuses bad input", () => {
    const told = mistakes("mix", "--policy", "random", "--users", "0");
    expect(told).toEqual(expect.arrayContaining([expect.stringMatching(/^"--policy" is not an option/)]));
    expect(told).toEqual(expect.arrayContaining([expect.stringMatching(/^"users" expected .*, got 0$/)]));
  });
});

function engagement(run: Run): Run["metrics"]["totalEngagement"] {
  return run.metrics.totalEngagement;
}
