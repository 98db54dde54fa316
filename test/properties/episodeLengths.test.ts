import { expect, test } from "vitest";
import { makeWorld, policies, simulate } from "../../src/index.js";
import { describeRun } from "../../src/report/describeRun.js";
import { lts } from "../support/reported.js";

test("a run tells how long episodes are where they differ, in a row of its own", async () => {
  const timeBudget = { distribution: "discrete", values: [1, 3] } as const;
  const run = await simulate(makeWorld("lts", { timeBudget }), policies.first(), { users: 200 });
  const { mean, min, max } = run.metrics.episodeLength;
  const [, told] = /^episode length +(\S+) .* (\S+ +\S+)$/m.exec(describeRun(run, lts))!.map(Number);
  expect(Math.abs(told! - mean)).toBeLessThan(0.01);
  expect(describeRun(run, lts)).toMatch(new RegExp(`^episode length .* ${min}\\.0+ +${max}\\.0+$`, "m"));
  const alike = await simulate(makeWorld("lts", { timeBudget: 3 }), policies.first(), { users: 200 });
  expect(describeRun(alike, lts)).not.toContain("episode length");
});
