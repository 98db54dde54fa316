import type { Json } from "../../check/json.js";
import { refuse } from "../../check/refuse.js";
import type { Observation } from "../../spaces/observation.js";
import type { Agent, AgentOptions, AgentSpaces, CreateAgent } from "../agent.js";
import { bounded } from "../bounded.js";
import { candidateNumbers } from "../candidateFields.js";
import { Drawing, drawingRules, type DrawingState } from "../drawing.js";
import { mixedSlate } from "../mixedSlate.js";
import { fieldRules, next32, readSnapshot, takeSnapshot, type SnapshotHeader } from "../snapshots.js";
import { learnsFromEpisodes } from "../episodeLearners.js";
import { validatedAgent } from "../validatedAgent.js";
import {
  policySearchDefaults,
  policySearchMistakes,
  policySearchOnce,
  type PolicySearchOptions,
} from "./policySearchOptions.js";
import { MAX_REFERENCE, rewardRules, Search, searchRules, type EpisodeRewards, type SearchState } from "./search.js";

/** This episode so far. */
interface EpisodeState extends EpisodeRewards {
  /** γ to the power of its steps. */
  readonly weight: number;
}

type PolicySearchState = DrawingState & SearchState & EpisodeState;

const newEpisode: EpisodeState = { rewards: [], rest: 0, time: 0, weight: 1 };

/**
 * Searches for the rule that says how many documents of a slate to take from the top of a feature and how many from the bottom, by
 * the steps left: cross-entropy search over the rule's two numbers (De Boer et al. 2005). It needs nothing of the user, and learns an
 * episode's length from the longest so far.
 */
export function policySearch(options: PolicySearchOptions = {}): CreateAgent {
  const given = policySearchOnce(options);
  refuse(policySearchMistakes(given));
  const settings = policySearchDefaults(given);
  const create = validatedAgent("policySearch", (spaces, opening) => new PolicySearch(spaces, opening, settings));
  return learnsFromEpisodes(create);
}

class PolicySearch implements Agent {
  private readonly header: SnapshotHeader;
  private readonly options: Required<PolicySearchOptions>;
  private readonly evalMode: boolean;
  private readonly slateSize: number;
  private readonly drawing: Drawing;
  private readonly search: Search;
  private now = newEpisode;

  constructor({ actionSpace }: AgentSpaces, opening: AgentOptions, options: Required<PolicySearchOptions>) {
    this.options = options;
    this.evalMode = opening.evalMode ?? false;
    this.slateSize = actionSpace.slateSize;
    this.header = { agent: "policySearch", settings: { ...options, slateSize: this.slateSize } };
    this.drawing = new Drawing(opening);
    this.search = new Search(this.slateSize);
  }

  beginEpisode(observation: Observation): number[] {
    const candidates = this.read(observation);
    this.now = newEpisode;
    if (!this.evalMode && this.search.needsCandidates) this.search.drawCandidates(this.drawing.next());
    return this.show(candidates);
  }

  step(reward: number, observation: Observation): number[] {
    const candidates = this.read(observation);
    this.look(reward);
    return this.show(candidates);
  }

  endEpisode(reward: number): void {
    this.look(reward);
    if (!this.evalMode) this.search.endEpisode(this.now);
    this.now = newEpisode;
    this.drawing.endEpisode();
  }

  snapshot(): Json {
    return takeSnapshot(this.header, { ...this.drawing.state, ...this.search.state, ...this.now });
  }

  restore(snapshot: Json): void {
    const rules = { ...drawingRules, ...searchRules, ...rewardRules, weight: fieldRules.share };
    const known = readSnapshot<PolicySearchState>(snapshot, this.header, rules);
    const { seed, stream, episode, step, rewards, rest, time, weight, ...searched } = known;
    this.drawing.state = { seed, stream, episode, step };
    this.search.state = searched;
    this.now = { rewards, rest, time, weight };
  }

  private look(reward: number): void {
    const { rewards, rest, time, weight } = this.now;
    const worth = weight * bounded(reward);
    const isFirst = rewards.length < MAX_REFERENCE;
    this.now = {
      rewards: isFirst ? [...rewards, worth] : rewards,
      rest: isFirst ? rest : rest + worth,
      time: next32(time),
      weight: weight * this.options.discount,
    };
  }

  private show(candidates: readonly number[]): number[] {
    const { time } = this.now;
    const mix = this.evalMode ? this.search.bestMix(time) : this.search.candidateMix(time);
    return mixedSlate(candidates, this.slateSize, mix);
  }

  private read({ doc }: Observation): number[] {
    return candidateNumbers(doc, this.options.feature);
  }
}
