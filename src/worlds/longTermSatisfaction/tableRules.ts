import type { NumberRule } from "../../check/mistakes.js";
import {
  NUMERIC_PARAMETERS,
  USER_PARAMETERS,
  type CorpusDocument,
  type UserColumns,
  type UserParameter,
} from "./parameters.js";
import { MAX_ROWS } from "./userTable.js";

/** What a table of numbers in a file has. */
export interface TableRules<Content, Name extends string = string> {
  /** What a column is, for errors. */
  readonly kind: string;
  /** The columns that there may be, with the ranges of their numbers. */
  readonly columns: Readonly<Record<Name, NumberRule>>;
  /** The columns that must be there; without any, some columns must. */
  readonly required: readonly Name[];
  readonly maxRows: number;
  /** Returns what columns without errors stand for. */
  contentOf(columns: Readonly<Partial<Record<Name, Float64Array>>>): Content;
}

/** The parameters of users: some of `USER_PARAMETERS`. */
export const USER_RULES: TableRules<UserColumns, UserParameter> = {
  kind: "parameter of a user",
  columns: Object.fromEntries(
    USER_PARAMETERS.map((name): [string, NumberRule] => [name, NUMERIC_PARAMETERS[name]]),
  ) as Record<UserParameter, NumberRule>,
  required: [],
  maxRows: MAX_ROWS,
  contentOf: (columns) => ({ columns }),
};

/** A corpus: the world that takes it knows how many clusters there are. */
export const DOCUMENT_RULES: TableRules<readonly CorpusDocument[], keyof CorpusDocument> = {
  kind: "field of a document",
  columns: {
    educativeness: { min: 0, max: 1 },
    clusterId: { min: 0, max: NUMERIC_PARAMETERS.numClusters.max! - 1, integer: true },
  },
  required: ["educativeness", "clusterId"],
  maxRows: NUMERIC_PARAMETERS.numCandidates.max!,
  contentOf: ({ educativeness, clusterId }) =>
    Array.from(educativeness!, (each, row) => ({ educativeness: each, clusterId: clusterId![row]! })),
};
