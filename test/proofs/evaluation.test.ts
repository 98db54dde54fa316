// Off-policy estimates over many logs: no bias beyond their errors, and intervals that hold as often as they say.
import { describe, expect, test } from "vitest";
import {
  compareEstimators,
  doublyRobust,
  independentIps,
  ips,
  perDecision,
  pseudoInverse,
  rewardInteractionIps,
  selfNormalizedIps,
} from "../../src/evaluation/index.js";
import { policies } from "../../src/index.js";
import { exactModel, preferring, shelfRewards, shelvesWorld, valueOf } from "../support/shelves.js";

const REPLICATIONS = 1000;
const world = shelvesWorld();
const estimators = {
  ips,
  selfNormalizedIps,
  perDecision,
  doublyRobust: (log: Parameters<typeof ips>[0], target: Parameters<typeof ips>[1]) =>
    doublyRobust(log, target, exactModel),
  independentIps,
  rewardInteractionIps,
  pseudoInverse,
};

const compareAll = () =>
  compareEstimators({
    world,
    logging: policies.random(),
    target: preferring(world),
    estimators,
    replications: REPLICATIONS,
    users: 200,
    truthUsers: 200_000,
    slotRewards: shelfRewards(),
  });

describe("a thousand logs of 200 users each", () => {
  let compared: ReturnType<typeof compareAll> | undefined;

  test("the simulated truth is the exact value", async () => {
    const { truth } = await (compared ??= compareAll());
    expect(Math.abs(truth.mean - valueOf())).toBeLessThan(4 * truth.standardError);
  });

  test.each(Object.keys(estimators))("%s has no bias, and intervals that hold in 95 %", async (name) => {
    const { estimators: errors } = await (compared ??= compareAll());
    const found = errors[name as keyof typeof estimators];
    const { bias, biasStandardError, rootMeanSquaredError, coverage, effectiveSampleSize } = found;
    console.log(
      `${name}: bias ${bias.toFixed(4)} ± ${biasStandardError.toFixed(4)}, rmse ${rootMeanSquaredError.toFixed(3)}, ` +
        `coverage ${(100 * coverage).toFixed(1)} %, effective sample size ${effectiveSampleSize.toFixed(0)}`,
    );
    // The bias of a ratio is of the order 1/users; that of the others is 0.
    const allowed = name === "selfNormalizedIps" ? 0.01 : 0;
    expect(Math.abs(bias)).toBeLessThan(4 * biasStandardError + allowed);
    // Skewed weights cost coverage before the normal approximation is good: at most a percent of it here.
    expect(Math.abs(coverage - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / REPLICATIONS) + 0.01);
  });
});
