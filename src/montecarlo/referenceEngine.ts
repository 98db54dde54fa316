import type { Policy } from "../policies/policy.js";
import { selectSlate } from "../policies/selectSlate.js";
import { POLICY_STREAM, wordSource } from "../random/address.js";
import type { Key } from "../random/seedKey.js";
import { lives } from "../worlds/longTermSatisfaction/life.js";
import type { LongTermSatisfactionWorld } from "../worlds/longTermSatisfaction/world.js";
import { BlockTally } from "../statistics/blockTally.js";
import { PART_USERS, type BlockEngine } from "../statistics/blocks.js";
import type { Estimator } from "../statistics/estimator.js";
import { UserDigest } from "../statistics/userDigest.js";

/** Lives blocks in plain TypeScript, one user after the other: slow, readable, and the same to the last bit. */
export function referenceEngine(
  world: LongTermSatisfactionWorld,
  policy: Policy,
  key: Key,
  steps: number,
  estimator: Estimator,
): BlockEngine {
  const openLife = lives(world.parameters, key);
  const { slateSize } = world.parameters;
  const liveUser = (user: number, tally: BlockTally): void => {
    const words = wordSource(key, POLICY_STREAM, user);
    const { life, candidates } = openLife(user);
    const digest = new UserDigest(user);
    const sums = tally.openUser();
    for (let step = 0; step < steps; step++) {
      const educativeness = candidates.educativeness(step);
      const slate = selectSlate(policy, educativeness, slateSize, words, step);
      const shown = slate.map((position) => educativeness[position]!);
      if (estimator === "expected") sums.expectedEngagement += life.expectedEngagement(shown);
      const { choice, clicked, engagement } = life.step(shown);
      digest.fold(choice, engagement, life.exposure, life.timeBudget);
      tally.addStep(sums, step, choice, clicked, engagement, life.satisfaction);
    }
    tally.closeUser(sums, life.exposure, life.satisfaction, digest.value);
  };
  let tally = new BlockTally(slateSize, steps, estimator);
  return {
    partUsers: PART_USERS,
    begin: () => {
      tally = new BlockTally(slateSize, steps, estimator);
    },
    live: (firstUser, users) => {
      for (let index = 0; index < users; index++) liveUser(firstUser + index, tally);
    },
    totals: () => tally.totals(),
  };
}
