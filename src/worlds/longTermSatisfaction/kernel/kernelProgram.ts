import { refuse } from "../../../check/refuse.js";
import { streamVersion } from "../../../random/streamVersion.js";
import { kernelMistake } from "../../../wasm/kernelMistake.js";
import { CompiledKernel } from "../../../wasm/compiledKernel.js";
import { isAgentPolicy, isBatchPolicy } from "../../../world/policy.js";
import type { KernelProgram } from "../../../world/kernelProgram.js";
import { episodesDiffer } from "../plainParameters.js";
import type { Parameters } from "../parameters.js";
import type { LongTermSatisfactionWorld, LtsTypes } from "../types.js";
import type { KernelExports } from "./kernelExports.js";
import { kernelSha256 } from "./kernelSha256.js";

/** Compiled once for all worlds of this kind. */
const compiled = new CompiledKernel<KernelExports>(async () => (await import("./bytes.js")).kernelHex);

/**
 * Runs the worlds of this package by a kernel that the host compiled from `slatesim/kernel.wasm`, for hosts that do not compile bytes, such as
 * workerd, or a page whose Content-Security-Policy forbids it. To be called before the first run. Throws `InvalidInput` for a
 * module that is not the kernel of this version of the package.
 */
export function useKernel(module: WebAssembly.Module): void {
  refuse([kernelMistake("module", module, { streamVersion, sha256: kernelSha256 })]);
  compiled.use(module);
}

/** Maximal memory of a batch: nine bytes for each candidate and four for each slot of an environment. */
const MAX_BYTES = 2 ** 30;

/** The kernel as the world brings it. What needs it is loaded when it is asked for: `worldOf` gives the world, once it is made. */
export function kernelProgram(
  worldOf: () => LongTermSatisfactionWorld<Parameters>,
): KernelProgram<LtsTypes<Parameters>> {
  /** Users of a batch take their steps together: it wants episodes of the same length. */
  const isInStep = (): boolean => !episodesDiffer(worldOf().parameters);
  return {
    sha256: kernelSha256,
    stateMetrics: ["finalExposure"],
    seriesLanes: 2,
    get maxEnvironments() {
      const { numCandidates, slateSize } = worldOf();
      return Math.floor(MAX_BYTES / (9 * numCandidates + 4 * slateSize + 64));
    },
    obstacle: () => compiled.obstacle(),
    compile: () => compiled.compile(),
    use: (module) => compiled.use(module),
    /** Metrics of the caller's need the response of every step; the kernel ranks by educativeness alone. */
    supports: (policy, moreMetrics) => {
      if (isAgentPolicy(policy) || moreMetrics.length > 0) return false;
      return isBatchPolicy(policy) ? isInStep() : policy.by === undefined;
    },
    async openEngine(policy, options) {
      if (isBatchPolicy(policy)) {
        const { batchEngine } = await import("./batchEngine.js");
        return batchEngine(await instantiate(), worldOf(), policy, options);
      }
      if (isAgentPolicy(policy)) throw new Error("the kernel has no agents"); // `supports` returns false
      const { kernelEngine } = await import("./kernelEngine.js");
      return kernelEngine(await instantiate(), worldOf(), policy, options);
    },
    async openBatch(key, environments) {
      if (!isInStep()) return undefined;
      const { KernelBackend } = await import("./kernelBackend.js");
      return new KernelBackend(await instantiate(), worldOf(), key, environments);
    },
    async openReferenceBatch(key, environments) {
      if (!isInStep()) return undefined;
      const { RowsBackend } = await import("../rowsBackend.js");
      return new RowsBackend(worldOf(), key, environments);
    },
  };
}

/** Returns a kernel with a separate memory, which holds the tables of `src/numeric/tables.ts`. */
export async function instantiate(): Promise<KernelExports> {
  const [kernel, { CIRCLE, LOGS, POWERS, WEIGHTS }] = await Promise.all([
    compiled.instantiate(),
    import("../../../numeric/tables.js"),
  ]);
  const tables = [...POWERS, ...WEIGHTS, ...CIRCLE, ...LOGS];
  new Float64Array(kernel.memory.buffer, kernel.tablesPointer(), tables.length).set(tables);
  return kernel;
}
