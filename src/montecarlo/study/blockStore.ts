import type { Users } from "../blockTotals.js";
import type { Estimator } from "../estimator.js";
import type { StudyBlock } from "./studyBlock.js";

/** Whatever two studies must share so that blocks of the one are blocks of the other. */
export interface StudyIdentity {
  readonly streamVersion: number;
  readonly seed: string;
  readonly steps: number;
  readonly firstUser: number;
  readonly estimator: Estimator;
  /** Each policy's name, and its world's name and hash. A policy in TypeScript is known by its name alone. */
  readonly contenders: readonly { readonly policy: string; readonly scenario: string; readonly world: string }[];
}

/** Where the finished blocks of a study are kept, so that it can go on from them. */
export interface BlockStore {
  /** Before all else. Throws `InvalidInput` when what is there belongs to another study. */
  open(identity: StudyIdentity): void | Promise<void>;
  /** The blocks of a portion, if they are there and whole. */
  read(portion: Users): readonly StudyBlock[] | undefined | Promise<readonly StudyBlock[] | undefined>;
  write(portion: Users, blocks: readonly StudyBlock[]): void | Promise<void>;
  /** The study has ended by itself before that user: what was lived from there on is not part of it. */
  close(nextUser: number): void | Promise<void>;
}

/** All that a store must have. */
export const STORE_FUNCTIONS = ["open", "read", "write", "close"] as const satisfies readonly (keyof BlockStore)[];
