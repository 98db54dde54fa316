import { describe, expect, test } from "vitest";
import { compare, longTermSatisfaction, policies, simulate } from "../../src/index.js";
import { describeComparison } from "../../src/report/describeComparison.js";
import { describeRun } from "../../src/report/describeRun.js";
import { lts } from "../support/reported.js";

/** Without noise, and with a satisfaction of 1/2 for everybody. */
const still = longTermSatisfaction({ sensitivity: 0, timeBudget: 4 });
const [first, random] = [policies.first(), policies.random()];
const ONE = "No intervals: one user alone does not show how users differ.";
const FEW =
  "No interval (–) where a single user counts, or a few that are all equal: they do not show yet how users differ.";

describe("a report of few users", () => {
  test("says of one user why there are no intervals", async () => {
    const run = describeRun(await simulate(still, first, { users: 1 }), lts);
    expect(run).toMatch(/total engagement +\S+ +– +–/);
    expect(run).toContain(`\n\n${ONE}\n\n`);
    const comparison = describeComparison(await compare(still, [first, random], { users: 1 }), lts);
    expect(comparison).toMatch(/random against first +[-+]\S+ +– /);
    expect(comparison).toContain(`\n\n${ONE}\n\nThe difference is not significant at 95 % with so few users.`);
  });

  test("says so where a few are equal, and no longer where many are", async () => {
    const few = describeRun(await simulate(still, first, { users: 5 }), lts);
    expect(few).toMatch(/final satisfaction +0\.5000 +– +0\.0000/);
    expect(few).toContain(`\n\n${FEW}\n\n`);
    const many = describeRun(await simulate(still, first, { users: 6 }), lts);
    expect(many).toMatch(/final satisfaction +0\.5000 +\[0\.5000, 0\.5000\] +0\.0000/);
    expect(many).not.toContain("No interval");
  });

  test("says why a precision has no interval", async () => {
    const run = await simulate(still, first, { precision: { relative: 0.5 }, maxUsers: 100 });
    expect(describeRun(run, lts)).toContain("totalEngagement: no interval, as the method has none below 4,096 users");
  });
});
