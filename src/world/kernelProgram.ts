import type { Key } from "../random/seedKey.js";
import type { BatchBackend } from "./batchBackend.js";
import type { BlockEngine, EngineOptions } from "./blockEngine.js";
import type { NamedMetrics } from "./metrics.js";
import type { RunPolicy } from "./policy.js";
import type { WorldTypes } from "./worldTypes.js";

/** A WebAssembly kernel that simulates a world's episodes, bit for bit as its TypeScript does. */
export interface KernelProgram<T extends WorldTypes = WorldTypes> {
  /** SHA-256 of the compiled kernel before the section that holds this, in hexadecimal. */
  readonly sha256: string;
  /** Metrics that are, in a run of one user, the numbers of the user's state after the last step: those of `stateNumbers`. */
  readonly stateMetrics: readonly string[];
  /** Running sums for each number of a series, to which users are added in turn: two where users are summed in pairs. */
  readonly seriesLanes: 1 | 2;
  /** Environments that fit into a gibibyte. */
  readonly maxEnvironments: number;
  /** What keeps this host from running it, as the end of a sentence about the host; undefined if nothing does. */
  obstacle(): Promise<string | undefined>;
  /** The compiled kernel, which threads can share. */
  compile(): Promise<WebAssembly.Module>;
  /** Uses a module that another thread compiled. */
  use(module: WebAssembly.Module): void;
  /** Whether it can simulate a policy, and take metrics beside those that the world declares. */
  supports(policy: RunPolicy<T>, moreMetrics: NamedMetrics): boolean;
  openEngine(policy: RunPolicy<T>, options: EngineOptions): Promise<BlockEngine>;
  /** Opens a batch; undefined where it cannot step these environments. */
  openBatch(key: Key, environments: number): Promise<BatchBackend<T["batch"]> | undefined>;
  /** Opens the same batch in TypeScript, for hosts that cannot run the kernel. */
  openReferenceBatch(key: Key, environments: number): Promise<BatchBackend<T["batch"]> | undefined>;
}
