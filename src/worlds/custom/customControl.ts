import { isArray } from "../../check/lists.js";
import { expectedMistake, numberMistake, objectMistake } from "../../check/mistakes.js";
import { refuse } from "../../check/refuse.js";
import type { ControlVariates } from "../../world/controlVariates.js";
import type { SimulatedUser } from "../../world/simulatedUser.js";
import type { WorldTypes } from "../../world/worldTypes.js";
import type { ControlModel } from "./definition.js";

/** Most features, and most terms. */
const MAX_NUMBERS = 64;

/** Control variates by the functions of a definition. What these return is validated. */
export function customControl<T extends WorldTypes>(model: ControlModel<unknown, T["document"]>): ControlVariates<T> {
  const { numTerms = 0 } = model;
  const initialMeans = Object.freeze([...model.initialMeans]);
  const numFeatures = initialMeans.length;
  return {
    numFeatures,
    numTerms,
    initialMeans,
    writeFeatures: ({ state }: SimulatedUser<T>, row, at) => {
      write("features", model.features(state), numFeatures, row, at);
    },
    writeNextMeans: ({ state, time }, slate, row, at) => {
      write("nextFeatures", model.nextFeatures(state, slate, time), numFeatures, row, at);
    },
    writeTerms: ({ state, time }, candidates, slate, row, at) => {
      write("terms", model.terms!(state, candidates, slate, time), numTerms, row, at);
    },
  };
}

function write(name: string, numbers: readonly number[], count: number, row: Float64Array, at: number): void {
  const isList = isArray(numbers) && numbers.length === count;
  if (!isList) refuse([expectedMistake(`controlVariates.${name}`, `a list of ${count} numbers`, numbers)]);
  for (let i = 0; i < count; i++) {
    const number = numbers[i];
    if (!Number.isFinite(number)) refuse([numberMistake(`controlVariates.${name}[${i}]`, number, {})]);
    row[at + i] = number!;
  }
}

/** Returns the errors in a definition's control variates. */
export function controlMistakes(model: unknown, hasExpectedReward: boolean): (string | undefined)[] {
  const noObject = objectMistake("controlVariates", model);
  if (noObject !== undefined) return [noObject];
  const { initialMeans, numTerms = 0, terms } = model as ControlModel<unknown, unknown>;
  const count = { min: 0, max: MAX_NUMBERS, integer: true };
  return [
    hasExpectedReward ? undefined : '"controlVariates" expected users.expectedReward beside it',
    ...initialMistakes(initialMeans),
    numberMistake("controlVariates.numTerms", numTerms, count),
    numTerms === 0 || terms !== undefined
      ? undefined
      : expectedMistake("controlVariates.terms", `a function that returns ${numTerms} numbers`, terms),
  ];
}

function initialMistakes(means: readonly unknown[]): (string | undefined)[] {
  if (!isArray(means) || means.length === 0 || means.length > MAX_NUMBERS) {
    return [expectedMistake("controlVariates.initialMeans", `a list of 1 to ${MAX_NUMBERS} numbers`, means)];
  }
  return means.map((mean, i) => numberMistake(`controlVariates.initialMeans[${i}]`, mean, {}));
}
