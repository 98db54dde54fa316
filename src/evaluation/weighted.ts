import { estimateOf, type EpisodeTerms, type Estimate } from "./estimate.js";
import type { EpisodeLog, LoggedEpisode, SlotField } from "./log.js";
import { readLog } from "./readLog.js";
import { readTarget, TargetReader, type PlacedStep, type TargetFunction } from "./targetReader.js";
import type { TargetPolicy } from "./targetPolicy.js";

/** What an estimator needs beside slates, propensities and rewards. */
export interface Needs {
  readonly log?: readonly SlotField[];
  readonly target?: readonly TargetFunction[];
}

/** A reward of a step, or a part of it, and its weight. */
export interface Weighted {
  readonly weight: number;
  readonly reward: number;
}

/** An episode's steps, and whom to ask about them. */
export interface ReadEpisode {
  readonly user: number;
  readonly steps: readonly PlacedStep[];
  readonly reader: TargetReader;
}

/** Reads and validates log and target, and returns the estimate that the terms of all episodes make. */
export function evaluate(
  givenLog: EpisodeLog,
  givenTarget: TargetPolicy,
  needs: Needs,
  termsOf: (episode: ReadEpisode) => EpisodeTerms,
): Estimate {
  const log = readLog(givenLog, needs.log ?? []);
  const target = readTarget(givenTarget, needs.target ?? []);
  const reader = new TargetReader(target, log.policy);
  const terms = log.episodes.map((episode, index) => termsOf(placed(episode, `episodes[${index}]`, reader)));
  reader.end();
  terms.forEach(({ numerator, weights }, index) => {
    const finite = Number.isFinite(numerator) && weights.every(Number.isFinite);
    if (!finite) reader.refuseLater(`episodes[${index}]`, "finite products of weights and rewards", numerator);
  });
  reader.end();
  return estimateOf(terms);
}

/** Returns the product of the steps' ratios π/μ: the weight of the whole episode. */
export function episodeWeight({ steps, reader }: ReadEpisode): number {
  return steps.reduce((weight, at) => weight * reader.slateRatio(at), 1);
}

/**
 * Returns Σ over steps of Σ weight·reward, where each weight is multiplied by the ratios of the slates before: how far the episode
 * came to this step under the target.
 */
export function stepwiseTerms(episode: ReadEpisode, weigh: (at: PlacedStep) => readonly Weighted[]): EpisodeTerms {
  const { user, steps, reader } = episode;
  const weights: number[] = [];
  let before = 1;
  let numerator = 0;
  steps.forEach((at, index) => {
    for (const { weight, reward } of weigh(at)) {
      weights.push(before * weight);
      numerator += before * weight * reward;
    }
    if (index < steps.length - 1) before *= reader.slateRatio(at);
  });
  return { user, numerator, denominator: 1, weights: weights.length === 0 ? [1] : weights };
}

function placed({ user, steps }: LoggedEpisode, place: string, reader: TargetReader): ReadEpisode {
  const at = steps.map((logged, step) => ({ logged, user, step, place: `${place}.steps[${step}]` }));
  return { user, steps: at, reader };
}
