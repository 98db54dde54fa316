import { expectedMistake } from "../../check/mistakes.js";

/** Seed of the batch, user of each environment, and the steps taken in its episode. */
export interface BatchInfo {
  seed: string;
  readonly user: Uint32Array;
  readonly step: Uint32Array;
}

/** Result of a reset: observations of all environments. */
export interface BatchReset<Obs> {
  readonly observation: Obs;
  readonly info: BatchInfo;
}

/** Gymnasium's five values for all environments. The lists are new for each call of `step`; see the observation's type for how long it is valid. */
export interface BatchStep<Obs> {
  observation: Obs;
  /** Under "sameStep", the last observation of the episodes that this step ended, for their environments only. Else null. */
  finalObservation: Obs | null;
  /** Reward of the step. */
  readonly reward: Float64Array;
  /** 1 where the episode is over, else 0. */
  readonly terminated: Uint8Array;
  /** 1 where the episode would go on, but `maxSteps` was reached, else 0. */
  readonly truncated: Uint8Array;
  readonly info: BatchInfo;
}

export function newStep<Obs>(observation: Obs, users: number): BatchStep<Obs> {
  return {
    observation,
    finalObservation: null,
    reward: new Float64Array(users),
    terminated: new Uint8Array(users),
    truncated: new Uint8Array(users),
    info: { seed: "", user: new Uint32Array(users), step: new Uint32Array(users) },
  };
}

/** Returns an error unless `result` is one of a batch of `users` environments. */
export function stepMistake(result: BatchStep<unknown>, users: number): string | undefined {
  return isResult(result, users)
    ? undefined
    : expectedMistake("result", `one that a batch of ${users} users returned`, result);
}

/** Returns whether it is a result; false for a proxy that throws. Takes no callback, because that would be created at every step. */
function isResult(result: BatchStep<unknown>, users: number): boolean {
  try {
    return isWritable(result) && hasRows(result, users);
  } catch {
    return false;
  }
}

function isWritable(result: BatchStep<unknown>): boolean {
  return !Object.isFrozen(result) && !Object.isFrozen(result.info);
}

function hasRows(result: BatchStep<unknown>, users: number): boolean {
  return (
    isRow(result?.reward, Float64Array, users) &&
    isRow(result.terminated, Uint8Array, users) &&
    isRow(result.truncated, Uint8Array, users) &&
    isRow(result.info?.user, Uint32Array, users) &&
    isRow(result.info.step, Uint32Array, users)
  );
}

function isRow(row: ArrayLike<number> | undefined, kind: Function, users: number): boolean {
  return row instanceof kind && row.length === users;
}
