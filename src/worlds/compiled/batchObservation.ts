import type { RecordType } from "../../compiler/program.js";
import type { ActiveUser } from "../../world/episode.js";
import type { CompiledProgram, WorldRecord } from "./compiledProgram.js";

/** A record of every environment, by the names of its fields: [index], for a vector [element][index]. Truth values are 1 and 0. */
export type BatchRecord = Readonly<Record<string, Float64Array | readonly Float64Array[]>>;

/** Observation of many users of a compiled world at once: what each environment shows, number by number in rows. */
export interface CompiledBatchObservation {
  readonly user: BatchRecord;
  /** Candidates, by position. */
  readonly doc: readonly BatchRecord[];
  /** Responses to the last slate, by slot; 0 everywhere where an episode has just begun. */
  readonly response: readonly BatchRecord[];
  /** 1 where an episode has just begun, else 0: [index]. */
  readonly begun: Uint8Array;
}

const NOTHING: RecordType = { name: "nothing", fields: [], size: 0 };

/** Returns what those users observe. */
export function observeBatch(
  { records }: CompiledProgram,
  { slateSize, numCandidates }: { readonly slateSize: number; readonly numCandidates: number },
  users: readonly ActiveUser[],
): CompiledBatchObservation {
  const rows = (record: RecordType): Rows => new Rows(record, users.length);
  const user = rows(records.UserObservation ?? NOTHING);
  const doc = Array.from({ length: numCandidates }, () => rows(records.DocumentObservation ?? records.Document));
  const response = Array.from({ length: slateSize }, () => rows(records.Response));
  const begun = new Uint8Array(users.length);
  users.forEach(({ episode, responses }, index) => {
    const observed = episode.observe(null) as { readonly user: WorldRecord; readonly doc: readonly WorldRecord[] };
    user.write(index, observed.user);
    doc.forEach((each, position) => each.write(index, observed.doc[position]!));
    begun[index] = responses === null ? 1 : 0;
    (responses ?? []).forEach((each, slot) => response[slot]!.write(index, each as WorldRecord));
  });
  return { user: user.fields, doc: doc.map(fieldsOf), response: response.map(fieldsOf), begun };
}

function fieldsOf({ fields }: Rows): BatchRecord {
  return fields;
}

/** The rows of one record. */
class Rows {
  readonly fields: BatchRecord;

  constructor({ fields }: RecordType, users: number) {
    const made = fields.map(({ name, type, length }) => {
      if (type !== "vector") return [name, new Float64Array(users)] as const;
      return [name, Array.from({ length }, () => new Float64Array(users))] as const;
    });
    this.fields = Object.fromEntries(made);
  }

  write(index: number, record: WorldRecord): void {
    for (const [name, row] of Object.entries(this.fields)) {
      const value = record[name]!;
      if (row instanceof Float64Array) row[index] = Number(value);
      else row.forEach((each, element) => (each[index] = (value as readonly number[])[element]!));
    }
  }
}
