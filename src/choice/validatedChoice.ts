import { isArray } from "../check/lists.js";
import { expectedMistake, numberMistake, type NumberRule } from "../check/mistakes.js";
import { listOnce } from "../check/readOnce.js";
import { refuse } from "../check/refuse.js";
import * as inner from "./multinomialLogit.js";

// The public functions of choice. They validate their arguments, which the functions of `multinomialLogit.ts` trust.

/** Choice probabilities under a multinomial logit, no click last with its own logit. Throws `InvalidInput`. */
export function multinomialLogit(scores: readonly number[], noClickLogit: number): number[] {
  const given = listOnce("scores", scores);
  refuse([...numbersMistakes("scores", given, LOGIT), numberMistake("noClickLogit", noClickLogit, LOGIT)]);
  const nothing = noClickLogit === -Infinity && given.every((score) => score === -Infinity);
  refuse([
    nothing ? expectedMistake("scores", "one that is finite, beside a noClickLogit of -Infinity", given) : undefined,
  ]);
  return inner.multinomialLogit(given, noClickLogit);
}

/** Each weight's share of their sum. Throws `InvalidInput`. */
export function proportions(weights: readonly number[]): number[] {
  const given = listOnce("weights", weights);
  refuse(numbersMistakes("weights", given, WEIGHT));
  return inner.proportions(given);
}

/** The index that a uniform draw in [0, 1) picks. Throws `InvalidInput`. */
export function chooseByInverseCdf(weights: readonly number[], uniform: number): number {
  const given = listOnce("weights", weights);
  refuse([...numbersMistakes("weights", given, WEIGHT), numberMistake("uniform", uniform, UNIFORM)]);
  return inner.chooseByInverseCdf(given, uniform);
}

const LOGIT = { min: -Infinity };
export const WEIGHT = { min: 0 };
const UNIFORM = { min: 0, max: 1, maxExcluded: true };

/** Returns an error for each item of a list that is no such number. */
export function numbersMistakes(field: string, list: unknown, rule: NumberRule): (string | undefined)[] {
  if (!isArray(list)) return [expectedMistake(field, "a list of numbers", list)];
  return Array.from(list, (number, i) => numberMistake(`${field}[${i}]`, number, rule));
}
