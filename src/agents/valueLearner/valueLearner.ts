import type { Json } from "../../check/json.js";
import { expectedMistake } from "../../check/mistakes.js";
import { refuse } from "../../check/refuse.js";
import type { Observation } from "../../spaces/observation.js";
import type { Agent, AgentOptions, AgentSpaces, CreateAgent } from "../agent.js";
import { bounded } from "../bounded.js";
import { candidateNumbers } from "../candidateFields.js";
import { Drawing, drawingRules, type DrawingState } from "../drawing.js";
import { observationParts, partMistake, type ObservationParts } from "../observationParts.js";
import { learnsFromEpisodes } from "../episodeLearners.js";
import { fieldRules, readSnapshot, takeSnapshot, type SnapshotHeader } from "../snapshots.js";
import { validatedAgent } from "../validatedAgent.js";
import { nextTraces, noTraces, NUM_TRACES } from "./belief.js";
import { Knowledge, knowledgeRules, type KnowledgeState } from "./knowledge.js";
import { mixedSlate } from "../mixedSlate.js";
import {
  valueLearnerDefaults,
  valueLearnerMistakes,
  valueLearnerOnce,
  type ValueLearnerOptions,
} from "./valueLearnerOptions.js";

interface ValueLearnerState extends DrawingState, KnowledgeState {
  readonly time: number;
  readonly exploring: boolean;
  readonly mix: number;
  readonly traces: readonly number[];
}

/**
 * Learns how many documents of a slate to take from the top of a feature and how many from the bottom, by belief and steps left:
 * fitted value iteration for a finite horizon (Gordon 1995). The belief is a linear filter of the user's noisy observations and of
 * past mixes. Episodes that explore fit models of a step's reward and of the next belief, the same at every step of an episode;
 * backward induction over them says which mix is best. It learns an episode's length from the longest so far.
 */
export function valueLearner(options: ValueLearnerOptions = {}): CreateAgent {
  const given = valueLearnerOnce(options);
  refuse(valueLearnerMistakes(given));
  const settings = valueLearnerDefaults(given);
  const create = validatedAgent("valueLearner", (spaces, opening) => new ValueLearner(spaces, opening, settings));
  return learnsFromEpisodes(create);
}

class ValueLearner implements Agent {
  private readonly header: SnapshotHeader;
  private readonly options: Required<ValueLearnerOptions>;
  private readonly evalMode: boolean;
  private readonly parts: ObservationParts;
  private readonly slateSize: number;
  private readonly drawing: Drawing;
  private knowledge: Knowledge;
  private time = 0;
  private exploring = false;
  private mix = 0;
  private traces: readonly number[] = noTraces();

  constructor(spaces: AgentSpaces, opening: AgentOptions, options: Required<ValueLearnerOptions>) {
    this.header = { agent: "valueLearner", settings: { ...options } };
    this.options = options;
    this.evalMode = opening.evalMode ?? false;
    this.parts = observationParts(spaces);
    const { flatSize } = this.parts.user;
    refuse([flatSize === 1 ? undefined : expectedMistake("observationSpace", "a user of one number", this.parts.user)]);
    this.slateSize = spaces.actionSpace.slateSize;
    this.drawing = new Drawing(opening);
    this.knowledge = new Knowledge(this.slateSize + 1, options.discount);
  }

  beginEpisode(observation: Observation): number[] {
    const [observed, candidates] = this.read(observation);
    this.time = 0;
    this.mix = 0;
    this.traces = nextTraces(noTraces(), 0, observed);
    if (!this.evalMode) {
      const draws = this.drawing.next();
      this.exploring = draws.uniform() < this.knowledge.explorationChance(this.options.explorationRate);
      if (this.exploring) this.mix = draws.integer(this.slateSize + 1);
    }
    return this.show(candidates);
  }

  step(reward: number, observation: Observation): number[] {
    const [observed, candidates] = this.read(observation);
    this.look(reward, observed, false);
    if (this.explores()) this.switchMix();
    return this.show(candidates);
  }

  endEpisode(reward: number, observation: Observation): void {
    this.look(reward, this.userNumber(observation), true);
    if (!this.evalMode) this.knowledge.endEpisode(this.time, this.exploring);
    this.time = 0;
    this.exploring = false;
    this.mix = 0;
    this.traces = noTraces();
    this.drawing.endEpisode();
  }

  snapshot(): Json {
    const { time, exploring, mix, traces } = this;
    return takeSnapshot(this.header, {
      ...this.drawing.state,
      ...this.knowledge.state,
      time,
      exploring,
      mix,
      traces,
    });
  }

  restore(snapshot: Json): void {
    const { seed, stream, episode, step, time, exploring, mix, traces, ...known } = readSnapshot<ValueLearnerState>(
      snapshot,
      this.header,
      {
        ...drawingRules,
        ...knowledgeRules(this.slateSize + 1),
        time: fieldRules.word,
        exploring: { rule: "true or false", holds: (value) => typeof value === "boolean" },
        mix: {
          rule: `an integer in [0, ${this.slateSize}]`,
          holds: (value) => fieldRules.word.holds(value) && (value as number) <= this.slateSize,
        },
        traces: fieldRules.numbers(NUM_TRACES),
      },
    );
    this.drawing.state = { seed, stream, episode, step };
    this.knowledge = new Knowledge(this.slateSize + 1, this.options.discount, known);
    this.time = time;
    this.exploring = exploring;
    this.mix = mix;
    this.traces = traces;
  }

  private explores(): boolean {
    return this.exploring && !this.evalMode;
  }

  /** Takes another mix now and then: mixes that are held for a while reach states that single ones do not. */
  private switchMix(): void {
    const draws = this.drawing.next();
    if (draws.uniform() < 1 / this.options.explorationHold) this.mix = draws.integer(this.slateSize + 1);
  }

  /** Takes in what the last slate brought. */
  private look(reward: number, observed: number, ended: boolean): void {
    const before = this.traces;
    const mix = this.mix / this.slateSize - 0.5;
    this.traces = nextTraces(before, mix, observed);
    this.time += 1;
    if (!this.explores()) return;
    const endedEarly = ended && this.time < this.knowledge.state.longest;
    this.knowledge.learn({ before, mix: this.mix, reward: bounded(reward), observed, after: this.traces, endedEarly });
  }

  private show(candidates: readonly number[]): number[] {
    if (!this.explores()) this.mix = this.knowledge.bestMix(this.traces, this.time);
    return mixedSlate(candidates, this.slateSize, this.mix);
  }

  private read(observation: Observation): [observed: number, candidates: number[]] {
    return [this.userNumber(observation), candidateNumbers(observation.doc, this.options.feature)];
  }

  private userNumber(observation: Observation): number {
    refuse([partMistake(this.parts, observation, "user")]);
    const [number] = this.parts.user.flatten(observation.user);
    refuse([Number.isFinite(number) ? undefined : expectedMistake("observation.user", "a finite number", number)]);
    return bounded(number!);
  }
}
