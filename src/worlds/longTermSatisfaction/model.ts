import { exp, expHalfLess, logistic } from "../../numeric/exponential.js";
import { normalMassWithin, normalQuantile } from "../../numeric/normalQuantile.js";
import { equationTerms } from "./equations.js";
import type { PlainParameters } from "./parameters.js";

/**
 * The user, step by step, as plain functions of the state and of the draws. They are the model (docs/specification.md, "Model"):
 * the kernel does the same operations in the same order, and the recorded traces in test/oracle are replayed through them.
 */
export interface LtsModel {
  /** Exposure at step 0: (u - 1/2) / (1 - β). */
  initialExposure(uniform: number): number;
  /** logistic(τ · exposure), in [0, 1]. */
  satisfaction(exposure: number): number;
  /** e^(1/2 - k) of each document of the slate, then that of no click on the same scale: the choice's unnormalised odds. */
  choiceWeights(educativeness: readonly number[], weights?: number[]): number[];
  /** Seconds spent on a document: log-normal, with the satisfaction before the click moves it. */
  engagement(educativeness: number, satisfaction: number, normal: number): number;
  /** Its mean, e^(µ + σ²/2). */
  meanEngagement(educativeness: number, satisfaction: number): number;
  /**
   * Mean engagement of a step, given satisfaction and the slate: Σᵢ wᵢ·e^(µᵢ + σᵢ²/2) / Σᵢ wᵢ, with the weight of no click below
   * the line.
   */
  expectedEngagement(educativeness: readonly number[], satisfaction: number): number;
  /** β · exposure ± 2(k - 1/2) + η · z. */
  nextExposure(exposure: number, educativeness: number, normal: number): number;
  /** Observed satisfaction: with normal noise cut at ±1, by inverse CDF. */
  observation(satisfaction: number, uniform: number): number;
}

export function ltsModel(parameters: PlainParameters): LtsModel {
  const { memoryDiscount, sensitivity, innovationStddev, observationNoiseStddev, noClickLogit } = parameters;
  const terms = equationTerms(parameters);
  const width = startWidth(parameters);
  const mass = observationMass(parameters);
  const noClickWeight = noClickWeightOf(noClickLogit);
  const logMean = (k: number, satisfaction: number): number =>
    satisfaction * (k * terms.logMeanAtOne + (1 - k) * terms.logMeanAtZero);
  const logStddev = (k: number): number => k * terms.logStddevAtOne + (1 - k) * terms.logStddevAtZero;
  const meanEngagement = (k: number, satisfaction: number): number =>
    exp(logStddev(k) * 0.5 * logStddev(k) + logMean(k, satisfaction));
  return {
    initialExposure: (uniform) => (uniform - 0.5) * width,
    satisfaction: (exposure) => logistic(exposure * sensitivity),
    choiceWeights(educativeness, weights = []) {
      const { length } = educativeness;
      const isFirst = terms.choice === "first";
      for (let slot = 0; slot < length; slot++) {
        weights[slot] = isFirst ? Number(slot === 0) : expHalfLess(educativeness[slot]!);
      }
      weights[length] = isFirst ? 0 : noClickWeight;
      if (weights.length > length + 1) weights.length = length + 1;
      return weights;
    },
    engagement(k, satisfaction, normal) {
      return exp(logStddev(k) * normal + logMean(k, satisfaction));
    },
    meanEngagement,
    expectedEngagement(educativeness, satisfaction) {
      const slots = terms.choice === "first" ? 1 : educativeness.length;
      let weights = 0;
      let weighted = 0;
      for (let slot = 0; slot < slots; slot++) {
        const weight = expHalfLess(educativeness[slot]!);
        weights += weight;
        weighted += weight * meanEngagement(educativeness[slot]!, satisfaction);
      }
      return educativeness.length === 0 ? 0 : weighted / (weights + noClickWeight);
    },
    nextExposure(exposure, k, normal) {
      return normal * innovationStddev + (exposure * memoryDiscount + terms.exposureDrift * (k - 0.5));
    },
    observation(satisfaction, uniform) {
      const noise = normalQuantile((uniform - 0.5) * mass) * observationNoiseStddev;
      return satisfaction + Math.max(Math.min(noise, 1), -1);
    },
  };
}

/** 1 / (1 - β): how wide the first exposure is spread. */
export function startWidth({ memoryDiscount }: Pick<PlainParameters, "memoryDiscount">): number {
  return 1 / (1 - memoryDiscount);
}

/** Probability that the observation's noise is not cut. */
export function observationMass({ observationNoiseStddev }: Pick<PlainParameters, "observationNoiseStddev">): number {
  return observationNoiseStddev === 0 ? 1 : normalMassWithin(1 / observationNoiseStddev);
}

/** e^(logit - 1/2), as the documents' weights are e^(1/2 - k) for the logit 1 - k. */
export function noClickWeightOf(noClickLogit: number): number {
  return noClickLogit === -Infinity ? 0 : exp(noClickLogit - 0.5);
}
