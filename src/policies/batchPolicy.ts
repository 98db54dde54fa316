import { escapeControls } from "../check/escapeControls.js";
import { InvalidInput, isInvalidInput } from "../check/invalidInput.js";
import { reasonOf } from "../check/reasonOf.js";
import type { SlateCheck } from "../spaces/slateCheck.js";
import type { LtsBatchObservation } from "../worlds/longTermSatisfaction/kernel/kernelBatch.js";
import { POLICY_STREAM, wordSource } from "../random/address.js";
import { Draws } from "../random/draws.js";
import type { Key } from "../random/seedKey.js";

/** What a batch policy is shown: users at the same step of their lives, each in a lane. To be read only. */
export interface BatchView<Seen = LtsBatchObservation> {
  /** The number of each lane's user; as many as there are lanes. */
  readonly user: Uint32Array;
  /** Steps lived so far. */
  readonly step: number;
  /** As `makeBatchEnv` shows it. */
  readonly observation: Seen;
  /** A lane's own draws for this step: the same whatever other lanes there are. */
  draws(lane: number): Draws;
}

/**
 * A policy in TypeScript that fills the slates of many users at once. Which users come together is not said: who looks at
 * each lane alone, and remembers nothing, gives every user the same life in all runs.
 */
export interface BatchPolicy<Seen = LtsBatchObservation> {
  /** How reports call it. */
  readonly name: string;
  /** Writes the positions of every slot, [lane][slot]; they come in as -1. */
  fillSlates(view: BatchView<Seen>, slates: Int32Array): void;
}

/** The view of those users. */
export function batchView<Seen>(user: Uint32Array, step: number, observation: Seen, key: Key): BatchView<Seen> {
  return {
    user,
    step,
    observation,
    draws: (lane) => new Draws(wordSource(key, POLICY_STREAM, user[lane]!), step),
  };
}

/** Has a policy fill the slates, and looks them over. Throws for a policy that throws or leaves illegal slates. */
export function fillSlates<Seen>(
  policy: BatchPolicy<Seen>,
  view: BatchView<Seen>,
  slates: Int32Array,
  check: SlateCheck,
): void {
  const { user, step } = view;
  slates.fill(-1);
  callPolicy(policy.name, step, `users ${user[0]} to ${user.at(-1)}`, () => policy.fillSlates(view, slates));
  const none = new Uint8Array(user.length);
  if (check.firstBroken(slates, none) < 0) return;
  const mistakes = check.mistakes(slates, none, (lane) => `user ${user[lane]}`);
  throw new InvalidInput(mistakes.map((mistake) => `policy "${policy.name}" at step ${step}: ${mistake}`));
}

/** Calls a policy of the caller's own: when it throws, the error says where in the run that was. */
export function callPolicy<Result>(name: string, step: number, whom: string, call: () => Result): Result {
  try {
    return call();
  } catch (error) {
    throw failureOf(`policy "${name}"`, step, whom, error);
  }
}

/** What somebody's own code threw, and where in the run. */
export function failureOf(whose: string, step: number, whom: string, error: unknown): Error {
  const told = isInvalidInput(error) ? error.message : escapeControls(reasonOf(error)); // its lines are our own
  return new Error(`${escapeControls(whose)} failed at step ${step} for ${whom}: ${told}`, { cause: error });
}
