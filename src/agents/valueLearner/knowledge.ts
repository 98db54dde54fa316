import { fieldRules, next32, type FieldRule } from "../snapshots.js";
import {
  addToFilter,
  beliefOf,
  filterRule,
  filterSumsRule,
  fitFilter,
  noFilterSums,
  NO_FILTER,
  type BeliefFilter,
  type FilterSums,
} from "./belief.js";
import { addStep, fitMixes, isMixModel, mixSumsRule, noMixSums, type MixModel, type MixSums } from "./mixModel.js";
import { Plan } from "./plan.js";

/** Exploring episodes before the first plan. */
const FIRST_EPISODES = 16;
/** Exploring episodes after which the belief's filter stays as it is, so that what is counted by beliefs stays valid. */
const FILTER_EPISODES = 128;
/** Exploring episodes after which a plan is made until then. */
const EARLY_PLANS = new Set([FIRST_EPISODES, 32, 64]);

/** A step of an exploring episode. */
export interface ExploredStep {
  /** Moving averages before it. */
  readonly before: readonly number[];
  readonly mix: number;
  readonly reward: number;
  readonly observed: number;
  readonly after: readonly number[];
  /** Whether the episode ended with it, and was shorter than others. */
  readonly endedEarly: boolean;
}

export interface KnowledgeState {
  /** Episodes, and how many of them explored. */
  readonly episodes: number;
  readonly explored: number;
  /** Steps of the longest episode. */
  readonly longest: number;
  readonly filter: BeliefFilter;
  readonly filterSums: FilterSums;
  readonly mixSums: readonly MixSums[];
  /** The plan in use: its models with the filter of their beliefs, and its steps; null before the first. */
  readonly planned: {
    readonly models: readonly MixModel[];
    readonly filter: BeliefFilter;
    readonly steps: number;
  } | null;
}

export function knowledgeRules(numMixes: number): { [Field in keyof KnowledgeState]: FieldRule } {
  return {
    episodes: fieldRules.word,
    explored: fieldRules.word,
    longest: fieldRules.word,
    filter: filterRule,
    filterSums: filterSumsRule,
    mixSums: mixSumsRule(numMixes),
    planned: { rule: "models, filter and steps of a plan, or null", holds: (value) => isPlanned(value, numMixes) },
  };
}

function isPlanned(value: unknown, numMixes: number): boolean {
  if (value === null) return true;
  const { models, filter, steps } = (value ?? {}) as { models?: unknown; filter?: unknown; steps?: unknown };
  const areModels = Array.isArray(models) && models.length === numMixes && models.every(isMixModel);
  return areModels && filterRule.holds(filter) && fieldRules.word.holds(steps) && Number(steps) > 0;
}

/** What is known of users and mixes, from exploring episodes alone: how others end depends on what was believed, and would mislead. */
export class Knowledge {
  private readonly discount: number;
  private readonly numMixes: number;
  private now: KnowledgeState;
  private plan: Plan | undefined;

  constructor(numMixes: number, discount: number, state?: KnowledgeState) {
    this.numMixes = numMixes;
    this.discount = discount;
    this.now = state ?? {
      episodes: 0,
      explored: 0,
      longest: 0,
      filter: NO_FILTER,
      filterSums: noFilterSums(),
      mixSums: noMixSums(numMixes),
      planned: null,
    };
  }

  get state(): KnowledgeState {
    return this.now;
  }

  /** Chance that the next episode explores: 1 before the first plan, then falling with the root of the episodes. */
  explorationChance(least: number): number {
    if (this.now.planned === null) return 1;
    return Math.max(least, Math.sqrt(FIRST_EPISODES / (FIRST_EPISODES + this.now.episodes)));
  }

  /** Returns the best mix after `time` steps of an episode; 0 before the first plan. */
  bestMix(traces: readonly number[], time: number): number {
    const { planned } = this.now;
    if (planned === null) return 0;
    this.plan ??= new Plan(planned.models, planned.steps, this.discount);
    return this.plan.bestMix(beliefOf(planned.filter, traces), planned.steps - time);
  }

  learn({ before, mix, reward, observed, after, endedEarly }: ExploredStep): void {
    const { explored, filter, filterSums } = this.now;
    const mixSums = [...this.now.mixSums];
    const next = endedEarly ? null : beliefOf(filter, after);
    mixSums[mix] = addStep(mixSums[mix]!, beliefOf(filter, before), reward, next);
    const fits = explored < FILTER_EPISODES;
    const share = mix / (this.numMixes - 1) - 0.5;
    this.now = {
      ...this.now,
      mixSums,
      filterSums: fits ? addToFilter(filterSums, before, share, observed) : filterSums,
    };
  }

  endEpisode(steps: number, explored: boolean): void {
    const { now } = this;
    this.now = {
      ...now,
      episodes: next32(now.episodes),
      explored: explored ? next32(now.explored) : now.explored,
      longest: Math.max(now.longest, steps),
    };
    if (explored && isTimeToPlan(this.now.explored)) this.makePlan();
  }

  /** Plans from the models of the steps so far, then fits the filter anew while it is young, which begins the models anew. */
  private makePlan(): void {
    const { explored, longest, filter, filterSums, mixSums } = this.now;
    this.now = { ...this.now, planned: { models: fitMixes(mixSums), filter, steps: longest } };
    this.plan = undefined;
    if (explored >= FILTER_EPISODES) return;
    this.now = { ...this.now, filter: fitFilter(filterSums), mixSums: noMixSums(this.numMixes) };
  }
}

/** After 16, 32, 64, 128 exploring episodes, and after each 128 more. */
function isTimeToPlan(explored: number): boolean {
  if (explored >= FILTER_EPISODES) return explored % FILTER_EPISODES === 0;
  return EARLY_PLANS.has(explored);
}
