// The mean engagement of a step, given the user's state and the slate: what the choice and the engagement's noise have to
// do with it is integrated out (src/worlds/longTermSatisfaction/ltsUser.ts says the same).
import { choiceWeight, educativeness } from "./choose";
import { HALF } from "./constants";
import { ESTIMATE, SATISFACTION, WEIGHT } from "./layout";
import { exp } from "./numeric";
import { logMean, logStddev } from "./respond";
import { slotRow } from "./slate";
import { ended } from "./users";
import { add, madd, mul, select, spread } from "./vector";
import { CHOOSE_FIRST, NO_CLICK_WEIGHT, choiceModel, slateSize } from "./world";

/** Mean of the log-normal: e^(µ + σ²/2). */
export function meanEngagement(k: v128, satisfaction: v128, i: usize): v128 {
  const stddev = logStddev(k, i);
  return exp(madd(mul(stddev, spread(HALF)), stddev, logMean(k, satisfaction, i)));
}

/** Adds the step's mean to every user's sum; before `respond`, as the state must be the one that the slate met. */
export function expect(users: i32, step: i32, mayEnd: bool): void {
  const slots = choiceModel == CHOOSE_FIRST ? 1 : slateSize;
  for (let i: usize = 0; i < (<usize>users) << 3; i += 16) {
    const satisfaction = v128.load(i, SATISFACTION);
    let weights = f64x2.splat(0);
    let weighted = f64x2.splat(0);
    for (let s = 0; s < slots; s++) {
      const weight = choiceWeight(slotRow(s), i);
      weights = add(weights, weight);
      weighted = madd(weight, meanEngagement(educativeness(slotRow(s), i), satisfaction, i), weighted);
    }
    const mean = f64x2.div(weighted, add(weights, spread(NO_CLICK_WEIGHT)));
    const before = v128.load(i, ESTIMATE);
    const after = madd(mean, spread(WEIGHT), before);
    v128.store(i, mayEnd ? select(before, after, ended(i, step)) : after, ESTIMATE);
  }
}
