import { fileVersionRecord, scalarRecord } from "./eventRecords.js";
import { scalarsOf, type IterationSummary } from "./iteration.js";
import { join } from "./protobuf.js";

export const EVENTS = "events.out.tfevents.0.slatesim";

/** Returns the bytes that an iteration appends to the event file; the first iteration is preceded by the file version. */
export function eventsOf(summary: IterationSummary): Uint8Array {
  const scalars = scalarRecord(summary.totalSteps, scalarsOf(summary, "train"));
  return summary.iteration === 1 ? join([fileVersionRecord(), scalars]) : scalars;
}
