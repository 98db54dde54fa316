// What cannot be evaluated is refused, with every error at once and the place of each.
import { expect, test } from "vitest";
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
  stochasticPolicy,
  targetPolicy,
  type EpisodeLog,
  type LoggedStep,
  type TargetPolicy,
  type ValueEstimator,
} from "../../src/evaluation/index.js";
import { agentPolicy, policies, scenarios, simulate } from "../../src/index.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { preferring, shelfRewards, shelvesWorld } from "../support/shelves.js";

const world = shelvesWorld();
const target = targetPolicy(world, preferring(world));
const step: LoggedStep = { slate: [0, 1], propensity: 0.5, reward: 1 };
const logOf = (...steps: readonly object[]): EpisodeLog => ({
  policy: "logging",
  episodes: [{ user: 3, steps: steps as LoggedStep[] }],
});
const stating = (given: unknown) => stochasticPolicy(world, { name: "own", slateProbabilities: () => given as never });
const zeroModel = { q: () => 0, v: () => 0 };
const all: Readonly<Record<string, ValueEstimator>> = {
  ips,
  selfNormalizedIps,
  perDecision,
  doublyRobust: (log, of) => doublyRobust(log, of, zeroModel),
  independentIps,
  rewardInteractionIps,
  pseudoInverse,
};

test.each(Object.entries(all))("%s refuses a certain logging policy by name, but for itself", async (_, estimator) => {
  const log = logEpisodes(world, policies.first(), { users: 1, steps: 1, slotRewards: shelfRewards() });
  const [mistake] = await mistakesOf(() => estimator(log, target));
  expect(mistake).toMatch(
    /^"log\.policy" expected a policy that shows every slate of the target "preferring" with a probability above 0, got "first", certain at episodes\[0\]\.steps\[0\] of what/,
  );
  const self = targetPolicy(world, policies.first());
  expect(estimator(log, self).estimate).toBeCloseTo(log.episodes[0]!.steps[0]!.reward, 12);
});

test.each(Object.entries(all))("%s refuses an empty log, and what is none", async (_, estimator) => {
  expect(await mistakesOf(() => estimator({ policy: "", episodes: [] }, target))).toEqual([
    '"log.policy" expected a text that is not empty, got ""',
    '"log.episodes" expected a list of at least one episode, got []',
  ]);
  expect(await mistakesOf(() => estimator(null as never, target))).toEqual(['"log" expected an object, got null']);
  expect(await mistakesOf(() => estimator(logOf(step), null as never))).not.toEqual([]);
});

test("every error of a log is named with episode and step", async () => {
  const log = {
    policy: "logging",
    episodes: [
      {
        user: -1,
        steps: [
          { ...step, propensity: 0 },
          { ...step, reward: NaN },
        ],
      },
      { user: 1, steps: [{ ...step, slate: [] }, { ...step, propensty: 1, slate: [0.5] }, 7] },
      { user: 2, steps: "none" },
      {
        user: 3,
        steps: [{ ...step, slotPropensities: [1], slotRewards: [0, Infinity], prefixPropensities: [2, 0.5] }],
      },
    ],
  };
  expect(await mistakesOf(() => ips(log as never, target))).toEqual([
    '"episodes[0].user" expected an integer in [0, 4294967295], got -1',
    '"episodes[0].steps[0].propensity" expected a number in (0, 1], got 0',
    '"episodes[0].steps[1].reward" expected a finite number, got NaN',
    '"episodes[1].steps[0].slate" expected a list of at least one position, got []',
    '"propensty" is not a field of episodes[1].steps[1] (did you mean "propensity"?)',
    '"episodes[1].steps[1].slate[0]" expected an integer in [0, 4294967295], got 0.5',
    '"episodes[1].steps[2]" expected an object, got 7',
    '"episodes[2].steps" expected a list of steps, got "none"',
    '"episodes[3].steps[0].slotPropensities" expected a list of 2 numbers, one for each slot, got [1]',
    '"episodes[3].steps[0].prefixPropensities[0]" expected a number in (0, 1], got 2',
    '"episodes[3].steps[0].slotRewards[1]" expected a finite number, got Infinity',
  ]);
});

test("fields that an estimator needs are asked for, and must agree with the step's", async () => {
  expect(await mistakesOf(() => independentIps(logOf(step), target))).toEqual([
    '"episodes[0].steps[0].slotPropensities" expected a list of 2 numbers, one for each slot, got undefined',
    '"episodes[0].steps[0].slotRewards" expected a list of 2 numbers, one for each slot, got undefined',
  ]);
  const off = { ...step, slotRewards: [1, 1], prefixPropensities: [0.5, 0.25] };
  expect(await mistakesOf(() => rewardInteractionIps(logOf(off), target))).toEqual([
    '"episodes[0].steps[0].prefixPropensities" expected the propensity, 0.5, as the last number, got [0.5,0.25]',
    '"episodes[0].steps[0].slotRewards" expected numbers whose sum is the reward, 1, got [1,1]',
  ]);
});

