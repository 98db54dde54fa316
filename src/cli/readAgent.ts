import { parseAgent } from "../agents/parseAgent.js";
import type { CreateAgent } from "../index.js";
import { collectErrors } from "./collectErrors.js";

/** Returns a maker of the agent of that name. Under `evalMode` it learns nothing. */
export function readAgent(
  { agent, seed, evalMode = false }: { readonly agent: string; readonly seed: string; readonly evalMode?: boolean },
  mistakes: string[],
): CreateAgent | undefined {
  const create = collectErrors(mistakes, () => parseAgent(agent));
  return create && ((spaces) => create(spaces, { seed, evalMode }));
}
