import { refuse } from "../check/refuse.js";
import { isPropensity, propensityMistake, recordedPropensity } from "../spaces/propensity.js";

/** Returns what an agent states of its last slate, null if it states nothing. Throws `InvalidInput` for what is no propensity. */
export function statedPropensity(agent: { slatePropensity?(): number }, user: number, step: number): number | null {
  if (agent.slatePropensity === undefined) return null;
  const stated = agent.slatePropensity();
  if (!isPropensity(stated)) refuse([propensityMistake(`slatePropensity[user ${user}, step ${step}]`, stated)]);
  return recordedPropensity(stated);
}
