import { oneOfMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import type { CreateAgent } from "./agent.js";
import { agents } from "./agents.js";

/** Agents that a name specifies completely. */
const named: Readonly<Record<string, () => CreateAgent>> = {
  random: agents.random,
  first: agents.first,
  "least-educational": () => agents.greedyCluster({ proEducational: false }),
  "most-educational": () => agents.greedyCluster(),
  "cluster-bandit": () => agents.clusterBandit(),
  "cluster-bandit-lifetime": () => agents.clusterBandit({ memory: "lifetime" }),
  "cluster-bandit-kl-ucb": () => agents.clusterBandit({ algorithm: "klUcb" }),
  "cluster-bandit-thompson": () => agents.clusterBandit({ algorithm: "thompson" }),
  "tabular-q": () => agents.tabularQ({ bounds: [0, 1], numBins: 11 }),
  "value-learner": () => agents.valueLearner(),
  "policy-search": () => agents.policySearch(),
};

/** The names that `parseAgent` and `--agent` take. */
export const agentNames: readonly string[] = Object.freeze(Object.keys(named));

/** The agent of a name in `agentNames`. Throws `InvalidInput`. */
export function parseAgent(name: string): CreateAgent {
  refuse([oneOfMistake("agent", name, agentNames)]);
  return named[name]!();
}
