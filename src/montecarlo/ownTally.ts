import type { UserLife } from "../world/world.js";
import { SERIES_SUMS, type ValueSums } from "../statistics/blocks.js";
import { addValue, noValues } from "../statistics/blockTally.js";
import { UserDigest } from "../statistics/userDigest.js";
import type { LifeTally, Witness } from "../engines/episodeEngine.js";

/** What a block of users of an own world leaves behind. */
export interface OwnBlockTotals {
  readonly totalReward: ValueSums;
  readonly episodeLength: ValueSums;
  /** For each slot, in how many steps the choice went past it. */
  readonly past: readonly number[];
  /** How many users lived each step. */
  readonly lived: readonly number[];
  /** [steps][SERIES_SUMS]: of the reward, over the users who lived the step. */
  readonly series: ArrayLike<number>;
  /** The users' digests added modulo 2^64. */
  readonly digest: bigint;
  /** Total reward of each user, in their order. */
  readonly returns: Float64Array;
}

/** Adds up a block of users of an own world, in their order. */
export class OwnTally implements LifeTally<OwnBlockTotals> {
  private readonly slateSize: number;
  private readonly steps: number;
  private block: Block;

  constructor(slateSize: number, steps: number) {
    this.slateSize = slateSize;
    this.steps = steps;
    this.block = new Block(slateSize, steps);
  }

  begin(): void {
    this.block = new Block(this.slateSize, this.steps);
  }

  open(user: number, life: UserLife): Witness {
    const { block } = this;
    const digest = new UserDigest(user);
    let totalReward = 0;
    let length = 0;
    return {
      foresee: undefined,
      step: (step, slot, reward) => {
        totalReward += reward;
        length += 1;
        digest.foldOwn(slot, reward, life.stateNumbers());
        block.addStep(step, slot, reward);
      },
      close: () => block.addUser(totalReward, length, digest.value),
    };
  }

  totals(): OwnBlockTotals {
    return this.block.totals();
  }
}

class Block {
  private readonly totalReward = noValues();
  private readonly episodeLength = noValues();
  private readonly past: number[];
  private readonly lived: number[];
  private readonly series: Float64Array;
  private readonly returns: number[] = [];
  private digest = 0n;

  constructor(slateSize: number, steps: number) {
    this.past = Array.from({ length: slateSize }, () => 0);
    this.lived = Array.from({ length: steps }, () => 0);
    this.series = new Float64Array(steps * SERIES_SUMS);
  }

  addStep(step: number, slot: number, reward: number): void {
    for (let passed = 0; passed < slot; passed++) this.past[passed]! += 1;
    const at = step * SERIES_SUMS;
    if (this.lived[step] === 0) this.series[at] = reward;
    const difference = reward - this.series[at]!;
    this.lived[step]! += 1;
    this.series[at + 1]! += difference;
    this.series[at + 2]! += difference * difference;
  }

  addUser(totalReward: number, length: number, digest: bigint): void {
    addValue(this.totalReward, totalReward);
    this.returns.push(totalReward);
    addValue(this.episodeLength, length);
    this.digest = BigInt.asUintN(64, this.digest + digest);
  }

  totals(): OwnBlockTotals {
    const { totalReward, episodeLength, past, lived, series, digest } = this;
    return { totalReward, episodeLength, past, lived, series, digest, returns: Float64Array.from(this.returns) };
  }
}
