import { InvalidInput } from "../check/invalidInput.js";
import { numberMistake } from "../check/mistakes.js";

/** Maximal size of a reward, for which squares of sums over episodes, summed over any run, are finite. */
const MAX_REWARD = 1e100;

/** Checks a number from user code that is to be summed. Throws `InvalidInput` if sums of it could be infinite or NaN. */
export function checkedNumber(field: string, x: number): number {
  if (typeof x === "number" && Math.abs(x) <= MAX_REWARD) return x;
  throw new InvalidInput([numberMistake(field, x, { min: -MAX_REWARD, max: MAX_REWARD })!]);
}

export function checkedReward(reward: number): number {
  return checkedNumber("reward", reward);
}