test("targets without a function, and with answers that are no probabilities, are refused", async () => {
  const bare: TargetPolicy = { name: "bare", slateProbability: () => 1.5 };
  const full = { ...step, slotPropensities: [0.5, 0.5], prefixPropensities: [0.5, 0.5], slotRewards: [1, 0] };
  expect(await mistakesOf(() => ips(logOf(step, step), bare))).toEqual([
    '"target.slateProbability(episodes[0].steps[0])" expected a number in [0, 1], got 1.5',
    '"target.slateProbability(episodes[0].steps[1])" expected a number in [0, 1], got 1.5',
  ]);
  expect(await mistakesOf(() => independentIps(logOf(full), bare))).toEqual([
    '"target.slotProbabilities" expected a function, got undefined',
  ]);
  const short = { ...bare, slotProbabilities: () => [[1]], prefixProbabilities: () => [1] };
  expect(await mistakesOf(() => rewardInteractionIps(logOf(full), short))).toEqual([
    '"target.prefixProbabilities(episodes[0].steps[0])" expected a list of 2, one for each slot, got [1]',
  ]);
  const uneven = {
    ...bare,
    slotProbabilities: () => [
      [1, 0],
      [0.5, 0.2],
    ],
  };
  expect(await mistakesOf(() => independentIps(logOf(full), uneven))).toEqual([
    '"target.slotProbabilities(episodes[0].steps[0])" expected lists of equal length, with probabilities of at least 2 candidates whose sum is 1, got [[1,0],[0.5,0.2]]',
  ]);
  const failing = {
    ...bare,
    slateProbability: () => {
      throw new Error("lost");
    },
  };
  expect(() => ips(logOf(step), failing)).toThrow('target "bare": slateProbability failed at step 0 for user 3: lost');
});

test("pseudoInverse refuses logs of other policies than it has weights for", async () => {
  const log = logEpisodes(world, preferring(world), { users: 1, steps: 1 });
  const [mistake] = await mistakesOf(() => pseudoInverse(log, target));
  expect(mistake).toMatch(
    /^"episodes\[0\]\.steps\[0\]\.slotPropensities" expected slots that are filled independently, or a slate drawn/,
  );
});

test("models that are no numbers are refused", async () => {
  const model = { q: () => NaN, v: () => 0 };
  expect(await mistakesOf(() => doublyRobust(logOf(step), target, model))).toEqual([
    '"model.q(episodes[0].steps[0])" expected a finite number, got NaN',
  ]);
  expect(await mistakesOf(() => doublyRobust(logOf(step), target, { q: 1 } as never))).toEqual([
    '"model.q" expected a function, got 1',
    '"model.v" expected a function, got undefined',
  ]);
});

test("weights beyond all numbers are refused", async () => {
  const rare = Array.from({ length: 3 }, () => ({ ...step, propensity: 1e-200 }));
  const sure = { name: "sure", slateProbability: () => 1 };
  expect(await mistakesOf(() => ips(logOf(...rare), sure))).toEqual([
    '"episodes[0]" expected finite products of weights and rewards, got Infinity',
  ]);
});

test("policies whose probabilities are not known are refused", async () => {
  const agent = agentPolicy("agent", () => ({}) as never);
  expect(await mistakesOf(() => logEpisodes(world, agent as never, { users: 1 }))).toEqual([
    '"policy" expected a built-in policy, or one made by `stochasticPolicy`, got "agent"',
  ]);
  const lts = scenarios["lts-tradeoff"];
  expect(await mistakesOf(() => targetPolicy(lts, policies.mix(1)))).toEqual([
    '"target" expected policies.random(), policies.first(), or one made by `stochasticPolicy`, got "mix(1)"',
  ]);
});

test("options of logs and comparisons are refused, all at once", async () => {
  const options = { users: 0, firstUser: -1, steps: 9, sed: 1, slotRewards: 1 };
  expect(await mistakesOf(() => logEpisodes(world, policies.first(), options as never))).toEqual([
    '"sed" is not a log option (did you mean "seed"?)',
    '"users" expected an integer in [1, 4294967295], got 0',
    '"firstUser" expected an integer in [0, 4294967295], got -1',
    '"steps" expected an integer in [1, 2], got 9',
    '"slotRewards" expected a function, got 1',
  ]);
  const comparison = {
    world,
    logging: policies.random(),
    target: policies.first(),
    estimators: { ips: 1 },
    replications: 1,
  };
  expect(await mistakesOf(() => compareEstimators(comparison as never))).toEqual([
    '"replications" expected an integer in [2, 4294967295], got 1',
    '"users" expected an integer in [2, 4294967295], got undefined',
    '"estimators.ips" expected a function, got 1',
  ]);
});

test("stochastic policies state legal slates whose probabilities add up to 1", async () => {
  expect(await mistakesOf(() => stochasticPolicy(world, { name: "", slateProbability: 1 } as never))).toEqual([
    '"slateProbability" is not a field of a stochastic policy (did you mean "slateProbabilities"?)',
    '"name" expected a text that is not empty, got ""',
    '"slateProbabilities" expected a function, got undefined',
  ]);
  const faults: readonly (readonly [unknown, string])[] = [
    [[], '"slateProbabilities" expected a list of slates and their probabilities, got []'],
    [[null], '"slateProbabilities" expected a list of slates and their probabilities, got [null]'],
    [
      [{ slate: [1, 1], probability: 1 }],
      '"slateProbabilities[0].slate" expected 2 different integers in [0, 3], got [1,1]',
    ],
    [[{ slate: [0, 1], probability: 0.5 }], '"slateProbabilities" expected probabilities whose sum is 1, got 0.5'],
  ];
  for (const [given, mistake] of faults) {
    expect(() => logEpisodes(world, stating(given), { users: 1 })).toThrow(mistake);
    await expect(simulate(world, stating(given), { users: 1 })).rejects.toThrow(
      'policy "own" failed at step 0 for user 0',
    );
  }
});
