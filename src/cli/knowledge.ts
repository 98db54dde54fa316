import type { Agent, AgentSpaces, CreateAgent, Json } from "../index.js";
import type { KnowledgeState } from "../agents/valueLearner/knowledge.js";
import { mixAt } from "../agents/policySearch/mixRule.js";
import type { SearchState } from "../agents/policySearch/search.js";
import { Plan } from "../agents/valueLearner/plan.js";
import { formatNumber } from "../report/formatNumber.js";

/** Maximal number of clusters whose counts are printed; there may be 256. */
const MAX_CLUSTERS = 8;

type Snapshot = Readonly<Record<string, unknown>>;

/** Descriptions of what an agent has learnt, by the name of the agent in its snapshot. */
const sentences: Readonly<Record<string, (snapshot: Snapshot) => string>> = {
  random: () => "shows documents by chance, whatever happens: it does not learn",
  first: () => "shows the first documents of every list, whatever happens: it does not learn",
  greedyCluster: ({ settings }) => {
    const { proEducational, feature } = settings as { readonly proEducational: boolean; readonly feature: string };
    const order = `${proEducational ? "highest" : "lowest"} ${feature}`;
    return `shows the documents of ${order}, whatever happens: it does not learn`;
  },
  clusterClickStatistics: ({ settings, learnt }) =>
    (settings as Snapshot)["memory"] === "lifetime" ? countsByCluster(learnt as Counts) : FORGETS,
  tabularQ: ({ table }) => {
    const rows = table as readonly (readonly [state: string, tried: readonly unknown[]])[];
    const tried = rows.reduce((sum, [, slates]) => sum + slates.length, 0);
    return `knows what ${formatNumber(tried)} slates were worth in ${formatNumber(rows.length)} states, and treats all others as worth 0`;
  },
  valueLearner: ({ settings, planned, explored }) => {
    const episodes = `${formatNumber(Number(explored))} exploring ${explored === 1 ? "episode" : "episodes"}`;
    if (planned === null) return `has seen ${episodes}, too few for a plan`;
    const mixes = plannedMixes(planned as NonNullable<KnowledgeState["planned"]>, (settings as Discounted).discount);
    return `has seen ${episodes}, and plans for a usual user: ${mixes}`;
  },
  policySearch: (snapshot) => {
    const { generation, longest, mean, settings } = snapshot as unknown as Searched;
    if (generation === 0) return "has not finished its first generation of rules";
    const generations = `${formatNumber(generation)} ${generation === 1 ? "generation" : "generations"}`;
    const mixes = mixesByStepsLeft(longest, (left) => mixAt(mean, longest - left, longest, settings.slateSize));
    return `has searched ${generations} of rules, and shows ${mixes}`;
  },
};

interface Searched extends SearchState {
  readonly settings: { readonly slateSize: number };
}

interface Discounted {
  readonly discount: number;
}

/** Describes which mix is best for how many steps left, at the mean belief. */
function plannedMixes({ models, steps }: NonNullable<KnowledgeState["planned"]>, discount: number): string {
  const plan = new Plan(models, steps, discount);
  return mixesByStepsLeft(steps, (left) => plan.bestMix(0, left));
}

function mixesByStepsLeft(steps: number, mixFor: (left: number) => number): string {
  const runs: { mix: number; from: number; to: number }[] = [];
  for (let left = steps; left >= 1; left--) {
    const mix = mixFor(left);
    const run = runs.at(-1);
    if (run?.mix === mix) run.to = left;
    else runs.push({ mix, from: left, to: left });
  }
  const words = runs.map(
    ({ mix, from, to }) => `mix(${mix}) with ${from === to ? from : `${from} to ${to}`} steps left`,
  );
  return words.join(", then ");
}

const FORGETS =
  "counts impressions and clicks by cluster within one episode and restarts with the next: it transfers nothing from one user to another";

interface Counts {
  readonly impressionCount: readonly number[];
  readonly clickCount: readonly number[];
}

function countsByCluster({ impressionCount, clickCount }: Counts): string {
  if (impressionCount.every((count) => count === 0)) return "has counted no clicks yet";
  const all = clickCount.map((clicks, cluster) => {
    return `${formatNumber(clicks)} of ${formatNumber(impressionCount[cluster]!)} in cluster ${cluster}`;
  });
  const more = all.length > MAX_CLUSTERS ? ` and in ${all.length - MAX_CLUSTERS} more` : "";
  return `knows how many documents on slates were clicked: ${all.slice(0, MAX_CLUSTERS).join(", ")}${more}`;
}

/** Describes in a sentence what the agent of that name and snapshot has learnt. */
export function describeKnowledge(name: string, snapshot: Json): string {
  const known = Object(snapshot) as Snapshot; // that of an agent from a module may be anything
  const sentence = sentences[String(known["agent"])]?.(known) ?? "keeps what it knows to itself";
  return `${name} ${sentence}.`;
}

/** Wraps a maker of agents and records the agents it makes, to describe later what they have learnt. */
export class AgentRecorder {
  private readonly made: Agent[] = [];
  readonly createAgent: CreateAgent;

  constructor(createAgent: CreateAgent) {
    this.createAgent = (spaces: AgentSpaces) => {
      const agent = createAgent(spaces);
      this.made.push(agent);
      return agent;
    };
  }

  /** Describes what each of them has learnt, in the order of their creation. */
  knowledge(name: string): string[] {
    return this.made.map((agent) => describeKnowledge(name, agent.snapshot()));
  }
}
