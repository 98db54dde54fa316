import { isArray } from "../check/lists.js";
import { expectedMistake, objectMistake } from "../check/mistakes.js";
import type { UserRange } from "../statistics/blocks.js";
import type { Estimator } from "../statistics/estimator.js";
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
}

/** The finished blocks of one study. */
export interface StoredStudy {
  /** Returns the blocks of a chunk, undefined if they are missing or damaged. */
  read(chunk: UserRange): readonly StudyBlock[] | undefined | Promise<readonly StudyBlock[] | undefined>;
  /** Keeps the blocks of a chunk that was simulated. */
  write(chunk: UserRange, blocks: readonly StudyBlock[]): void | Promise<void>;
  /** Called when the study has ended before that user: blocks from there on are not part of it. */
  close(nextUser: number): void | Promise<void>;
}

/** Methods that a store must have. */
export const STORE_FUNCTIONS = ["open"] as const satisfies readonly (keyof BlockStore)[];

/** Returns an error unless the value is a store. */
export function storeMistake(store: unknown): string | undefined {
  const noObject = objectMistake("store", store);
  if (noObject !== undefined) return noObject;
  return methodMistake("store", store as object, "open");
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

function methodMistake(field: string, owner: object, name: string): string | undefined {
  const method = (owner as Readonly<Record<string, unknown>>)[name];
  return typeof method === "function" ? undefined : expectedMistake(`${field}.${name}`, "a function", method);
}
