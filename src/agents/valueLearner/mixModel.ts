import { solvePositive } from "../bandits/linearAlgebra.js";
import type { FieldRule } from "../snapshots.js";
import { numbersRule } from "./belief.js";

/** What is expected of a step with one mix, from belief x: the reward is a polynomial in x, the next belief is linear in it. */
export interface MixModel {
  readonly reward: readonly [constant: number, slope: number, curvature: number];
  readonly next: readonly [constant: number, slope: number];
  /** Share of the steps after which the episode went on, its last step by length left out. */
  readonly goesOn: number;
}

export function isMixModel(value: unknown): value is MixModel {
  const { reward, next, goesOn } = (value ?? {}) as { reward?: unknown; next?: unknown; goesOn?: unknown };
  return numbersRule(3).holds(reward) && numbersRule(2).holds(next) && Number.isFinite(goesOn);
}

/** Sums over the steps with one mix, in the order of the list: 1, x … x⁴; r, r·x, r·x²; x', x'·x; steps that went on. */
export type MixSums = readonly number[];
const POWERS = 5;
const REWARDS = 3;
const NEXT = 2;
const NUM_SUMS = POWERS + REWARDS + NEXT + 1;

export function noMixSums(numMixes: number): MixSums[] {
  return Array.from({ length: numMixes }, () => Array.from({ length: NUM_SUMS }, () => 0));
}

/** Adds a step from belief `x` to `next`; `next` is null where the episode ended early. */
export function addStep(sums: MixSums, x: number, reward: number, next: number | null): MixSums {
  const after = next ?? 0;
  const items = [1, x, x * x, x * x * x, x * x * x * x, reward, reward * x, reward * x * x, after, after * x];
  return [...items, next === null ? 0 : 1].map((item, i) => sums[i]! + item);
}

export const mixSumsRule = (numMixes: number): FieldRule => ({
  rule: `${numMixes} lists of ${NUM_SUMS} finite numbers`,
  holds: (value) =>
    Array.isArray(value) && value.length === numMixes && value.every((row) => numbersRule(NUM_SUMS).holds(row)),
});

/** Precisions of coefficients before any data: of constants, of slope and curvature that all mixes share, of a mix's own slope. */
const PRIOR = { constant: 1e-6, slope: 1, curvature: 10, ownSlope: 1000 } as const;

/** Fits the models of all mixes together by ridge regression. The mixes share what differs little: fewer coefficients, less noise. */
export function fitMixes(sums: readonly MixSums[]): MixModel[] {
  const rewards = fitRewards(sums);
  const next = fitNext(sums);
  return sums.map((sum, mix) => ({
    reward: rewards[mix]!,
    next: next[mix]!,
    goesOn: sum[0] === 0 ? 1 : sum[NUM_SUMS - 1]! / sum[0]!,
  }));
}

/** A column of a regression: the mix whose steps it is for, or null for all; the power of x; the prior precision. */
type Column = readonly [mix: number | null, power: number, precision: number];

/** r = constant(mix) + (slope + own slope(mix))·x + curvature·x². */
function fitRewards(sums: readonly MixSums[]): [number, number, number][] {
  const mixes = sums.map((_, mix) => mix);
  const columns: Column[] = [
    ...mixes.map((mix): Column => [mix, 0, PRIOR.constant]),
    [null, 1, PRIOR.slope],
    [null, 2, PRIOR.curvature],
    ...mixes.map((mix): Column => [mix, 1, PRIOR.ownSlope]),
  ];
  const fitted = ridge(sums, columns, POWERS);
  const shared = mixes.length;
  return mixes.map((mix) => [fitted[mix]!, fitted[shared]! + fitted[shared + 2 + mix]!, fitted[shared + 1]!]);
}

/** x' = constant(mix) + slope·x. */
function fitNext(sums: readonly MixSums[]): [number, number][] {
  const mixes = sums.map((_, mix) => mix);
  const columns: Column[] = [...mixes.map((mix): Column => [mix, 0, PRIOR.constant]), [null, 1, PRIOR.slope]];
  const fitted = ridge(sums, columns, POWERS + REWARDS);
  return mixes.map((mix) => [fitted[mix]!, fitted[mixes.length]!]);
}

/** Returns the coefficients of the columns; sums of the target times powers of x begin at `target` of each list. */
function ridge(sums: readonly MixSums[], columns: readonly Column[], target: number): number[] {
  const over = (mix: number | null, at: number): number =>
    mix === null ? sums.reduce((total, sum) => total + sum[at]!, 0) : sums[mix]![at]!;
  const matrix = columns.map(([mix, power, precision], i) =>
    columns.map(([other, otherPower], j) => {
      if (mix !== null && other !== null && mix !== other) return 0;
      return over(mix ?? other, power + otherPower) + (i === j ? precision : 0);
    }),
  );
  return solvePositive(
    matrix,
    columns.map(([mix, power]) => over(mix, target + power)),
  );
}
