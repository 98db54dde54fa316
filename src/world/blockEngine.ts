import type { Key } from "../random/seedKey.js";
import { splitUsers, type UserRange } from "../statistics/blocks.js";
import type { BlockSums } from "../statistics/blockSums.js";
import type { Estimator } from "../statistics/estimator.js";
import type { MetricLayout } from "../statistics/metricLayout.js";
import type { RewardWeights } from "../statistics/rewardWeights.js";
import type { NamedMetrics } from "./metrics.js";

/** How an engine simulates. */
export interface EngineOptions {
  readonly seed: string;
  readonly key: Key;
  readonly steps: number;
  readonly estimator: Estimator;
  readonly weights: RewardWeights;
  readonly metrics: NamedMetrics;
  readonly layout: MetricLayout;
}

/** Simulates a block of users tile by tile, so that its caller can pause in between. */
export interface BlockEngine {
  /** Maximal number of users of one call of `simulate`. */
  readonly tileUsers: number;
  /** Resets the sums for a new block. */
  begin(): void;
  /** Simulates the next `users` users of the block, from `firstUser` on; all tiles but the last have `tileUsers`. */
  simulate(firstUser: number, users: number): void;
  sums(): BlockSums;
}

/** Simulates a whole block without pause: at most `BLOCK_USERS` users. */
export function simulateBlock(engine: BlockEngine, block: UserRange): BlockSums {
  engine.begin();
  for (const { firstUser, users } of splitUsers(block, engine.tileUsers)) engine.simulate(firstUser, users);
  return engine.sums();
}
