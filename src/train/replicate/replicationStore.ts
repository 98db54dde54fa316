import { objectMistake } from "../../check/mistakes.js";
import { methodMistake } from "../../studies/blockStore.js";
import type { Settings } from "../checkpoint.js";
import type { Replication } from "./replication.js";

/** Keeps the replications of a curve whose parts are run by several processes: `writeShard` and `mergeShards` hand one over. */
export interface ReplicationStore {
  /**
   * Opens the replications of those settings; called before any is run. Throws `InvalidInput`, and changes nothing, if what is there
   * belongs to others.
   */
  openReplications(settings: Settings): ReplicationPart | StoredReplications;
}

/** The replications that one process runs. `replicate` then has no curve, and rejects. */
export interface ReplicationPart {
  /** Their numbers, from 1 on, in order. */
  readonly numbers: readonly number[];
  /** Keeps a replication; called in the order of the numbers, when all are finished. */
  write(replication: Replication): void;
}

/** All replications, of which a curve is made; none is run. */
export interface StoredReplications {
  /** In the order of their numbers. */
  readonly replications: readonly Replication[];
}

/** Returns an error unless the value is a store of replications. */
export function replicationStoreMistake(store: unknown): string | undefined {
  return objectMistake("store", store) ?? methodMistake("store", store as object, "openReplications");
}
