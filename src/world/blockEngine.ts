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
  /** Users that it simulates in one go, at most. */
  readonly tileUsers: number;
  /** Forgets the last block. */
  begin(): void;
  /** Simulates the next `users` users of the block, from `firstUser` on; all tiles but the last have `tileUsers`. */
  simulate(firstUser: number, users: number): void;
  sums(): BlockSums;
}

/** A whole block in one go: at most `BLOCK_USERS` users. */
export function simulateBlock(engine: BlockEngine, block: UserRange): BlockSums {
  engine.begin();
  for (const { firstUser, users } of splitUsers(block, engine.tileUsers)) engine.simulate(firstUser, users);
  return engine.sums();
}
