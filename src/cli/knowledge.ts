import type { Agent, AgentSpaces, CreateAgent, Json } from "../index.js";
import { formatNumber } from "../report/formatNumber.js";

/** Clusters whose counts are told; there may be 256. */
const MAX_CLUSTERS = 8;

type Snapshot = Readonly<Record<string, unknown>>;

/** By what snapshots call their agent: what one such knows after it has worked. */
const sentences: Readonly<Record<string, (snapshot: Snapshot) => string>> = {
  random: () => "shows documents by chance, whatever happens: there is nothing that it could learn",
  first: () => "shows the first documents of every list, whatever happens: there is nothing that it could learn",
  greedyCluster: ({ settings }) => {
    const { proEducational, feature } = settings as { readonly proEducational: boolean; readonly feature: string };
    const order = `${proEducational ? "highest" : "lowest"} ${feature}`;
    return `shows the documents of ${order}, whatever happens: there is nothing that it could learn`;
  },
  clusterClickStatistics: ({ settings, learnt }) =>
    (settings as Snapshot)["memory"] === "lifetime" ? countsByCluster(learnt as Counts) : FORGETS,
  tabularQ: ({ table }) => {
    const rows = table as readonly (readonly [state: string, tried: readonly unknown[]])[];
    const tried = rows.reduce((sum, [, slates]) => sum + slates.length, 0);
    return `knows what ${formatNumber(tried)} slates were worth in ${formatNumber(rows.length)} states, and takes all others for worth 0`;
  },
};

const FORGETS =
  "counts what was shown and clicked by cluster within one user's life, and begins anew with the next: it takes nothing from one user to another";

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
  return `knows how many of the shown documents were clicked: ${all.slice(0, MAX_CLUSTERS).join(", ")}${more}`;
}

/** What the agent of that name and snapshot knows, in a sentence. */
export function describeKnowledge(name: string, snapshot: Json): string {
  const known = snapshot as Snapshot;
  const sentence = sentences[String(known["agent"])]?.(known) ?? "keeps what it knows to itself";
  return `${name} ${sentence}.`;
}

/** A maker of the same agents that remembers those it made, to be asked afterwards what they know. */
export class Makes {
  private readonly made: Agent[] = [];
  readonly createAgent: CreateAgent;

  constructor(createAgent: CreateAgent) {
    this.createAgent = (spaces: AgentSpaces) => {
      const agent = createAgent(spaces);
      this.made.push(agent);
      return agent;
    };
  }

  /** What each of them knows now, in the order in which they were made. */
  knowledge(name: string): string[] {
    return this.made.map((agent) => describeKnowledge(name, agent.snapshot()));
  }
}
