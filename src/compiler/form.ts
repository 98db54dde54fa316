import type { FunctionRole, NeededFunction, NeededRecord, RecordRole, ValueType } from "./program.js";

/** Type of a role's parameter: a record by its role, a truth value, or draws. */
type RoleParameter = RecordRole | "bool" | "draws";

export interface RoleForm {
  /** A function may leave out the last ones. */
  readonly parameters: readonly RoleParameter[];
  readonly returns: ValueType | "void";
  /** Index of the record that it fills or changes; it may write to no other. */
  readonly writes?: number;
}

/** The functions of a world, by the names under which a file exports them. */
export const FUNCTION_ROLES: Readonly<Record<FunctionRole, RoleForm>> = {
  sampleDocument: { parameters: ["Document", "draws"], returns: "void", writes: 0 },
  sampleUser: { parameters: ["User", "draws"], returns: "void", writes: 0 },
  score: { parameters: ["User", "Document"], returns: "f64" },
  respond: { parameters: ["User", "Document", "bool", "Response", "draws"], returns: "void", writes: 3 },
  transition: { parameters: ["User", "Document", "Response", "draws"], returns: "void", writes: 0 },
  transitionWithoutClick: { parameters: ["User", "draws"], returns: "void", writes: 0 },
  reward: { parameters: ["Response"], returns: "f64" },
  isTerminal: { parameters: ["User"], returns: "bool" },
  rank: { parameters: ["Document"], returns: "f64" },
  observeUser: { parameters: ["User", "UserObservation", "draws"], returns: "void", writes: 1 },
  observeDocument: { parameters: ["Document", "DocumentObservation"], returns: "void", writes: 1 },
  measure: { parameters: ["User", "Document", "Response", "bool", "Metrics"], returns: "void", writes: 4 },
};

export const NEEDED_FUNCTIONS = [
  "sampleDocument",
  "sampleUser",
  "score",
  "respond",
  "transition",
  "reward",
] as const satisfies readonly NeededFunction[];

export const RECORD_ROLES = [
  "Document",
  "User",
  "Response",
  "Parameters",
  "UserObservation",
  "DocumentObservation",
  "Metrics",
] as const satisfies readonly RecordRole[];

export const NEEDED_RECORDS = ["Document", "User", "Response"] as const satisfies readonly NeededRecord[];

/** Whole numbers that a file exports as constants, with their ranges. */
export const NUMBER_CONSTANTS = {
  slateSize: { min: 1, max: 16_384, needed: true },
  numCandidates: { min: 1, max: 32_768, needed: true },
  timeBudget: { min: 1, max: 65_536, needed: false },
} as const;

/** The module that a world file imports from. */
export const WORLD_MODULE = "slatesim/world";
