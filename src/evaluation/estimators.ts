import { expectedMistake, objectMistake } from "../check/mistakes.js";
import { readOnce } from "../check/readOnce.js";
import { refuse } from "../check/refuse.js";
import type { EpisodeTerms, Estimate } from "./estimate.js";
import type { EpisodeLog, LoggedStep } from "./log.js";
import type { TargetPolicy } from "./targetPolicy.js";
import { callAt, type PlacedStep } from "./targetReader.js";
import { episodeWeight, evaluate, stepwiseTerms, type ReadEpisode } from "./weighted.js";

// Below, π is the target, μ the logging policy, and ρ(t) = π/μ of the slate at step t.

/**
 * Importance sampling of whole episodes (inverse propensity scoring): the mean over episodes of Π ρ(t)·Σ r(t) (Horvitz and Thompson 1952;
 * Precup, Sutton and Singh 2000). Unbiased where μ shows every slate that π shows. Throws `InvalidInput` for wrong logs and targets, and
 * for a logging policy that is certain where the target is not.
 */
export function ips(log: EpisodeLog, target: TargetPolicy): Estimate {
  return evaluate(log, target, {}, (episode) => ({ ...weightedReturn(episode), denominator: 1 }));
}

/**
 * Importance sampling divided by the sum of the weights: Σ w·G/Σ w over episodes with w = Π ρ(t) and returns G (Hájek 1971; Swaminathan and
 * Joachims 2015). Consistent, with a bias of the order 1/episodes, and within the range of the returns. Throws as `ips` does.
 */
export function selfNormalizedIps(log: EpisodeLog, target: TargetPolicy): Estimate {
  return evaluate(log, target, {}, weightedReturn);
}

/**
 * Importance sampling of each reward by the slates up to its step: the mean of Σ_t Π_{i ≤ t} ρ(i)·r(t) (Precup, Sutton and Singh 2000).
 * Unbiased like `ips`, mostly with less variance, as later slates cannot change earlier rewards. Throws as `ips` does.
 */
export function perDecision(log: EpisodeLog, target: TargetPolicy): Estimate {
  return evaluate(log, target, {}, (episode) =>
    stepwiseTerms(episode, (at) => [{ weight: episode.reader.slateRatio(at), reward: at.logged.reward }]),
  );
}

/** A model of what is to come under the target. `step` counts the user's steps from 0. */
export interface ValueModel {
  /** Mean of this step's reward and all later ones of the episode, given the context and the logged slate. */
  q(logged: LoggedStep, user: number, step: number): number;
  /** Mean of the same with a slate of the target: that of q over its slates. It must not look at the logged slate. */
  v(logged: LoggedStep, user: number, step: number): number;
}

/**
 * Doubly robust estimate: the mean of Σ_t Π_{i ≤ t} ρ(i)·(r(t) - q(t)) + Π_{i < t} ρ(i)·v(t) (Dudík, Langford and Li 2011; Jiang and Li 2016). Unbiased for
 * any model with v the mean of q; the better the model the less its variance. Throws as `ips` does, and for models that do not return
 * finite numbers.
 */
export function doublyRobust(log: EpisodeLog, target: TargetPolicy, model: ValueModel): Estimate {
  const { q, v } = readModel(model);
  return evaluate(log, target, {}, (episode) => {
    const ask = (name: string, value: ValueModel["q"], at: PlacedStep): number => {
      const answer = callAt(`model.${name}`, at, () => value(at.logged, at.user, at.step));
      if (!Number.isFinite(answer)) episode.reader.refuseLater(`model.${name}(${at.place})`, "a finite number", answer);
      return answer;
    };
    const { weights, ...terms } = stepwiseTerms(episode, (at) => [
      { weight: episode.reader.slateRatio(at), reward: at.logged.reward - ask("q", q, at) },
      { weight: 1, reward: ask("v", v, at) },
    ]);
    return { ...terms, weights: weights.filter((_, index) => index % 2 === 0) };
  });
}

function readModel(given: ValueModel): ValueModel {
  const model = readOnce("model", given, ["q", "v"]);
  refuse([objectMistake("model", model)]);
  refuse(
    (["q", "v"] as const).map((name) =>
      typeof model[name] === "function" ? undefined : expectedMistake(`model.${name}`, "a function", model[name]),
    ),
  );
  return { q: model.q.bind(given), v: model.v.bind(given) };
}

function weightedReturn(episode: ReadEpisode): EpisodeTerms {
  const weight = episodeWeight(episode);
  const total = episode.steps.reduce((sum, { logged }) => sum + logged.reward, 0);
  return { user: episode.user, numerator: weight * total, denominator: weight, weights: [weight] };
}
