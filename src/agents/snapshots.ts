import type { Json } from "../check/json.js";
import { expectedMistake, objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { plainOnce } from "../check/plainOnce.js";
import { MAX_ITEMS, reading } from "../check/readOnce.js";
import { refuse } from "../check/refuse.js";
import { showValue } from "../check/showValue.js";
import { seedMistake } from "../random/seedKey.js";
import { isRecord } from "../spaces/records.js";

/** Header of a snapshot: name and settings of its agent. Agents with another name or other settings refuse the snapshot. */
export interface SnapshotHeader {
  readonly agent: string;
  readonly settings: { readonly [name: string]: Json };
}

/** Rule for one field of a snapshot: its description, and the check. */
export interface FieldRule {
  readonly rule: string;
  readonly holds: (value: unknown) => boolean;
}

const MAX_WORD = 2 ** 32 - 1;

/** Rules that several agents share. */
export const fieldRules = {
  seed: {
    rule: "a seed as text",
    holds: (value: unknown) => typeof value === "string" && seedMistake(value) === undefined,
  },
  word: {
    rule: "an integer in [0, 2^32)",
    holds: (value: unknown) => isCount(value) && value <= MAX_WORD,
  },
  share: {
    rule: "a number in [0, 1]",
    holds: (value: unknown) => typeof value === "number" && value >= 0 && value <= 1,
  },
  list: (length: number): FieldRule => ({
    rule: `a list of ${length}`,
    holds: (value) => Array.isArray(value) && value.length === length,
  }),
  numbers: (length: number): FieldRule => ({
    rule: `a list of ${length} finite numbers`,
    holds: (value) => Array.isArray(value) && value.length === length && value.every(Number.isFinite),
  }),
  /** Whole numbers from 0 on, as many as that. */
  counts: (length: number): FieldRule => ({
    rule: `${length} whole numbers`,
    holds: (value) => Array.isArray(value) && value.length === length && value.every(isCount),
  }),
} as const;

/** Returns the next count: it stays a word however many episodes there are. */
export function next32(count: number): number {
  return Math.min(count + 1, MAX_WORD);
}

export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** Returns header and state as plain data that shares nothing with `state`. */
export function takeSnapshot(header: SnapshotHeader, state: object): Json {
  const snapshot = { agent: header.agent, settings: header.settings, ...state };
  return reading("snapshot", "plain data, also of agents inside", state, () => copyJson(snapshot));
}

/**
 * Returns a copy of the state in a snapshot. Throws `InvalidInput` unless the snapshot has that header and every field obeys its
 * rule.
 */
export function readSnapshot<State>(
  snapshot: Json,
  header: SnapshotHeader,
  rules: { [Field in keyof State]: FieldRule },
): State {
  refuse([objectMistake("snapshot", snapshot)]);
  const given = plainOnce("snapshot", snapshot) as { readonly [field: string]: Json };
  refuse([
    given["agent"] === header.agent
      ? undefined
      : expectedMistake("snapshot.agent", showValue(header.agent), given["agent"]),
  ]);
  const fields = Object.entries<FieldRule>(rules);
  refuse([
    isSameJson(given["settings"], header.settings)
      ? undefined
      : expectedMistake("snapshot.settings", showValue(header.settings), given["settings"]),
    ...unknownFieldMistakes("field of this snapshot", given, ["agent", "settings", ...Object.keys(rules)]),
    ...fields.map(([field, { rule, holds }]) =>
      holds(given[field]) ? undefined : expectedMistake(`snapshot.${field}`, rule, given[field]),
    ),
  ]);
  return Object.fromEntries(fields.map(([field]) => [field, given[field]])) as State;
}

/** Returns a deep copy; typed arrays become lists. Throws for cycles and lists that are too long. */
export function copyJson(value: unknown): Json {
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>);
  if (Array.isArray(value)) {
    if (value.length > MAX_ITEMS) refuse([expectedMistake("snapshot", `lists of at most ${MAX_ITEMS} items`, value)]);
    return value.map(copyJson);
  }
  if (!isRecord(value)) return value as Json;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, copyJson(item)]));
}

/** Returns whether two values are deeply equal, to the last bit of their numbers. */
export function isSameJson(one: unknown, other: unknown): boolean {
  if (!isObject(one) || !isObject(other)) return Object.is(one, other);
  const names = Object.keys(one);
  if (Array.isArray(one) !== Array.isArray(other) || names.length !== Object.keys(other).length) return false;
  return names.every((name) => Object.hasOwn(other, name) && isSameJson(one[name], other[name]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** Restores several agents, or none of them: if one refuses its snapshot, those before it are rolled back. */
export function restoreAll(
  agents: readonly { snapshot(): Json; restore(snapshot: Json): void }[],
  snapshots: readonly Json[],
): void {
  const before = agents.map((agent) => agent.snapshot());
  agents.forEach((agent, i) => {
    try {
      agent.restore(snapshots[i]!);
    } catch (error) {
      for (let back = 0; back < i; back++) agents[back]!.restore(before[back]!);
      throw error;
    }
  });
}
