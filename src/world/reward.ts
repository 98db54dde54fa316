import { InvalidInput } from "../check/invalidInput.js";
import { numberMistake } from "../check/mistakes.js";

/** As far as squares of whole episodes' sums, summed up over any run, are finite numbers. */
const MAX_REWARD = 1e100;

/** A number that a caller's function returned, to be summed up. Throws `InvalidInput` where sums of it would be no numbers. */
export function checkedNumber(field: string, x: number): number {
  if (typeof x === "number" && Math.abs(x) <= MAX_REWARD) return x;
  throw new InvalidInput([numberMistake(field, x, { min: -MAX_REWARD, max: MAX_REWARD })!]);
}

export function checkedReward(reward: number): number {
  return checkedNumber("reward", reward);
}
