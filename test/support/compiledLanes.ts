// What each environment of a batch of a compiled world shows, read out of its rows.
import { expect } from "vitest";
import type { BatchRecord, CompiledBatchObservation } from "../../src/worlds/compiled/batchObservation.js";

/** An environment's observation, as a single environment shows it. */
export interface CompiledLane {
  readonly user: object;
  readonly doc: readonly object[];
  readonly response: readonly object[] | null;
}

/** Reads every environment; the responses of one that has just begun must be 0. */
export function compiledLanes({ user, doc, response, begun }: CompiledBatchObservation): CompiledLane[] {
  return Array.from(begun, (hasBegun, lane) => {
    const responses = response.map((record) => recordAt(record, lane));
    if (hasBegun === 1) expect(responses.flatMap(numbersOf).filter((number) => number !== 0)).toEqual([]);
    return {
      user: recordAt(user, lane),
      doc: doc.map((record) => recordAt(record, lane)),
      response: hasBegun === 1 ? null : responses,
    };
  });
}

function recordAt(record: BatchRecord, lane: number): object {
  const fields = Object.entries(record).map(([name, rows]) => {
    return [name, rows instanceof Float64Array ? rows[lane]! : rows.map((row) => row[lane]!)];
  });
  return Object.fromEntries(fields) as object;
}

function numbersOf(record: object): number[] {
  return Object.values(record).flat() as number[];
}
