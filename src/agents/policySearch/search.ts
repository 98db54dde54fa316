import type { Draws } from "../../random/draws.js";
import { fieldRules, next32, type FieldRule } from "../snapshots.js";
import { mixAt, type MixRule } from "./mixRule.js";

/** Rules of a generation, the mean among them. */
const CANDIDATES = 32;
/** How many of them the next generation is drawn around. */
const ELITE = 8;
/** How far mean and deviations go towards those of the elite. */
const SMOOTHING = 0.5;
/** Episodes of each candidate, in the first generation and at most; each generation has one more than the last. */
const EPISODES = { first: 4, most: 32 };
const FIRST_MEAN: MixRule = [0.5, 0.5];
const FIRST_DEVIATIONS: MixRule = [1, 1];
/** Keeps the search alive. */
const LEAST_DEVIATION = 0.02;
/** First steps of an episode, whose rewards may be replaced by means. */
export const MAX_REFERENCE = 1000;

export interface SearchState {
  readonly generation: number;
  /** Steps of the longest episode. */
  readonly longest: number;
  readonly mean: MixRule;
  readonly deviations: MixRule;
  /** Candidates of this generation, the mean first; empty before its first episode. */
  readonly candidates: readonly MixRule[];
  /** Episodes of this generation; candidates play by turns. */
  readonly played: number;
  /** Sum of the rewards of each candidate from where it first differs from the mean. */
  readonly tails: readonly number[];
  /** By time: sum of the rewards of episodes that had not differed from the mean until then, and how many they were. */
  readonly reference: readonly (readonly [sum: number, count: number])[];
}

/** What an episode brought: the rewards of its first steps, the sum of the others, the number of all steps. */
export interface EpisodeRewards {
  readonly rewards: readonly number[];
  readonly rest: number;
  readonly time: number;
}

const isPair = (value: unknown): boolean => fieldRules.numbers(2).holds(value);
const isMean = (value: unknown): boolean => isPair(value) && (value as number[])[1]! > 0;

export const searchRules: { [Field in keyof SearchState]: FieldRule } = {
  generation: fieldRules.word,
  longest: fieldRules.word,
  mean: fieldRules.numbers(2),
  deviations: fieldRules.numbers(2),
  candidates: {
    rule: `no rules or ${CANDIDATES}`,
    holds: (value) =>
      Array.isArray(value) && (value.length === 0 || value.length === CANDIDATES) && value.every(isPair),
  },
  played: fieldRules.word,
  tails: fieldRules.numbers(CANDIDATES),
  reference: {
    rule: "sums and counts",
    holds: (value) => Array.isArray(value) && value.length <= MAX_REFERENCE && value.every(isMean),
  },
};

export const rewardRules: { [Field in keyof EpisodeRewards]: FieldRule } = {
  rewards: {
    rule: `at most ${MAX_REFERENCE} finite numbers`,
    holds: (value) => Array.isArray(value) && value.length <= MAX_REFERENCE && value.every(Number.isFinite),
  },
  rest: { rule: "a finite number", holds: Number.isFinite },
  time: fieldRules.word,
};

/** A generation before its first episode. */
const unplayed = { candidates: [], played: 0, tails: Array.from({ length: CANDIDATES }, () => 0), reference: [] };

/**
 * Cross-entropy search for the rule of the largest mean return (De Boer et al. 2005). Returns are so noisy that few differences show;
 * but until a candidate first differs from the mean it is the mean, so those rewards count as their mean over all such episodes.
 */
export class Search {
  state: SearchState = { generation: 0, longest: 0, mean: FIRST_MEAN, deviations: FIRST_DEVIATIONS, ...unplayed };
  private readonly slateSize: number;

  constructor(slateSize: number) {
    this.slateSize = slateSize;
  }

  get needsCandidates(): boolean {
    return this.state.candidates.length === 0;
  }

  drawCandidates(draws: Draws): void {
    const { mean, deviations } = this.state;
    const drawn = Array.from({ length: CANDIDATES - 1 }, (): MixRule => {
      return [mean[0] + deviations[0] * draws.normal(), mean[1] + deviations[1] * draws.normal()];
    });
    this.state = { ...this.state, candidates: [mean, ...drawn] };
  }

  /** Returns the mix of the mean. */
  bestMix(time: number): number {
    return mixAt(this.state.mean, time, this.state.longest, this.slateSize);
  }

  /** Returns the mix of the candidate whose turn it is. */
  candidateMix(time: number): number {
    const { candidates, mean, played, longest } = this.state;
    return mixAt(candidates[played % CANDIDATES] ?? mean, time, longest, this.slateSize);
  }

  /** Takes in what the candidate whose turn it was has brought, and lets the next one play. */
  endEpisode(episode: EpisodeRewards): void {
    if (episode.time > this.state.longest) {
      // The steps left were wrong: the generation begins anew.
      this.state = { ...this.state, ...unplayed, longest: episode.time };
      return;
    }
    if (this.needsCandidates) return; // it began in evalMode
    this.count(episode);
    const { generation, played } = this.state;
    const episodes = Math.min(EPISODES.most, EPISODES.first + generation);
    if (played >= episodes * CANDIDATES) this.endGeneration(episodes);
  }

  private count({ rewards, rest }: EpisodeRewards): void {
    const { played } = this.state;
    const place = played % CANDIDATES;
    const same = this.sameSteps(place);
    const [reference, tails] = [[...this.state.reference], [...this.state.tails]];
    for (let time = 0; time < same; time++) {
      const [sum, count] = reference[time] ?? [0, 0];
      reference[time] = [sum + (rewards[time] ?? 0), count + 1];
    }
    tails[place] = rewards.slice(same).reduce((sum, reward) => sum + reward, tails[place]! + rest);
    this.state = { ...this.state, played: next32(played), reference, tails };
  }

  /** Returns for how many steps the candidate is the same as the mean. */
  private sameSteps(place: number): number {
    const { candidates, longest } = this.state;
    const end = Math.min(longest, MAX_REFERENCE);
    for (let time = 0; time < end; time++) {
      if (mixAt(candidates[place]!, time, longest, this.slateSize) !== this.bestMix(time)) return time;
    }
    return end;
  }

  private endGeneration(episodes: number): void {
    const { generation, candidates, mean, deviations, tails, reference } = this.state;
    const before = [0];
    for (const [time, [sum, count]] of reference.entries()) before.push(before[time]! + sum / count);
    const scores = tails.map((tail, place) => before[this.sameSteps(place)]! + tail / episodes);
    const best = candidates.map((_, place) => place).toSorted((a, b) => scores[b]! - scores[a]! || a - b);
    const elite = best.slice(0, ELITE).map((place) => candidates[place]!);
    const moved = [0, 1].map((i) => {
      const numbers = elite.map((rule) => rule[i]!);
      return towards(mean[i]!, deviations[i]!, numbers);
    });
    this.state = {
      ...this.state,
      ...unplayed,
      generation: next32(generation),
      mean: [moved[0]![0], moved[1]![0]],
      deviations: [moved[0]![1], moved[1]![1]],
    };
  }
}

/** Returns mean and deviation on their way to those of the elite. */
function towards(mean: number, deviation: number, elite: readonly number[]): [number, number] {
  const eliteMean = elite.reduce((sum, x) => sum + x, 0) / elite.length;
  const square = elite.reduce((sum, x) => sum + (x - eliteMean) * (x - eliteMean), 0) / (elite.length - 1);
  const next = deviation + SMOOTHING * (Math.sqrt(square) - deviation);
  return [mean + SMOOTHING * (eliteMean - mean), Math.max(LEAST_DEVIATION, next)];
}
