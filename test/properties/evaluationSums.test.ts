// Over a log of every slate once, an estimate is the exact expectation under the uniform policy: no sampling hides an error of a formula.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  doublyRobust,
  independentIps,
  ips,
  perDecision,
  pseudoInverse,
  rewardInteractionIps,
  type EpisodeLog,
  type LoggedStep,
  type SlateProbability,
  type TargetPolicy,
  type ValueEstimator,
} from "../../src/evaluation/index.js";
import { allSlates, inProportion } from "../support/shelves.js";

interface Sizes {
  readonly slateSize: number;
  readonly numCandidates: number;
}

type SlotRewards = (slate: readonly number[]) => readonly number[];

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const product = (numbers: readonly number[]): number => numbers.reduce((all, number) => all * number, 1);

/** A number in [0, 1) for each address, without order. */
const scattered = (seed: number, ...address: readonly number[]): number =>
  address.reduce((hash, part) => ((hash + part + 1) * 7919.31) % 1, seed / 1000);

/** Lists of all slates: without repetition, or with. */
function slatesOf({ slateSize, numCandidates }: Sizes, repeats: boolean): readonly (readonly number[])[] {
  if (!repeats) return allSlates(slateSize, numCandidates);
  const count = numCandidates ** slateSize;
  return Array.from({ length: count }, (_, index) =>
    Array.from({ length: slateSize }, (__, slot) => Math.floor(index / numCandidates ** slot) % numCandidates),
  );
}

/** The step in which the uniform policy shows a slate. */
function uniformStep(
  slates: readonly (readonly number[])[],
  slate: readonly number[],
  rewards: SlotRewards,
  { numCandidates }: Sizes,
): LoggedStep {
  const slotRewards = rewards(slate);
  const sharing = (slots: number): number =>
    slates.filter((other) => other.slice(0, slots).join() === slate.slice(0, slots).join()).length;
  return {
    slate,
    propensity: 1 / slates.length,
    slotPropensities: slate.map(() => 1 / numCandidates),
    prefixPropensities: slate.map((_, slot) => sharing(slot + 1) / slates.length),
    reward: sum(slotRewards),
    slotRewards,
  };
}

/** A target by its list of slates, worked out apart from the package. */
function targetOf(listed: readonly SlateProbability[], { numCandidates }: Sizes): TargetPolicy {
  const chance = (holds: (slate: readonly number[]) => boolean): number =>
    sum(listed.filter(({ slate }) => holds(slate)).map(({ probability }) => probability));
  return {
    name: "listed",
    slateProbability: ({ slate }) => chance((other) => other.join() === slate.join()),
    slotProbabilities: ({ slate }) =>
      slate.map((_, slot) =>
        Array.from({ length: numCandidates }, (__, position) => chance((other) => other[slot] === position)),
      ),
    prefixProbabilities: ({ slate }) =>
      slate.map((_, slot) => chance((other) => other.slice(0, slot + 1).join() === slate.slice(0, slot + 1).join())),
  };
}

const anySizes = fc
  .record({ slateSize: fc.integer({ min: 1, max: 3 }), more: fc.integer({ min: 0, max: 2 }) })
  .map(({ slateSize, more }): Sizes => ({ slateSize, numCandidates: slateSize + more }))
  .filter(({ numCandidates }) => numCandidates > 1);

/** How the reward of a slot depends on the slate: by itself, by the slots down to it, or by all of them. */
const shapes: Readonly<Record<"slots" | "prefixes" | "slates", (seed: number) => SlotRewards>> = {
  slots: (seed) => (slate) => slate.map((position, slot) => scattered(seed, slot, position)),
  prefixes: (seed) => (slate) => slate.map((_, slot) => scattered(seed, ...slate.slice(0, slot + 1))),
  slates: (seed) => (slate) => slate.map((_, slot) => scattered(seed, slot, ...slate)),
};

/** What each estimator takes rewards to be. */
const unbiased: readonly (readonly [string, ValueEstimator, keyof typeof shapes])[] = [
  ["ips", ips, "slates"],
  ["perDecision", perDecision, "slates"],
  ["rewardInteractionIps", rewardInteractionIps, "prefixes"],
  ["independentIps", independentIps, "slots"],
  ["pseudoInverse", pseudoInverse, "slots"],
];

describe.each(unbiased)("%s", (_, estimator, shape) => {
  test.each([false, true])("is exact over all slates of the uniform policy, with repetitions: %s", (repeats) => {
    fc.assert(
      fc.property(anySizes, fc.nat(1000), (sizes, seed) => {
        const slates = slatesOf(sizes, repeats);
        const rewards = shapes[shape](seed);
        const listed = inProportion(slates, (slate) => 0.1 + scattered(seed + 1, ...slate));
        const episodes = slates.map((slate, user) => ({ user, steps: [uniformStep(slates, slate, rewards, sizes)] }));
        const value = sum(listed.map(({ slate, probability }) => probability * sum(rewards(slate))));
        const { estimate } = estimator({ policy: "uniform", episodes }, targetOf(listed, sizes));
        expect(Math.abs(estimate - value)).toBeLessThan(1e-12 * (1 + value));
      }),
      { numRuns: 15 },
    );
  });
});

/** Every pair of slates of 2 of 3, where the rewards of the second step depend on the slate of the first. */
function twoSteps(seed: number, shape: keyof typeof shapes): { log: EpisodeLog; target: TargetPolicy; value: number } {
  const sizes = { slateSize: 2, numCandidates: 3 };
  const slates = slatesOf(sizes, false);
  const listed = inProportion(slates, (slate) => 0.1 + scattered(seed, ...slate));
  const rewardsAt = (before: readonly (readonly number[])[]): SlotRewards =>
    shapes[shape](seed + sum(before.flat().map((position, place) => (place + 1) * position + 7)));
  const pairs = listed.flatMap((first) => listed.map((second) => [first, second]));
  const steps = pairs.map((pair) =>
    pair.map(({ slate }, time) =>
      uniformStep(slates, slate, rewardsAt(pair.slice(0, time).map((each) => each.slate)), sizes),
    ),
  );
  const totals = steps.map((pair) => sum(pair.map(({ reward }) => reward)));
  const value = sum(pairs.map((pair, index) => product(pair.map(({ probability }) => probability)) * totals[index]!));
  return {
    log: { policy: "uniform", episodes: steps.map((pair, user) => ({ user, steps: pair })) },
    target: targetOf(listed, sizes),
    value,
  };
}

test.each([...unbiased, ["doublyRobust", robust, "slates"] as const])(
  "%s is exact over all episodes of two steps, the second of which depends on the first",
  (_, estimator, shape) => {
    fc.assert(
      fc.property(fc.nat(1000), (seed) => {
        const { log, target, value } = twoSteps(seed, shape);
        expect(Math.abs(estimator(log, target).estimate - value)).toBeLessThan(1e-12 * (1 + value));
      }),
      { numRuns: 10 },
    );
  },
);

const q = (slate: readonly number[], step: number): number => 10 * scattered(5, step, ...slate);

/** With any numbers for q, as long as v is their mean under the target. */
function robust(log: EpisodeLog, target: TargetPolicy) {
  const slates = allSlates(2, 3);
  return doublyRobust(log, target, {
    q: ({ slate }, _user, step) => q(slate, step),
    v: (logged, user, step) =>
      sum(slates.map((slate) => target.slateProbability({ ...logged, slate }, user, step) * q(slate, step))),
  });
}
