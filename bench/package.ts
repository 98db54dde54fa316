// The built package, as shipped. Engines and tables are no part of its public API, so they are opened by path.
export { openEngine } from "#dist/engines/openEngine.js";
export { CIRCLE, LOGS, POWERS, WEIGHTS } from "#dist/numeric/tables.js";
export { seedKey } from "#dist/random/seedKey.js";
export { table } from "#dist/report/table.js";
export { rewardWeights } from "#dist/statistics/rewardWeights.js";
export { simulateBlock, type BlockEngine } from "#dist/world/blockEngine.js";
export {
  doubles,
  enterWorld,
  prepareBatch,
  prepareRollout,
} from "#dist/worlds/longTermSatisfaction/kernel/enterWorld.js";
export type { KernelExports } from "#dist/worlds/longTermSatisfaction/kernel/kernelExports.js";
export { instantiate } from "#dist/worlds/longTermSatisfaction/kernel/kernelProgram.js";
export * from "slatesim";
export { compileWorld } from "slatesim/world";
