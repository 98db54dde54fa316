import { solvePositive } from "../bandits/linearAlgebra.js";
import { fieldRules, type FieldRule } from "../snapshots.js";

/** What is expected of a step with one mix, from belief x: the reward is a polynomial in x, the next belief is linear in it. */
export interface MixModel {
  readonly reward: readonly [constant: number, slope: number, curvature: number];
  readonly next: readonly [constant: number, slope: number];
  /** Share of the steps after which the episode went on, its last step by length left out. */
  readonly goesOn: number;
}

export function isMixModel(value: unknown): value is MixModel {
  const { reward, next, goesOn } = (value ?? {}) as { reward?: unknown; next?: unknown; goesOn?: unknown };
  return fieldRules.numbers(3).holds(reward) && fieldRules.numbers(2).holds(next) && Number.isFinite(goesOn);
}

/** Sums over the steps with one mix, in the order of the list: 1, x … x⁴; r, r·x, r·x²; x', x'·x; steps that went on; r². */
export type MixSums = readonly number[];
const POWERS = 5;
const REWARDS = 3;
const NEXT = 2;
const WENT_ON = POWERS + REWARDS + NEXT;
const SQUARE = WENT_ON + 1;
const NUM_SUMS = SQUARE + 1;

export function noMixSums(numMixes: number): MixSums[] {
  return Array.from({ length: numMixes }, () => Array.from({ length: NUM_SUMS }, () => 0));
}

/** Adds a step from belief `x` to `next`; `next` is null where the episode ended early. */
export function addStep(sums: MixSums, x: number, reward: number, next: number | null): MixSums {
  const after = next ?? 0;
  const items = [1, x, x * x, x * x * x, x * x * x * x, reward, reward * x, reward * x * x, after, after * x];
  return [...items, next === null ? 0 : 1, reward * reward].map((item, i) => sums[i]! + item);
}

export const mixSumsRule = (numMixes: number): FieldRule => ({
  rule: `${numMixes} lists of ${NUM_SUMS} finite numbers`,
  holds: (value) =>
    Array.isArray(value) && value.length === numMixes && value.every((row) => fieldRules.numbers(NUM_SUMS).holds(row)),
});

/** Precisions of coefficients before any data: of constants, of slope and curvature that all mixes share, of a mix's own slope. */
const PRIOR = { constant: 1e-6, slope: 1, curvature: 10, ownSlope: 1000 } as const;
/** By how much own slopes must exceed, squared, what noise alone would make of them. */
const CLEAR = 4;

/** Fits the models of all mixes together by ridge regression. The mixes share what differs little: fewer coefficients, less noise. */
export function fitMixes(sums: readonly MixSums[]): MixModel[] {
  const rewards = fitRewards(sums);
  const next = fitNext(sums);
  return sums.map((sum, mix) => ({
    reward: rewards[mix]!,
    next: next[mix]!,
    goesOn: sum[0] === 0 ? 1 : sum[WENT_ON]! / sum[0]!,
  }));
}

/** A column of a regression: the mix whose steps it is for, or null for all; the power of x; the prior precision. */
type Column = readonly [mix: number | null, power: number, precision: number];

/**
 * r = constant(mix) + (slope + own slope(mix))·x + curvature·x². Own slopes that noise might have made are left out: they would
 * say which mix is best at extreme beliefs.
 */
function fitRewards(sums: readonly MixSums[]): [number, number, number][] {
  const mixes = sums.map((_, mix) => mix);
  const shared: Column[] = [
    ...mixes.map((mix): Column => [mix, 0, PRIOR.constant]),
    [null, 1, PRIOR.slope],
    [null, 2, PRIOR.curvature],
  ];
  const own = mixes.map((mix): Column => [mix, 1, PRIOR.ownSlope]);
  const full = ridge(sums, [...shared, ...own], POWERS);
  const fitted = areClear(sums, full) ? full : [...ridge(sums, shared, POWERS), ...mixes.map(() => 0)];
  const slope = mixes.length;
  return mixes.map((mix) => [fitted[mix]!, fitted[slope]! + fitted[slope + 2 + mix]!, fitted[slope + 1]!]);
}

/** Returns whether the own slopes among the coefficients are clear of noise. */
function areClear(sums: readonly MixSums[], fitted: readonly number[]): boolean {
  const noise = residualVariance(sums);
  let squares = 0;
  let bySpread = 0;
  for (const [mix, sum] of sums.entries()) {
    const own = fitted[sums.length + 2 + mix]!;
    const spread = PRIOR.ownSlope + sum[2]! - (sum[1]! * sum[1]!) / Math.max(1, sum[0]!);
    squares += own * own;
    bySpread += noise / spread;
  }
  return squares > CLEAR * bySpread;
}

/** Returns the variance of rewards around the mean of their mix. */
function residualVariance(sums: readonly MixSums[]): number {
  let squares = 0;
  let count = 0;
  for (const sum of sums) {
    squares += sum[SQUARE]! - (sum[POWERS]! * sum[POWERS]!) / Math.max(1, sum[0]!);
    count += sum[0]!;
  }
  return squares / Math.max(1, count);
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
