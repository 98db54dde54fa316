import { expectedMistake } from "../check/mistakes.js";
import type { SlateShape } from "./slate.js";

/** Returns the probability of a full slate when all are as likely: (C - K)!/C! for K of C positions, 1/C^K with repeats; NaN where a number cannot hold it. */
export function uniformPropensity({ slateSize, numCandidates, allowRepeats = false }: SlateShape): number {
  let slates = 1;
  for (let slot = 0; slot < slateSize; slot++) slates *= allowRepeats ? numCandidates : numCandidates - slot;
  const propensity = 1 / slates;
  return propensity > 0 ? propensity : NaN;
}

/** Returns an error unless a stated propensity is a probability above 0, or NaN for one that is not known. */
export function propensityMistake(field: string, stated: unknown): string | undefined {
  return isPropensity(stated) ? undefined : expectedMistake(field, "a number in (0, 1], or NaN", stated);
}

export function isPropensity(stated: unknown): boolean {
  return typeof stated === "number" && !(stated <= 0 || stated > 1);
}

/** Returns a propensity as records hold it: null for one that is not known. */
export function recordedPropensity(stated: number): number | null {
  return Number.isNaN(stated) ? null : stated;
}
