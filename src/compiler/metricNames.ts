import type { RecordType } from "./program.js";

/** A metric of a world file, and whether it has a series. */
export interface NamedMetric {
  readonly name: string;
  readonly series: boolean;
}

/** Returns the metrics of a record, one for each number in it; those in a vector have no series. */
export function metricNames(record: RecordType | undefined): NamedMetric[] {
  return (record?.fields ?? []).flatMap(({ name, type, length }): NamedMetric[] => {
    if (type !== "vector") return [{ name, series: true }];
    return Array.from({ length }, (_, i) => ({ name: `${name}${i}`, series: false }));
  });
}
