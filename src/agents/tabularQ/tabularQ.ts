import type { Json } from "../../check/json.js";
import { expectedMistake } from "../../check/mistakes.js";
import { refuse } from "../../check/refuse.js";
import type { Observation } from "../../spaces/observation.js";
import type { Agent, AgentOptions, AgentSpaces, CreateAgent } from "../agent.js";
import { validatedAgent } from "../validatedAgent.js";
import { Drawing, drawingRules, type DrawingState } from "../drawing.js";
import { observationParts, partMistake, type ObservationParts } from "../observationParts.js";
import { isCount, readSnapshot, takeSnapshot, type SnapshotHeader } from "../snapshots.js";
import { allSlates } from "./allSlates.js";
import { areRows, QTable, type QRows } from "./qTable.js";
import { tabularQMistakes, tabularQOnce, withDefaults, type TabularQOptions } from "./tabularQOptions.js";

/** The last decision, from which the agent has not learnt yet. */
type Last = { readonly state: string; readonly slate: number } | null;

interface TabularQState extends DrawingState {
  readonly epsilon: number;
  readonly last: Last;
  readonly table: QRows;
}

/**
 * Q-learning in a table of states and slates (Watkins 1989; RecSim's TabularQAgent): Q ← Q + learningRate·(reward +
 * discount·max Q' - Q). The state is what the user shows, cut into bins; of the documents it knows the positions alone. Unlike
 * RecSim's it learns the last reward of an episode too, towards which nothing more is added.
 */
export function tabularQ(options: TabularQOptions = {}): CreateAgent {
  const given = tabularQOnce(options);
  refuse(tabularQMistakes(given));
  return validatedAgent("tabularQ", (spaces, opening) => new TabularQAgent(spaces, opening, withDefaults(given)));
}

class TabularQAgent implements Agent {
  private readonly header: SnapshotHeader;
  private readonly options: Required<TabularQOptions>;
  private readonly evalMode: boolean;
  private readonly parts: ObservationParts;
  private readonly slates: readonly (readonly number[])[];
  private readonly drawing: Drawing;
  private table: QTable;
  private epsilon: number;
  private last: Last = null;

  constructor(spaces: AgentSpaces, opening: AgentOptions, options: Required<TabularQOptions>) {
    this.drawing = new Drawing(opening);
    this.header = { agent: "tabularQ", settings: { ...options, bounds: [...options.bounds] } };
    this.options = options;
    this.evalMode = opening.evalMode ?? false;
    this.parts = observationParts(spaces);
    this.slates = allSlates(spaces.actionSpace, options.ordinalSlates);
    this.table = new QTable(this.slates.length);
    this.epsilon = options.explorationTemperature;
  }

  beginEpisode(observation: Observation): number[] {
    this.last = null;
    return this.decide(this.stateOf(observation));
  }

  step(reward: number, observation: Observation): number[] {
    const state = this.stateOf(observation);
    this.learn(reward + this.options.discount * this.table.best(state).value);
    return this.decide(state);
  }

  endEpisode(reward: number): void {
    this.learn(reward);
    this.last = null;
    this.epsilon *= this.options.explorationTemperature;
    this.drawing.endEpisode();
  }

  snapshot(): Json {
    const { epsilon, last } = this;
    return takeSnapshot(this.header, { ...this.drawing.state, epsilon, last, table: this.table.rows() });
  }

  restore(snapshot: Json): void {
    const numSlates = this.slates.length;
    const { epsilon, last, table, ...drawing } = readSnapshot<TabularQState>(snapshot, this.header, {
      ...drawingRules,
      epsilon: { rule: "a number in [0, 1]", holds: isChance },
      last: { rule: "a state and a slate, or null", holds: (value) => isLast(value, numSlates) },
      table: { rule: `rows of a table of ${numSlates} slates`, holds: (value) => areRows(value, numSlates) },
    });
    this.drawing.state = drawing;
    this.epsilon = epsilon;
    this.last = last;
    this.table = new QTable(numSlates, table);
  }

  private decide(state: string): number[] {
    const slate = this.evalMode ? this.table.best(state).slate : this.explore(state);
    this.last = { state, slate };
    return [...this.slates[slate]!];
  }

  private explore(state: string): number {
    if (this.options.explorationPolicy === "minCount") return this.table.leastTried(state);
    const draws = this.drawing.next();
    if (draws.uniform() < this.epsilon) return draws.integer(this.slates.length);
    return this.table.best(state).slate;
  }

  private learn(target: number): void {
    if (this.last === null || this.evalMode) return;
    this.table.learn(this.last.state, this.last.slate, target, this.options.learningRate);
  }

  /** Returns the bins of the numbers in an observation. */
  private stateOf(observation: Observation): string {
    const read = this.options.ignoreResponse ? (["user"] as const) : (["user", "response"] as const);
    refuse(read.map((name) => partMistake(this.parts, observation, name)));
    const numbers = read.flatMap((name) => this.parts[name].flatten(observation[name]));
    const wrong = numbers.findIndex((number) => typeof number !== "number" || Number.isNaN(number));
    refuse([wrong < 0 ? undefined : expectedMistake("observation", "spaces that flatten to numbers", numbers[wrong])]);
    return numbers.map((number) => this.binOf(number)).join(",");
  }

  /** Returns how many of the evenly spaced borders lie at or below the number. */
  private binOf(number: number): number {
    const { bounds, numBins } = this.options;
    const below = Math.floor(((number - bounds[0]) / (bounds[1] - bounds[0])) * (numBins - 1)) + 1;
    return Math.max(0, Math.min(numBins, below));
  }
}

function isChance(value: unknown): boolean {
  return typeof value === "number" && value >= 0 && value <= 1;
}

function isLast(value: unknown, numSlates: number): boolean {
  if (value === null) return true;
  const { state, slate } = (value ?? {}) as { state?: unknown; slate?: unknown };
  return typeof state === "string" && isCount(slate) && slate < numSlates;
}
