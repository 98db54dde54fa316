import { parseAgent } from "../agents/parseAgent.js";
import type { CreateAgent } from "../index.js";
import { attempt } from "./attempt.js";

/** The agent of that name. Under `evalMode` it acts on what it knows and learns nothing. */
export function readAgent(
  { agent, seed, evalMode = false }: { readonly agent: string; readonly seed: string; readonly evalMode?: boolean },
  mistakes: string[],
): CreateAgent | undefined {
  const create = attempt(mistakes, () => parseAgent(agent));
  return create && ((spaces) => create(spaces, { seed, evalMode }));
}
