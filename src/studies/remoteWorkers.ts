import type { UserRange } from "../statistics/blocks.js";
import type { ChunkSimulator, Study } from "./study.js";

/** Workers in other processes, which simulate in the place of threads: the option `workers` takes them. `openQueue` of `slatesim/bullmq` makes one. */
export interface RemoteWorkers {
  /** @internal */
  openSimulator(studies: readonly Study[], users: UserRange, signal: AbortSignal): Promise<ChunkSimulator>;
}

export function isRemoteWorkers(value: unknown): value is RemoteWorkers {
  try {
    return typeof (value as Partial<RemoteWorkers> | null | undefined)?.openSimulator === "function";
  } catch {
    return false; // a proxy that throws
  }
}
