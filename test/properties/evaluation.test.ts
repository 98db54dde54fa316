// Estimates of what a policy is worth from another one's log, held to sums over all slates and to the simulated truth.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  compareEstimators,
  doublyRobust,
  independentIps,
  ips,
  logEpisodes,
  perDecision,
  pseudoInverse,
  rewardInteractionIps,
  selfNormalizedIps,
  targetPolicy,
  type EpisodeLog,
  type LoggedStep,
  type ValueEstimator,
} from "../../src/evaluation/index.js";
import { policies, scenarios, simulate, trace, type World } from "../../src/index.js";
import { interval, standardError } from "../support/textbook.js";
import { ownWorlds } from "../support/ownWorlds.js";
import {
  choosy,
  exactModel,
  preferring,
  shelfRewards,
  shelvesWorld,
  SHELF_STEPS,
  valueOf,
} from "../support/shelves.js";

const world = shelvesWorld();
const target = targetPolicy(world, preferring(world));

const estimators: Readonly<Record<string, ValueEstimator>> = {
  ips,
  selfNormalizedIps,
  perDecision,
  doublyRobust: (log, of) => doublyRobust(log, of, exactModel),
  independentIps,
  rewardInteractionIps,
  pseudoInverse,
};

function randomLog(users: number, seed: number | string = 0, firstUser = 0): EpisodeLog {
  return logEpisodes(world, policies.random(), { users, seed, firstUser, slotRewards: shelfRewards() });
}

const returnsOf = ({ episodes }: EpisodeLog): number[] =>
  episodes.map(({ steps }) => steps.reduce((total, { reward }) => total + reward, 0));

/** The same log with other rewards. */
function scaled({ policy, episodes }: EpisodeLog, rewardOf: (reward: number) => number): EpisodeLog {
  const step = ({ context, slate, propensity, reward }: LoggedStep): LoggedStep => {
    return { context, slate, propensity, reward: rewardOf(reward) };
  };
  return { policy, episodes: episodes.map(({ user, steps }) => ({ user, steps: steps.map(step) })) };
}

describe("logs", () => {
  const worlds: readonly World[] = [...Object.values(scenarios), ...Object.values(ownWorlds)] as readonly World[];

  test.each(worlds.map((each) => [each.scenario, each] as const))("of %s are what is traced", (_, each) => {
    const options = { seed: "logs", steps: 3 };
    for (const policy of [policies.first(), policies.random()]) {
      const { episodes } = logEpisodes(each, policy, { ...options, users: 3, firstUser: 5 });
      expect(episodes.map(({ user }) => user)).toEqual([5, 6, 7]);
      for (const { user, steps } of episodes) {
        const traced = trace(each, policy, { ...options, user }).steps;
        const logged = steps.map(({ slate, reward }) => ({ slate, reward }));
        expect(logged).toEqual(traced.map(({ slate, reward }) => ({ slate, reward })));
      }
    }
  });

  test("of a stochastic policy have the returns of its run", async () => {
    const policy = choosy(world);
    const log = logEpisodes(world, policy, { users: 50, seed: "runs" });
    const { metrics } = await simulate(world, policy, { users: 50, seed: "runs" });
    expect(ips(log, targetPolicy(world, policy)).estimate).toBeCloseTo(metrics.totalReward.mean, 12);
  });

  test("have the probabilities of random slates", () => {
    const [step] = randomLog(1).episodes[0]!.steps;
    expect(step!.propensity).toBe(1 / 12);
    expect(step!.slotPropensities).toEqual([1 / 4, 1 / 4]);
    expect(step!.prefixPropensities).toEqual([1 / 4, 1 / 12]);
  });

  test("draw slates as often as a stochastic policy says", () => {
    const users = 500;
    const { episodes } = logEpisodes(world, preferring(world), { users, steps: 1 });
    const probability = target.slateProbability({ slate: [3, 2], propensity: 1, reward: 0 }, 0, 0);
    const share = episodes.filter(({ steps }) => steps[0]!.slate.join() === "3,2").length / users;
    expect(Math.abs(share - probability)).toBeLessThan(4 * Math.sqrt((probability * (1 - probability)) / users));
  });
});

