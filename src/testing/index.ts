export { checkAgent } from "./checkAgent.js";
export { checkEnv, type OpenEnv } from "./checkEnv.js";
export type { CheckOptions } from "./laws.js";
