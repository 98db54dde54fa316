import { escapeControls } from "../check/escapeControls.js";
import { InvalidInput, isInvalidInput } from "../check/invalidInput.js";
import { reasonOf } from "../check/reasonOf.js";
import { POLICY_STREAM, wordSource } from "../random/address.js";
import { Draws } from "../random/draws.js";
import type { Key } from "../random/seedKey.js";
import { isPropensity, propensityMistake } from "../spaces/propensity.js";
import type { SlateCheck } from "../spaces/slateCheck.js";
import type { BatchPolicy, BatchView } from "../world/policy.js";

/** Returns the batch of those users as the policy receives it. */
export function batchView<Observed>(
  user: Uint32Array,
  step: number,
  observation: Observed,
  key: Key,
): BatchView<Observed> {
  return {
    user,
    step,
    observation,
    draws: (index) => new Draws(wordSource(key, POLICY_STREAM, user[index]!), step),
  };
}

/**
 * Calls a batch policy and validates its slates and propensities, which it returns. Throws for a policy that throws, or leaves illegal
 * ones.
 */
export function fillSlates<Observed>(
  policy: BatchPolicy<Observed>,
  view: BatchView<Observed>,
  slates: Int32Array,
  check: SlateCheck,
): Float64Array {
  const { user, step } = view;
  slates.fill(-1);
  const propensities = new Float64Array(user.length).fill(NaN);
  callPolicy(policy.name, step, `users ${user[0]} to ${user.at(-1)}`, () =>
    policy.fillSlates(view, slates, propensities),
  );
  const none = new Uint8Array(user.length);
  const legal = check.firstInvalidSlot(slates, none) < 0;
  const illegal = firstIllegal(propensities);
  if (legal && illegal < 0) return propensities;
  const mistakes = [
    ...(legal ? [] : check.mistakes(slates, none, (index) => `user ${user[index]}`)),
    ...(illegal < 0 ? [] : [propensityMistake(`propensities[user ${user[illegal]}]`, propensities[illegal])]),
  ];
  throw new InvalidInput(mistakes.map((mistake) => `policy "${policy.name}" at step ${step}: ${mistake}`));
}

/** Returns the index of the first illegal propensity; -1 if there is none. A loop, because this runs at every step. */
function firstIllegal(propensities: Float64Array): number {
  for (let index = 0; index < propensities.length; index++) if (!isPropensity(propensities[index])) return index;
  return -1;
}

/** Calls a user-defined policy; an error that it throws is wrapped with policy, step and user. */
export function callPolicy<Result>(name: string, step: number, whom: string, call: () => Result): Result {
  try {
    return call();
  } catch (error) {
    throw failureOf(`policy "${name}"`, step, whom, error);
  }
}

/** Calls functions of a world; an error that they throw is wrapped with world, step and user. */
export function callWorld<Result>(
  { scenario }: { readonly scenario: string },
  step: number,
  user: number,
  call: () => Result,
): Result {
  try {
    return call();
  } catch (error) {
    throw failureOf(`world "${scenario}"`, step, `user ${user}`, error);
  }
}

/** Returns the error of user code, with its place in the run. */
export function failureOf(whose: string, step: number, whom: string, error: unknown): Error {
  const reason = isInvalidInput(error) ? error.message : escapeControls(reasonOf(error)); // its lines are our own
  return new Error(`${escapeControls(whose)} failed at step ${step} for ${whom}: ${reason}`, { cause: error });
}
