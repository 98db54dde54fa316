import type { BlockEngine, EngineOptions } from "../../../world/blockEngine.js";
import type { BuiltInPolicy } from "../../../world/policy.js";
import { TILE_USERS } from "../../../statistics/blocks.js";
import { addValue, noValues, type BlockSums, type RatioSums, type ValueSums } from "../../../statistics/blockSums.js";
import { seriesOf } from "../../../statistics/blockTally.js";
import { LtsControl } from "../ltsControl.js";
import { sharedParameters } from "../plainParameters.js";
import type { Parameters } from "../parameters.js";
import type { LongTermSatisfactionWorld } from "../types.js";
import { doubles, enterWorld, prepareRollout } from "./enterWorld.js";
import { prepareControl } from "./kernelControl.js";
import type { KernelExports } from "./kernelExports.js";

/** Columns of the series: engagement, and satisfaction after a step. */
const COLUMNS = 2;

/** Simulates blocks in WebAssembly under a built-in policy. */
export function kernelEngine(
  kernel: KernelExports,
  { parameters }: LongTermSatisfactionWorld<Parameters>,
  policy: BuiltInPolicy,
  options: EngineOptions,
): BlockEngine {
  const { key, steps, estimator } = options;
  enterWorld(kernel, parameters, key);
  const own = prepareRollout(kernel, parameters, key, policy, options);
  if (estimator === "controlled")
    prepareControl(kernel, new LtsControl(sharedParameters(parameters)!, policy), options);
  let lengths: number[] = [];
  return {
    tileUsers: TILE_USERS,
    begin: () => {
      kernel.beginBlock();
      lengths = [];
    },
    simulate: (firstUser, users) => {
      own.enter(firstUser, users);
      kernel.rollout(firstUser, users);
      for (let index = 0; index < users; index++) lengths.push(Math.min(steps, own.lengthOf(index)));
    },
    sums: () => {
      const sums = readSums(kernel, parameters.slateSize, steps, lengths);
      return estimator === "sampled" ? sums : withEstimates(sums);
    },
  };
}

/** Copies the sums of kernel/tally.ts, in the order of `ltsMetrics`; the next block overwrites them. */
function readSums(kernel: KernelExports, slateSize: number, steps: number, lengths: readonly number[]): BlockSums {
  const users = lengths.length;
  const usersPerStep = countPerStep(lengths, steps);
  const totals = doubles(kernel, kernel.totalsPointer(), 25);
  return {
    totalReward: valueSums(totals, 0, users),
    sampledReward: null,
    episodeLength: lengthSums(lengths),
    values: [valueSums(totals, 5, users), valueSums(totals, 10, users)],
    ratios: [clickSums(totals)],
    returns: doubles(kernel, kernel.returnsPointer(), users).slice(),
    choicesAfter: doubles(kernel, kernel.pastTotalsPointer(), slateSize).slice(),
    usersPerStep,
    series: readSeries(kernel, usersPerStep),
    digest: new BigUint64Array(kernel.memory.buffer, kernel.digestTotalPointer(), 1)[0]!,
  };
}

function lengthSums(lengths: readonly number[]): ValueSums {
  const sums = noValues();
  for (const length of lengths) addValue(sums, length);
  return sums;
}

/** How many users take each step. */
function countPerStep(lengths: readonly number[], steps: number): Float64Array {
  const counts = new Float64Array(steps);
  for (const length of lengths) counts[length - 1]! += 1;
  for (let step = steps - 2; step >= 0; step--) counts[step]! += counts[step + 1]!;
  return counts;
}

/** Values that the kernel sums as sampled. */
function withEstimates(sums: BlockSums): BlockSums {
  const totalReward = noValues();
  for (const estimate of sums.returns) addValue(totalReward, estimate);
  return { ...sums, totalReward, sampledReward: sums.totalReward };
}

function valueSums(totals: Float64Array, at: number, count: number): ValueSums {
  const [pivot, sum, sumOfSquares, min, max] = totals.subarray(at, at + 5) as unknown as Five;
  return { count, pivot, sum, sumOfSquares, min, max };
}

type Five = [number, number, number, number, number];

/** Every click has the weight 1. */
function clickSums(totals: Float64Array): RatioSums {
  const [count, users, squaredWeights, squaredResiduals, products] = totals.subarray(20) as unknown as Five;
  const { pivot, sum, sumOfSquares, min, max } = valueSums(totals, 15, count);
  return {
    count,
    pivot,
    weight: count,
    squaredWeight: count,
    residual: sum,
    weightedResidual: sum,
    squaredResidual: sumOfSquares,
    min,
    max,
    users,
    squaredWeights,
    squaredResiduals,
    products,
  };
}

/** Every sum is the even users' plus the odd users'. */
function readSeries(kernel: KernelExports, usersPerStep: Float64Array): Float64Array {
  const steps = usersPerStep.length;
  const pivots = doubles(kernel, kernel.seriesPivotsPointer(), steps * COLUMNS).map((pivot, place) => {
    return usersPerStep[Math.floor(place / COLUMNS)] === 0 ? 0 : pivot;
  });
  const pairs = doubles(kernel, kernel.seriesPointer(), steps * COLUMNS * 4);
  return seriesOf(pivots, (i) => pairs[2 * i]! + pairs[2 * i + 1]!);
}
