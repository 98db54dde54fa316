import type { Key } from "../random/seedKey.js";
import type { BatchBackend } from "./batchBackend.js";
import type { BlockEngine, EngineOptions } from "./blockEngine.js";
import type { NamedMetrics } from "./metrics.js";
import type { RunPolicy } from "./policy.js";
import type { WorldTypes } from "./worldTypes.js";

/** A WebAssembly kernel that simulates a world's episodes, bit for bit as its TypeScript does. */
export interface KernelProgram<T extends WorldTypes = WorldTypes> {
  /** SHA-256 of the compiled kernel, in hexadecimal. */
  sha256(): Promise<string>;
  /** Metrics that are, in a run of one user, the numbers of the user's state after the last step: those of `stateNumbers`. */
  readonly stateMetrics: readonly string[];
  /** Environments that fit into a gibibyte. */
  readonly maxEnvironments: number;
  /** The compiled kernel, which threads can share. */
  compile(): Promise<WebAssembly.Module>;
  /** Uses a module that another thread compiled. */
  use(module: WebAssembly.Module): void;
  /** Whether it can simulate a policy, and take metrics beside those that the world declares. */
  supports(policy: RunPolicy<T>, moreMetrics: NamedMetrics): boolean;
  openEngine(policy: RunPolicy<T>, options: EngineOptions): Promise<BlockEngine>;
  /** Opens a batch; undefined where it cannot step these environments. */
  openBatch(key: Key, environments: number): Promise<BatchBackend<T["batch"]> | undefined>;
}
