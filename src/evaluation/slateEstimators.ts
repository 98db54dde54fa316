import type { Estimate } from "./estimate.js";
import type { EpisodeLog, LoggedStep } from "./log.js";
import { isClose } from "./readLog.js";
import type { TargetPolicy } from "./targetPolicy.js";
import type { PlacedStep, TargetReader } from "./targetReader.js";
import { evaluate, stepwiseTerms, type Weighted } from "./weighted.js";

// Estimators that use how a reward depends on the slots of a slate. In episodes of several steps their weights are multiplied by π/μ of the
// slates at earlier steps, as in `perDecision`.

/**
 * Weighs the reward of each slot by π/μ of that slot alone: the mean of Σ_k π_k/μ_k·r_k (Li, Abbasi-Yadkori, Kveton, Muthukrishnan, Vinay
 * and Wen 2018, the item-position model). Biased where the reward of a slot depends on the other slots. Needs `slotRewards` and
 * `slotPropensities`, and the target's `slotProbabilities`. Throws as `ips` does.
 */
export function independentIps(log: EpisodeLog, target: TargetPolicy): Estimate {
  const needs = { log: ["slotRewards", "slotPropensities"], target: ["slotProbabilities"] } as const;
  return evaluate(log, target, needs, (episode) =>
    stepwiseTerms(episode, (at) => bySlot(episode.reader.slotRatios(at), at)),
  );
}

/**
 * Weighs the reward of each slot by π/μ of the slots down to it: the mean of Σ_k Π_{j ≤ k} π_j/μ_j·r_k with the probabilities of each slot
 * given the ones above (McInerney, Brost, Chandar, Mehrotra and Carterette 2020). Biased where the reward of a slot depends on slots
 * below. Needs `slotRewards` and `prefixPropensities`, and the target's `prefixProbabilities`. Throws as `ips` does.
 */
export function rewardInteractionIps(log: EpisodeLog, target: TargetPolicy): Estimate {
  const needs = { log: ["slotRewards", "prefixPropensities"], target: ["prefixProbabilities"] } as const;
  return evaluate(log, target, needs, (episode) =>
    stepwiseTerms(episode, (at) => bySlot(episode.reader.prefixRatios(at), at)),
  );
}

/**
 * The pseudoinverse estimator: weighs the reward of a step by q'Γ⁺1 with Γ the mean of 11' over the slates of μ, 1 the indicators of a
 * slate's documents in their slots, and q their mean under π (Swaminathan, Krishnamurthy, Agarwal, Dudík, Langford, Jose and Zitouni
 * 2017). Biased where the reward of a slate is not a sum over its slots. For slots that μ fills independently the weight is
 * Σ_k (π_k/μ_k - 1) + 1. For K of C documents at random without repetition it is 1 + Σ_k (C - 1)/C·(d_k + Σ_j d_j/(C - K)), where
 * d_j = C·π_j - 1 for the document of slot k in slot j, and without the inner sum for K = C. Needs `slotPropensities`, and the target's
 * `slotProbabilities`; other logging policies are refused. Throws as `ips` does.
 */
export function pseudoInverse(log: EpisodeLog, target: TargetPolicy): Estimate {
  const needs = { log: ["slotPropensities"], target: ["slotProbabilities"] } as const;
  return evaluate(log, target, needs, (episode) =>
    stepwiseTerms(episode, (at) => [{ weight: pseudoInverseWeight(episode.reader, at), reward: at.logged.reward }]),
  );
}

/** A step with errors has no ratios, and is refused after all others have been looked at. */
function bySlot(ratios: readonly number[], { logged }: PlacedStep): Weighted[] {
  return ratios.map((weight, slot) => ({ weight, reward: logged.slotRewards![slot]! }));
}

function pseudoInverseWeight(reader: TargetReader, at: PlacedStep): number {
  const { propensity, slotPropensities } = at.logged;
  const product = slotPropensities!.reduce((all, slot) => all * slot, 1);
  if (isClose(product, propensity)) return reader.slotRatios(at).reduce((weight, ratio) => weight + ratio - 1, 1);
  const rows = reader.slotRows(at);
  if (rows.length === 0) return 1;
  if (isUniform(at.logged, rows[0]!.length)) return weightWithoutRepetition(at.logged, rows);
  const rule = "slots that are filled independently, or a slate drawn at random without repetition";
  reader.refuseLater(`${at.place}.slotPropensities`, rule, slotPropensities);
  return 1;
}

/** Whether every slate without repetition was as probable. */
function isUniform({ slate, propensity, slotPropensities }: LoggedStep, numCandidates: number): boolean {
  const slates = slate.reduce((ways, _, slot) => ways * (numCandidates - slot), 1);
  return isClose(propensity * slates, 1) && slotPropensities!.every((slot) => isClose(slot * numCandidates, 1));
}

/**
 * Looks for f_k with E[(1 + Σ f_k(s_k))·1(s_j = a)] = π_j(a) for all j and a, and Σ_a f_k(a) = 0, over the uniform slates s. That says
 * f_k(a) - Σ_{j ≠ k} f_j(a)/(C - 1) = d_k(a), which is solved by adding it up over k first.
 */
function weightWithoutRepetition({ slate }: LoggedStep, rows: readonly (readonly number[])[]): number {
  const count = rows[0]!.length;
  const left = count - slate.length;
  return slate.reduce((weight, position, slot) => {
    const above = rows.map((row) => count * row[position]! - 1);
    const shared = left === 0 ? 0 : above.reduce((sum, d) => sum + d, 0) / left;
    return weight + ((count - 1) / count) * (above[slot]! + shared);
  }, 1);
}
