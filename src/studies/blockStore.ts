import { isArray } from "../check/lists.js";
import { expectedMistake, objectMistake } from "../check/mistakes.js";
import type { UserRange } from "../statistics/blocks.js";
import type { Estimator } from "../statistics/estimator.js";
import type { StudyBlock } from "./studyBlock.js";

/** Whatever two studies must share so that blocks of the one are blocks of the other. */
export interface StudyIdentity {
  readonly streamVersion: number;
  readonly seed: string;
  readonly steps: number;
  readonly firstUser: number;
  readonly estimator: Estimator;
  /** Left out where rewards are not discounted, no steps are left out, or no metrics are the caller's own. */
  readonly discount?: number;
  readonly warmUp?: number;
  /** Names of the caller's metrics: functions are known by their names alone. */
  readonly metrics?: readonly string[];
  /** Each policy's name, and its world's name and hash. A policy in TypeScript is known by its name alone. */
  readonly variants: readonly { readonly policy: string; readonly scenario: string; readonly world: string }[];
}

/** Where finished blocks are kept, so that studies can resume from them. */
export interface BlockStore {
  /**
   * Before all else, and for each study anew: what it returns serves that study alone. Throws `InvalidInput`, and changes nothing, when
   * what is there belongs to another study.
   */
  open(identity: StudyIdentity): StoredStudy | Promise<StoredStudy>;
}

/** The finished blocks of one study. */
export interface StoredStudy {
  /** The blocks of a chunk, if they are there and whole. */
  read(chunk: UserRange): readonly StudyBlock[] | undefined | Promise<readonly StudyBlock[] | undefined>;
  /** Keeps the blocks of a chunk that was simulated. */
  write(chunk: UserRange, blocks: readonly StudyBlock[]): void | Promise<void>;
  /** The study has ended by itself before that user: what was simulated from there on is not part of it. */
  close(nextUser: number): void | Promise<void>;
}

/** All that a store must have. */
export const STORE_FUNCTIONS = ["open"] as const satisfies readonly (keyof BlockStore)[];

/** What is wrong with what a caller calls a store. */
export function storeMistake(store: unknown): string | undefined {
  const noObject = objectMistake("store", store);
  if (noObject !== undefined) return noObject;
  return methodMistake("store", store as object, "open");
}

/** What is wrong with what a store has opened. */
export function storedStudyMistakes(opened: unknown): (string | undefined)[] {
  const field = "what store.open returns";
  const noObject = objectMistake(field, opened);
  if (noObject !== undefined) return [noObject];
  return ["read", "write", "close"].map((name) => methodMistake(field, opened as object, name));
}

/** What is wrong with what a store has read of a chunk of so many users. */
export function storedBlocksMistake(found: unknown, users: number): string | undefined {
  const listed = isArray(found) && found.length <= users;
  const blocks = listed ? Array.from(found) : []; // of holes, too
  const legal = listed && blocks.every(isBlock) && countUsers(blocks) === users;
  return legal ? undefined : expectedMistake("what the store reads", `blocks of ${users} users, or undefined`, found);
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
