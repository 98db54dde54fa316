import { expectedMistake } from "../../check/mistakes.js";

/** Where each lane stands: its user, and the steps taken in its episode. */
export interface BatchInfo {
  seed: string;
  readonly user: Uint32Array;
  readonly step: Uint32Array;
}

/** What a reset shows of all lanes. */
export interface BatchReset<Obs> {
  readonly observation: Obs;
  readonly info: BatchInfo;
}

/** Gymnasium's five values of all lanes. The lists are the caller's own; for how long the observation holds, see its type. */
export interface BatchStep<Obs> {
  observation: Obs;
  /** Under "sameStep", what was seen at the end of the episodes that this step ended: of the ended lanes alone. Else null. */
  finalObservation: Obs | null;
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

/** Why that is no result of a batch of so many lanes, if it is none. */
export function stepMistake(result: BatchStep<unknown>, users: number): string | undefined {
  return isResult(result, users)
    ? undefined
    : expectedMistake("result", `one that a batch of ${users} users returned`, result);
}

/** Not of a proxy that throws. Without a function to call back, as that would be made anew at every step. */
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
