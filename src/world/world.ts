import { expectedMistake } from "../check/mistakes.js";
import type { Key } from "../random/seedKey.js";
import type { Space } from "../spaces/space.js";
import type { ActiveUser, EpisodeWorld } from "./episode.js";
import type { ControlVariates } from "./controlVariates.js";
import type { DocumentFields } from "./documentOrder.js";
import type { KernelProgram } from "./kernelProgram.js";
import type { MetricTable } from "./metrics.js";
import type { OpenWorld } from "./openWorld.js";
import type { RunPolicy } from "./policy.js";
import type { ScalarStateModel } from "./scalarState.js";
import type { WorldTypes } from "./worldTypes.js";

/**
 * A world: documents, users who choose from slates of them, and what is observed of both. It is validated, frozen and known by
 * its hash: two with equal hashes are the same world.
 */
export interface World<T extends WorldTypes = WorldTypes> extends EpisodeWorld<T> {
  /** The world's name. */
  readonly scenario: string;
  /** 16 hexadecimal digits over all that defines the world; the name of a preset is not in it. */
  readonly hash: string;
  /** All numbers that the world was made from, defaults included. */
  readonly parameters: T["parameters"];
  /** Documents on a slate. */
  readonly slateSize: number;
  /** Steps after which every episode ends; Infinity where the world sets no such end. */
  readonly timeBudget: number;
  /** Observation of a user. */
  readonly userSpace: Space<T["user"]>;
  /** Observation of a document. */
  readonly documentSpace: Space<T["doc"]>;
  /** Response of a user to one document of a slate. */
  readonly responseSpace: Space<T["response"]>;
  /** Name of the reward, as in "engagement", if the world has one. */
  readonly rewardName?: string;
  /** The unit of the reward, as in "s". */
  readonly rewardUnit?: string;
  /** The metrics that every run in this world reports. */
  readonly metrics: MetricTable<T>;
  /** Whether the world is a custom one, of the caller's code; all others their name and parameters make again. */
  readonly userDefined: boolean;
  /** Whether users know the expectation of their next reward, which the estimator "expected" needs. */
  readonly hasExpectedReward: boolean;
  /**
   * Control variates of the world under a policy, which the estimator "controlled" needs; absent where the world has none.
   * @internal
   */
  controlVariates?(policy: RunPolicy): ControlVariates<T>;
  /** Number by which the policies most-educational, least-educational and mix(m) rank documents; absent if the world has none. */
  rank?(document: T["document"]): number;
  /** Whether choices go by a score that the user gives each document, which the policy greedy needs; they may go by the slot alone. */
  readonly hasScores: boolean;
  /**
   * Fields by which the policies greedy(field) and mix(m, field) rank documents.
   * @internal
   */
  readonly documentFields: DocumentFields<T["document"]>;
  /**
   * The model of a world that `solve` can solve, or the error that says why it cannot. Absent from worlds of another kind.
   * @internal
   */
  scalarState?(): ScalarStateModel | string;
  /**
   * What batch policies observe of those users, each at the same step. Default: a list of what their environments show.
   * @internal
   */
  observeBatch?(users: readonly ActiveUser<T>[]): T["batch"];
  /**
   * Opens the world under a seed's key; what all users share is made once.
   * @internal
   */
  open(key: Key): OpenWorld<T>;
  /**
   * A kernel that simulates the same episodes, bit for bit, if there is one.
   * @internal
   */
  readonly kernel?: KernelProgram<T>;
}

/** Worlds that slatesim has validated and frozen: no others are accepted. */
const registered = new WeakSet<object>();

/** Freezes a world and registers it as valid. */
export function register<W extends World>(world: W): W {
  registered.add(Object.freeze(world));
  return world;
}

export function worldMistake(world: unknown): string | undefined {
  const legal = typeof world === "object" && world !== null && registered.has(world);
  return legal
    ? undefined
    : expectedMistake("world", "one of `scenarios`, or one made by `makeWorld` or `defineWorld`", world);
}
