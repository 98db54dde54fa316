/**
 * Checks the properties of slatesim's environments and agents on your own ones. Needs fast-check.
 * @module slatesim/testing
 */
export { checkAgent } from "./checkAgent.js";
export { checkEnv, type OpenEnv } from "./checkEnv.js";
export type { CheckOptions } from "./properties.js";
