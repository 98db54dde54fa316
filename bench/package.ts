// The built package, as shipped. Block engines and tables stand behind its public door, so they are opened by path.
export { doubles, enterWorld, prepareBatch } from "#dist/env/kernelWorld.js";
export { liveBlock, type BlockEngine } from "#dist/montecarlo/blockTotals.js";
export { kernelEngine } from "#dist/montecarlo/kernelEngine.js";
export { openContender } from "#dist/montecarlo/openEngine.js";
export { prepareRollout } from "#dist/montecarlo/prepareRollout.js";
export { referenceEngine } from "#dist/montecarlo/referenceEngine.js";
export { CIRCLE, LOGS, POWERS, WEIGHTS } from "#dist/numeric/tables.js";
export { seedKey } from "#dist/random/seedKey.js";
export { table } from "#dist/report/table.js";
export type { KernelExports } from "#dist/wasm/kernelExports.js";
export { loadKernel } from "#dist/wasm/loadKernel.js";
export * from "slatesim";
