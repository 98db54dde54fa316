import type { BlockEngine, EngineOptions } from "../../../world/blockEngine.js";
import type { BuiltInPolicy } from "../../../world/policy.js";
import { TILE_USERS } from "../../../statistics/blocks.js";
import { addValue, noValues, type BlockSums, type RatioSums, type ValueSums } from "../../../statistics/blockSums.js";
import { seriesOf } from "../../../statistics/blockTally.js";
import { LtsControl } from "../ltsControl.js";
import type { LongTermSatisfactionWorld } from "../types.js";
import { doubles, enterWorld, prepareRollout } from "./enterWorld.js";
import { prepareControl } from "./kernelControl.js";
import type { KernelExports } from "./kernelExports.js";

/** Columns of the series: engagement, and satisfaction after a step. */
const COLUMNS = 2;

/** Simulates blocks in WebAssembly under a built-in policy. */
export function kernelEngine(
  kernel: KernelExports,
  { parameters }: LongTermSatisfactionWorld,
  policy: BuiltInPolicy,
  options: EngineOptions,
): BlockEngine {
  const { key, steps, estimator } = options;
  enterWorld(kernel, parameters, key);
  prepareRollout(kernel, parameters, key, policy, options);
  if (estimator === "controlled") prepareControl(kernel, new LtsControl(parameters, policy), options);
  let usersDone = 0;
  return {
    tileUsers: TILE_USERS,
    begin: () => {
      kernel.beginBlock();
      usersDone = 0;
    },
    simulate: (firstUser, users) => {
      kernel.rollout(firstUser, users);
      usersDone += users;
    },
    sums: () => {
      const sums = readSums(kernel, parameters.slateSize, steps, usersDone);
      return estimator === "sampled" ? sums : withEstimates(sums);
    },
  };
}

/** Copies the sums of kernel/tally.ts, in the order of `ltsMetrics`; the next block overwrites them. */
function readSums(kernel: KernelExports, slateSize: number, steps: number, users: number): BlockSums {
  const totals = doubles(kernel, kernel.totalsPointer(), 25);
  return {
    totalReward: valueSums(totals, 0, users),
    sampledReward: null,
    episodeLength: { count: users, pivot: steps, sum: 0, sumOfSquares: 0, min: steps, max: steps },
    values: [valueSums(totals, 5, users), valueSums(totals, 10, users)],
    ratios: [clickSums(totals)],
    returns: doubles(kernel, kernel.returnsPointer(), users).slice(),
    choicesAfter: doubles(kernel, kernel.pastTotalsPointer(), slateSize).slice(),
    usersPerStep: new Float64Array(steps).fill(users),
    series: readSeries(kernel, steps),
    digest: new BigUint64Array(kernel.memory.buffer, kernel.digestTotalPointer(), 1)[0]!,
  };
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
function readSeries(kernel: KernelExports, steps: number): Float64Array {
  const pivots = doubles(kernel, kernel.seriesPivotsPointer(), steps * COLUMNS);
  const pairs = doubles(kernel, kernel.seriesPointer(), steps * COLUMNS * 4);
  return seriesOf(pivots, (i) => pairs[2 * i]! + pairs[2 * i + 1]!);
}
