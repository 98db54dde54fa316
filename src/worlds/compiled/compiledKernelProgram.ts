import type { CompiledKernel } from "../../wasm/compiledKernel.js";
import type { KernelProgram } from "../../world/kernelProgram.js";
import { isAgentPolicy, isBatchPolicy } from "../../world/policy.js";
import type { World } from "../../world/world.js";
import type { WorldTypes } from "../../world/worldTypes.js";
import type { CompiledProgram } from "./compiledProgram.js";
import type { CompiledExports } from "./compiledEngine.js";

/** The kernel of a compiled world. What needs it is loaded when it is asked for: `worldOf` gives the world, once it is made. */
export function compiledKernelProgram<T extends WorldTypes>(
  program: CompiledProgram,
  compiled: CompiledKernel<CompiledExports>,
  worldOf: () => World<T>,
): KernelProgram<T> {
  return {
    sha256: program.kernelSha256,
    stateMetrics: [],
    seriesLanes: 1,
    maxEnvironments: Infinity,
    obstacle: () => compiled.obstacle(),
    compile: () => compiled.compile(),
    use: (module) => compiled.use(module),
    /** Built-in policies; metrics of the caller's, and policies in TypeScript, see records that only the reference has. */
    supports: (policy, moreMetrics) =>
      !isAgentPolicy(policy) && !isBatchPolicy(policy) && policy.plan === undefined && moreMetrics.length === 0,
    openEngine: async (policy, options) => {
      const { compiledEngine } = await import("./compiledEngine.js");
      if (isAgentPolicy(policy) || isBatchPolicy(policy)) throw new Error("unreachable: not supported");
      return compiledEngine(await compiled.instantiate(), program, worldOf(), policy, options);
    },
    openBatch: async () => undefined,
    openReferenceBatch: async () => undefined,
  };
}
