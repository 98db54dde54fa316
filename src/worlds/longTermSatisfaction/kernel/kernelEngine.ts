import { doubles, enterWorld } from "./enterWorld.js";
import type { Policy } from "../../../policies/policy.js";
import type { Key } from "../../../random/seedKey.js";
import type { LongTermSatisfactionWorld } from "../world.js";
import type { KernelExports } from "./kernelExports.js";
import { loadKernel } from "../../../wasm/loadKernel.js";
import { addValue, noValues, seriesOf } from "../../../statistics/blockTally.js";
import { PART_USERS, SERIES_COLUMNS, type BlockEngine, type BlockTotals, type ValueSums } from "../../../statistics/blocks.js";
import type { Estimator } from "../../../statistics/estimator.js";
import { prepareRollout } from "./prepareRollout.js";

/** Lives blocks in WebAssembly. */
export async function kernelEngine(
  world: LongTermSatisfactionWorld,
  policy: Policy,
  key: Key,
  steps: number,
  estimator: Estimator,
): Promise<BlockEngine> {
  const kernel = await loadKernel();
  enterWorld(kernel, world, key);
  prepareRollout(kernel, world, key, policy, steps, estimator);
  let usersLived = 0;
  return {
    partUsers: PART_USERS,
    begin: () => {
      kernel.beginBlock();
      usersLived = 0;
    },
    live: (firstUser, users) => {
      kernel.rollout(firstUser, users);
      usersLived += users;
    },
    totals: () => {
      const totals = readTotals(kernel, world.parameters.slateSize, steps, usersLived);
      return estimator === "sampled" ? totals : withExpected(totals);
    },
  };
}

/** Copies what kernel/tally.ts left; the next block overwrites it. */
function readTotals(kernel: KernelExports, slateSize: number, steps: number, users: number): BlockTotals {
  const totals = doubles(kernel, kernel.totalsPointer(), 25);
  const [count, clickingUsers, sumOfSquaredCounts, sumOfSquaredSums, sumOfProducts] = totals.subarray(
    20,
  ) as unknown as [number, number, number, number, number];
  const clicks = { clickingUsers, sumOfSquaredCounts, sumOfSquaredSums, sumOfProducts };
  return {
    totalEngagement: valueSums(totals, 0, users),
    sampledEngagement: null,
    finalSatisfaction: valueSums(totals, 5, users),
    finalExposure: valueSums(totals, 10, users),
    clicks: { ...valueSums(totals, 15, count), ...clicks },
    returns: doubles(kernel, kernel.returnsPointer(), users).slice(),
    past: doubles(kernel, kernel.pastTotalsPointer(), slateSize).slice(),
    series: readSeries(kernel, steps),
    digest: new BigUint64Array(kernel.memory.buffer, kernel.digestTotalPointer(), 1)[0]!,
  };
}

/** The kernel sums what was drawn. */
function withExpected(totals: BlockTotals): BlockTotals {
  const totalEngagement = noValues();
  for (const expected of totals.returns) addValue(totalEngagement, expected);
  return { ...totals, totalEngagement, sampledEngagement: totals.totalEngagement };
}

function valueSums(totals: Float64Array, at: number, count: number): ValueSums {
  const [pivot, sum, sumOfSquares, min, max] = totals.subarray(at) as unknown as [
    number,
    number,
    number,
    number,
    number,
  ];
  return { count, pivot, sum, sumOfSquares, min, max };
}

/** Every sum is the even users' plus the odd users'. */
function readSeries(kernel: KernelExports, steps: number): Float64Array {
  const pivots = doubles(kernel, kernel.seriesPivotsPointer(), steps * SERIES_COLUMNS);
  const pairs = doubles(kernel, kernel.seriesPointer(), steps * SERIES_COLUMNS * 4);
  return seriesOf(pivots, (i) => pairs[2 * i]! + pairs[2 * i + 1]!);
}
