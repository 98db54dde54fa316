// The built package, as shipped. Block engines and tables stand behind its public door, so they are opened by path.
export { doubles, enterWorld, prepareBatch } from "#dist/worlds/longTermSatisfaction/kernel/enterWorld.js";
export { simulateBlock, type BlockEngine } from "#dist/statistics/blocks.js";
export { kernelEngine } from "#dist/worlds/longTermSatisfaction/kernel/kernelEngine.js";
export { openContender } from "#dist/engines/openEngine.js";
export { prepareRollout } from "#dist/worlds/longTermSatisfaction/kernel/prepareRollout.js";
export { referenceEngine } from "#dist/montecarlo/referenceEngine.js";
export { CIRCLE, LOGS, POWERS, WEIGHTS } from "#dist/numeric/tables.js";
export { seedKey } from "#dist/random/seedKey.js";
export { table } from "#dist/report/table.js";
export type { KernelExports } from "#dist/worlds/longTermSatisfaction/kernel/kernelExports.js";
export { loadKernel } from "#dist/wasm/loadKernel.js";
export * from "slatesim";