describe("estimates", () => {
  test("of the logging policy itself are the plain mean of the returns, to the last bit", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("random", "choosy"),
        fc.nat(),
        fc.integer({ min: 1, max: 9 }),
        (name, seed, users) => {
          const policy = name === "random" ? policies.random() : choosy(world);
          const log = logEpisodes(world, policy, { users, seed });
          const mean = returnsOf(log).reduce((sum, each) => sum + each, 0) / users;
          const self = targetPolicy(world, policy);
          for (const estimator of [ips, selfNormalizedIps, perDecision]) {
            const found = estimator(log, self);
            expect(found).toMatchObject({ estimate: mean, effectiveSampleSize: users, largestWeight: 1, users });
          }
        },
      ),
      { numRuns: 10 },
    );
  });

  test("by self-normalised weights scale with the rewards, and are the constant of constant rewards", () => {
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: -100, max: 100, noNaN: true }), (seed, factor) => {
        const log = randomLog(20, seed);
        const { estimate } = selfNormalizedIps(log, target);
        const tolerance = 1e-12 * Math.abs(factor) * (1 + Math.abs(estimate));
        const times = selfNormalizedIps(
          scaled(log, (reward) => factor * reward),
          target,
        );
        expect(Math.abs(times.estimate - factor * estimate)).toBeLessThanOrEqual(tolerance);
        const constant = selfNormalizedIps(
          scaled(log, () => factor),
          target,
        );
        expect(Math.abs(constant.estimate - SHELF_STEPS * factor)).toBeLessThanOrEqual(1e-12 * Math.abs(factor));
      }),
      { numRuns: 10 },
    );
  });

  const nearLog = randomLog(600, "near");

  test.each(Object.keys(estimators))("by %s are within four standard errors of the exact value", (name) => {
    const found = estimators[name]!(nearLog, target);
    expect(found.standardError).toBeLessThan(0.25);
    expect(Math.abs(found.estimate - valueOf())).toBeLessThan(4 * found.standardError);
  });

  test("vary less with an exact model, and less step by step than by episode", () => {
    const [whole, stepwise, robust] = [ips, perDecision, estimators["doublyRobust"]!].map(
      (estimator) => estimator(nearLog, target).standardError,
    );
    expect(stepwise!).toBeLessThan(whole!);
    expect(robust!).toBeLessThan(stepwise! / 2);
  });

  test("by independent slots are biased where slots interact; those by prefixes are not", async () => {
    const interacting = shelvesWorld(2);
    const { estimators: errors } = await compareEstimators({
      world: interacting,
      logging: policies.random(),
      target: preferring(interacting),
      estimators: { independentIps, rewardInteractionIps, ips },
      replications: 10,
      users: 300,
      truthUsers: 3000,
      slotRewards: shelfRewards(2),
    });
    const inErrors = Object.entries(errors).map(([name, { bias, biasStandardError }]) => [
      name,
      Math.abs(bias) / biasStandardError < 4,
    ]);
    expect(Object.fromEntries(inErrors)).toEqual({ independentIps: false, rewardInteractionIps: true, ips: true });
  });

  test("have Student's interval by the standard error of weighted returns", () => {
    const log = randomLog(12);
    const returns = returnsOf(log);
    const weighted = log.episodes.map(({ user, steps }, index) => {
      const ratios = steps.map((step, time) => target.slateProbability(step, user, time) / step.propensity);
      return ratios.reduce((all, ratio) => all * ratio, returns[index]!);
    });
    const found = ips(log, target);
    const error = standardError(weighted);
    expect(found.standardError).toBeCloseTo(error, 10);
    expect(found.ci95).toEqual(interval(found.estimate, error, 12));
  });

  test.each(Object.keys(estimators))("by %s count an episode without steps as a return of 0", (name) => {
    const log = { policy: "none", episodes: [{ user: 0, steps: [] }] };
    const found = { estimate: 0, standardError: NaN, ci95: [NaN, NaN], effectiveSampleSize: 1, largestWeight: 1 };
    expect(estimators[name]!(log, target)).toEqual({ ...found, users: 1, episodes: 1 });
  });

  test("count a user's episodes as one observation", () => {
    const { policy, episodes } = randomLog(40);
    const once = ips({ policy, episodes }, target);
    const twice = ips({ policy, episodes: [...episodes, ...episodes] }, target);
    expect(twice).toMatchObject({ users: 40, episodes: 80, effectiveSampleSize: once.effectiveSampleSize });
    expect(twice.estimate).toBeCloseTo(once.estimate, 12);
    expect(twice.standardError).toBeCloseTo(once.standardError, 12);
  });

  test("of users who read the context are near the simulated truth", async () => {
    const { truth, estimators: errors } = await compareEstimators({
      world,
      logging: preferring(world),
      target: choosy(world),
      estimators: { ips, perDecision, selfNormalizedIps },
      replications: 10,
      users: 100,
      truthUsers: 3000,
    });
    expect(truth.standardError).toBeLessThan(0.02);
    for (const { bias, biasStandardError, rootMeanSquaredError, coverage } of Object.values(errors)) {
      expect(Math.abs(bias)).toBeLessThan(4 * biasStandardError);
      expect(rootMeanSquaredError).toBeGreaterThanOrEqual(Math.abs(bias));
      expect(coverage).toBeGreaterThan(0.7);
    }
  });
});
