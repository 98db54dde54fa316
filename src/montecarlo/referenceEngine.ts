import type { Policy } from "../policy/policy.js";
import { selectSlate } from "../policy/selectSlate.js";
import { POLICY_STREAM, wordSource } from "../random/address.js";
import type { Key } from "../random/seedKey.js";
import { lives, type Life } from "../scenario/longTermSatisfaction/life.js";
import type { LongTermSatisfactionWorld } from "../scenario/longTermSatisfaction/world.js";
import { SERIES_COLUMNS, type BlockEngine, type BlockTotals, type ClickSums, type ValueSums } from "./blockTotals.js";
import { UserDigest } from "./userDigest.js";

/** Lives blocks in plain TypeScript, one user after the other: slow, readable, and the same to the last bit. */
export function referenceEngine(
  world: LongTermSatisfactionWorld,
  policy: Policy,
  key: Key,
  steps: number,
): BlockEngine {
  const openLife = lives(world.parameters, key);
  const { slateSize } = world.parameters;
  const liveUser = (user: number, block: Block): void => {
    const words = wordSource(key, POLICY_STREAM, user);
    const { life, candidates } = openLife(user);
    block.live(life, new UserDigest(user), () => {
      const educativeness = candidates.educativeness(life.time);
      return selectSlate(policy, educativeness, slateSize, words, life.time).map(
        (position) => educativeness[position]!,
      );
    });
  };
  let block = new Block(slateSize, steps);
  return {
    begin: () => {
      block = new Block(slateSize, steps);
    },
    live: (firstUser, users) => {
      for (let index = 0; index < users; index++) liveUser(firstUser + index, block);
    },
    totals: () => block.totals(),
  };
}

class Block {
  private readonly totalEngagement = noValues();
  private readonly finalSatisfaction = noValues();
  private readonly finalExposure = noValues();
  private readonly clicks: ClickSums = {
    ...noValues(),
    count: 0,
    sumOfSquaredCounts: 0,
    sumOfSquaredSums: 0,
    sumOfProducts: 0,
  };
  private readonly past: number[];
  /** Two running sums of every column: even users, odd users. */
  private readonly series: [Float64Array, Float64Array];
  private digest = 0n;
  private users = 0;
  private readonly steps: number;

  constructor(slateSize: number, steps: number) {
    this.steps = steps;
    this.past = Array.from({ length: slateSize }, () => 0);
    this.series = [new Float64Array(steps * SERIES_COLUMNS), new Float64Array(steps * SERIES_COLUMNS)];
  }

  live(life: Life, digest: UserDigest, showSlate: () => number[]): void {
    const clicked = { count: 0, ...noValues() };
    let totalEngagement = 0;
    for (let step = 0; step < this.steps; step++) {
      const slate = showSlate();
      const { choice, clicked: k, engagement } = life.step(slate);
      totalEngagement += engagement;
      digest.fold(choice, engagement, life.exposure, life.timeBudget);
      if (choice < slate.length) {
        clicked.count += 1;
        addValue(clicked, k);
      }
      for (let slot = 0; slot < choice; slot++) this.past[slot]! += 1;
      this.addSeries(step, engagement, life.satisfaction);
    }
    addValue(this.totalEngagement, totalEngagement);
    addValue(this.finalSatisfaction, life.satisfaction);
    addValue(this.finalExposure, life.exposure);
    this.addClicks(clicked);
    this.digest = BigInt.asUintN(64, this.digest + digest.value);
    this.users += 1;
  }

  totals(): BlockTotals {
    const { totalEngagement, finalSatisfaction, finalExposure, clicks, past, digest } = this;
    const series = this.series[0].map((even, i) => even + this.series[1][i]!);
    return { totalEngagement, finalSatisfaction, finalExposure, clicks, past, series, digest };
  }

  private addSeries(step: number, engagement: number, satisfaction: number): void {
    const sums = this.series[this.users % 2]!;
    const at = step * SERIES_COLUMNS;
    sums[at]! += engagement;
    sums[at + 1]! += engagement * engagement;
    sums[at + 2]! += satisfaction;
    sums[at + 3]! += satisfaction * satisfaction;
  }

  private addClicks({ count, sum, sumOfSquares, min, max }: ValueSums & { count: number }): void {
    this.clicks.count += count;
    this.clicks.sum += sum;
    this.clicks.sumOfSquares += sumOfSquares;
    this.clicks.min = Math.min(this.clicks.min, min);
    this.clicks.max = Math.max(this.clicks.max, max);
    this.clicks.sumOfSquaredCounts += count * count;
    this.clicks.sumOfSquaredSums += sum * sum;
    this.clicks.sumOfProducts += count * sum;
  }
}

function noValues(): ValueSums {
  return { sum: 0, sumOfSquares: 0, min: Number.MAX_VALUE, max: -Number.MAX_VALUE };
}

function addValue(sums: ValueSums, x: number): void {
  sums.sum += x;
  sums.sumOfSquares += x * x;
  sums.min = Math.min(sums.min, x);
  sums.max = Math.max(sums.max, x);
}
