import { first } from "./first.js";
import { greedy } from "./greedy.js";
import { greedyCluster } from "./greedyCluster.js";
import { clickBandit } from "./layers/clickBandit.js";
import { clusterBandit } from "./layers/clusterBandit.js";
import { clusterClickStatistics } from "./layers/clusterClickStatistics.js";
import { fixedLengthHistory } from "./layers/fixedLengthHistory.js";
import { sufficientStatistics } from "./layers/sufficientStatistics.js";
import { temporalAggregation } from "./layers/temporalAggregation.js";
import { myopicSlate } from "./myopicSlate.js";
import { policySearch } from "./policySearch/policySearch.js";
import { random } from "./random.js";
import { tabularQ } from "./tabularQ/tabularQ.js";
import { valueLearner } from "./valueLearner/valueLearner.js";

/** RecSim's agents and layers, each as a maker of agents: `agents.random()(env, { seed: 7 })`. Layers are given makers. */
export const agents = Object.freeze({
  /** Shows a random slate. */
  random,
  /** Shows the first candidates. */
  first,
  /** Shows what is most likely to be clicked. */
  greedy,
  /** Shows the slate whose click is worth most in expectation, as SlateQ's myopic agents do. */
  myopicSlate,
  /** Shows one cluster's documents in the order of a feature. */
  greedyCluster,
  /** Learns a table of the values of slates. */
  tabularQ,
  /** Learns which mix of a slate is best, by a belief of the user and the steps left; not in RecSim. */
  valueLearner,
  /** Searches which mix of a slate is best by the steps left; not in RecSim. */
  policySearch,
  /** Chooses among clusters by a bandit over clicks. */
  clusterBandit,
  /** Chooses among agents, one for each cluster, by a bandit. */
  clickBandit,
  /** Counts impressions and clicks by cluster for the agent below. */
  clusterClickStatistics,
  /** Hands the last observations on to the agent below. */
  fixedLengthHistory,
  /** Keeps statistics of observations for the agent below. */
  sufficientStatistics,
  /** Holds each slate of the agent below for some steps. */
  temporalAggregation,
} as const);
