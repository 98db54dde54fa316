import { fileVersionRecord, scalarRecord } from "./eventRecords.js";
import { scalarsOf, type IterationSummary } from "./iteration.js";
import { join } from "./protobuf.js";

export const EVENTS = "events.out.tfevents.0.slatesim";

/** What an iteration adds to the events; the first of a file comes behind its version. */
export function eventsOf(summary: IterationSummary): Uint8Array {
  const scalars = scalarRecord(summary.totalSteps, scalarsOf(summary, "train"));
  return summary.iteration === 1 ? join([fileVersionRecord(), scalars]) : scalars;
}
