import { first } from "./first.js";
import { greedy } from "./greedy.js";
import { greedyCluster } from "./greedyCluster.js";
import { clickBandit } from "./layers/clickBandit.js";
import { clusterBandit } from "./layers/clusterBandit.js";
import { clusterClickStatistics } from "./layers/clusterClickStatistics.js";
import { fixedLengthHistory } from "./layers/fixedLengthHistory.js";
import { sufficientStatistics } from "./layers/sufficientStatistics.js";
import { temporalAggregation } from "./layers/temporalAggregation.js";
import { random } from "./random.js";
import { tabularQ } from "./tabularQ/tabularQ.js";

/** RecSim's agents and layers, each as a maker of agents: `agents.random()(env, { seed: 7 })`. Layers are given makers. */
export const agents = Object.freeze({
  random,
  first,
  greedy,
  greedyCluster,
  tabularQ,
  clusterBandit,
  clickBandit,
  clusterClickStatistics,
  fixedLengthHistory,
  sufficientStatistics,
  temporalAggregation,
} as const);
