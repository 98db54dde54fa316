import { isArray } from "../check/lists.js";
import { expectedMistake, objectMistake } from "../check/mistakes.js";
import type { UserRange } from "../statistics/blocks.js";
import type { Estimator } from "../statistics/estimator.js";
import type { StudyChunk } from "./study.js";
import type { StudyBlock } from "./studyBlock.js";

/** Identity of a study: two studies with equal identities have the same blocks. */
export interface StudyIdentity {
  readonly streamVersion: number;
  readonly seed: string;
  readonly steps: number;
  readonly firstUser: number;
  readonly estimator: Estimator;
  /** Present if rewards are discounted, steps are left out, or there are metrics of the caller's. */
  readonly discount?: number;
  readonly warmUp?: number;
  /** Name, kind and series of each metric of the caller and of a custom world; what its functions compute is not known. */
  readonly metrics?: readonly string[];
  /** Each policy's name, and its world's name and hash. The name alone identifies a policy in TypeScript. */
  readonly variants: readonly {
    readonly policy: string;
    /** Hash of the plan of an optimal policy. */
    readonly plan?: string;
    readonly scenario: string;
    readonly world: string;
  }[];
}

/** Keeps finished blocks, so that studies can resume from them. */
export interface BlockStore {
  /**
   * Opens the blocks of a study; called before all else, for each study anew. Throws `InvalidInput`, and changes nothing, when
   * what is there belongs to another study.
   */
  open(identity: StudyIdentity): StoredStudy | Promise<StoredStudy>;
  /**
   * There if the store keeps a part only, of which no result can be made: called in the place of `open`. What is simulated then
   * ends by throwing `PartIsStored`. Throws `InvalidInput` as `open` does.
   * @internal
   */
  readonly openPart?: ((studies: WholeStudies) => StudiesPart) | undefined;
}

/** All that a command simulates: its studies, one after another. */
export interface WholeStudies {
  readonly identities: readonly StudyIdentity[];
  /** The chunks of all studies in order, numbered from 0 on by every part alike. */
  readonly chunks: readonly Required<StudyChunk>[];
  /** Users of each study; the most beside a precision. */
  readonly users: number;
  /** Whether a precision may end the study before its last chunk. */
  readonly endsEarly: boolean;
}

/** The part of studies that one process simulates. */
export interface StudiesPart {
  readonly chunks: readonly Required<StudyChunk>[];
  /** Keeps the blocks of a chunk; called in the order of the chunks. */
  write(chunk: Required<StudyChunk>, blocks: readonly StudyBlock[]): void;
}

/** Thrown when the part of a store is simulated. */
export class PartIsStored extends Error {
  constructor() {
    super("A part has no result of its own: slatesim/records merges the parts.");
  }
}

/** The finished blocks of one study. */
export interface StoredStudy {
  /** Returns the blocks of a chunk, undefined if they are missing or damaged. */
  read(chunk: UserRange): readonly StudyBlock[] | undefined | Promise<readonly StudyBlock[] | undefined>;
  /** Keeps the blocks of a chunk that was simulated. */
  write(chunk: UserRange, blocks: readonly StudyBlock[]): void | Promise<void>;
  /**
   * Called when the study has ended before that user: blocks from there on are not part of it. Beside a precision, `usersNeeded`
   * estimates how many users it takes.
   */
  close(nextUser: number, usersNeeded?: number): void | Promise<void>;
}

/** Methods that a store must have. */
export const STORE_FUNCTIONS = ["open"] as const satisfies readonly (keyof BlockStore)[];
/** Methods that it may have. */
export const MORE_STORE_FUNCTIONS = ["openPart"] as const satisfies readonly (keyof BlockStore)[];

/** Returns an error unless the value is a store. */
export function storeMistake(store: unknown): string | undefined {
  const noObject = objectMistake("store", store);
  if (noObject !== undefined) return noObject;
  const { openPart } = store as BlockStore;
  return (
    methodMistake("store", store as object, "open") ??
    (openPart === undefined ? undefined : methodMistake("store", store as object, "openPart"))
  );
}

/** Returns an error unless a store's `open` returned the blocks of a study. */
export function storedStudyMistakes(opened: unknown): (string | undefined)[] {
  const field = "result of store.open";
  const noObject = objectMistake(field, opened);
  if (noObject !== undefined) return [noObject];
  return ["read", "write", "close"].map((name) => methodMistake(field, opened as object, name));
}

/** Returns an error unless a store read the blocks of a chunk of `users` users, or undefined. */
export function storedBlocksMistake(found: unknown, users: number): string | undefined {
  const listed = isArray(found) && found.length <= users;
  const blocks = listed ? Array.from(found) : []; // of holes, too
  const legal = listed && blocks.every(isBlock) && countUsers(blocks) === users;
  return legal ? undefined : expectedMistake("result of read", `blocks of ${users} users, or undefined`, found);
}

function isBlock(block: unknown): block is StudyBlock {
  const { users, variants, pairs } = (block ?? {}) as Partial<Record<keyof StudyBlock, unknown>>;
  return typeof users === "number" && isArray(variants) && variants.length > 0 && isArray(pairs);
}

function countUsers(blocks: readonly StudyBlock[]): number {
  return blocks.reduce((sum, block) => sum + block.users, 0);
}

/** Returns an error unless the owner has a method of that name. */
export function methodMistake(field: string, owner: object, name: string): string | undefined {
  const method = (owner as Readonly<Record<string, unknown>>)[name];
  return typeof method === "function" ? undefined : expectedMistake(`${field}.${name}`, "a function", method);
}
