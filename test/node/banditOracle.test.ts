// RecSim's bandits, recorded decision by decision. Where its KL-UCB is wrong, the textbook's root is what counts.
import { describe, expect, test } from "vitest";
import { banditAlgorithms, type BanditAlgorithm } from "../../src/agents/bandits/algorithms.js";
import { firstHighest, type ArmStatistics } from "../../src/agents/bandits/armStatistics.js";
import { Bandit } from "../../src/agents/bandits/bandit.js";
import {
  bonusNorms,
  confidenceWidth,
  ucbGlmScores,
  type GlmStatistics,
} from "../../src/agents/bandits/glmAlgorithms.js";
import { dot } from "../../src/agents/bandits/linearAlgebra.js";
import { fitLogistic } from "../../src/agents/bandits/logisticRegression.js";
import { binarised, thompsonPosterior, thompsonScores } from "../../src/agents/bandits/thompson.js";
import { wordSource } from "../../src/random/address.js";
import { Draws } from "../../src/random/draws.js";
import { expectAllRecorded, expectFields, expectRecorded, type Recorded } from "../support/agreement.js";
import { readOracle } from "../support/oracle.js";

interface Decision {
  readonly t: number;
  readonly pulls: readonly number[];
  readonly reward: readonly number[];
  readonly score: readonly Recorded[];
  readonly score_textbook?: readonly Recorded[];
  readonly alpha?: readonly number[];
  readonly beta?: readonly number[];
  readonly arm: number;
  readonly update_reward: number;
  readonly u_binarise?: number;
}

interface Grid extends Decision {
  readonly algorithm: string;
  readonly optimism_scaling: number;
}

interface Trace {
  readonly id: string;
  readonly algorithm: string;
  readonly num_arms: number;
  readonly optimism_scaling: number;
  readonly steps: readonly Decision[];
  readonly final_pulls: readonly number[];
  readonly final_reward: readonly number[];
}

interface GlmTrace {
  readonly id: string;
  readonly algorithm: string;
  readonly dim: number;
  readonly sigma0: number;
  readonly optimism_scaling: number;
  readonly horizon?: number;
  readonly ci_scaling?: number;
  readonly arms: readonly (readonly number[])[];
  readonly steps: readonly {
    readonly w_hat: readonly number[];
    readonly gram_solver: readonly (readonly number[])[];
    readonly bonus_norm?: readonly number[];
    readonly w_tilde?: readonly number[];
    readonly mu: readonly number[];
    readonly ties: readonly number[];
    readonly arm: number;
    readonly reward: number;
  }[];
}

interface Recording {
  readonly mab_traces: readonly Trace[];
  readonly score_grid: readonly Grid[];
  readonly glm_traces: readonly GlmTrace[];
}

const recording = readOracle<Recording>({ mab_traces: 12, score_grid: 15, glm_traces: 4 }, "bandits");

test("what not every step has is recorded of many", () => {
  const steps = recording.mab_traces.flatMap((trace) => trace.steps);
  expectFields(steps, { pulls: 600, alpha: 200, beta: 200, score_textbook: 187, u_binarise: 50 });
  expectFields(recording.score_grid, { score_textbook: 4 });
  const glmSteps = recording.glm_traces.flatMap((trace) => trace.steps);
  expectFields(glmSteps, { mu: 120, bonus_norm: 60, w_tilde: 60 });
  expectFields(recording.glm_traces, { ci_scaling: 2 });
});

const NAMES: Readonly<Record<string, BanditAlgorithm>> = { UCB1: "ucb1", KLUCB: "klUcb", ThompsonSampling: "thompson" };

function expectScores(algorithm: BanditAlgorithm, statistics: ArmStatistics, recorded: Decision, what: string): void {
  const draws = new Draws(wordSource({ key0: 1, key1: 2 }, 3, 0), recorded.t);
  if (algorithm === "thompson") {
    const { alpha, beta } = thompsonPosterior(statistics);
    if (recorded.alpha) expectAllRecorded(alpha, recorded.alpha, `${what}: alpha`);
    if (recorded.beta) expectAllRecorded(beta, recorded.beta, `${what}: beta`);
    for (const score of thompsonScores(statistics, draws)) expect(score > 0 && score < 1, what).toBe(true);
  } else {
    const scores = banditAlgorithms[algorithm](statistics, draws);
    const tolerance = recorded.score_textbook ? 1e-9 : 1e-12;
    expectAllRecorded(scores, recorded.score_textbook ?? recorded.score, `${what}: score`, tolerance);
  }
  expect(firstHighest(recorded.score.map(Number)), `${what}: arm`).toBe(recorded.arm);
}

/** What the algorithm counts for a reward. */
function counted(algorithm: BanditAlgorithm, { update_reward: reward, u_binarise: uniform }: Decision): number {
  return algorithm === "thompson" && uniform !== undefined ? binarised(reward, uniform) : reward;
}

describe("bandits, recorded", () => {
  test.each(recording.mab_traces)("trace $id", (trace) => {
    const { num_arms: numArms, optimism_scaling: optimismScaling, steps } = trace;
    const algorithm = NAMES[trace.algorithm]!;
    const bandit = new Bandit(algorithm, numArms, { optimismScaling });
    for (const step of steps) {
      const what = `${trace.id}, t = ${step.t}`;
      const { t, pulls, reward } = step;
      const { pulls: ownPulls, reward: ownReward } = bandit.snapshot() as unknown as ArmStatistics;
      expect(ownPulls, `${what}: pulls`).toEqual(pulls);
      expectAllRecorded(ownReward, reward, `${what}: reward`);
      expectScores(algorithm, { t, pulls, reward, optimismScaling }, step, what);
      bandit.update(step.arm, counted(algorithm, step));
    }
    const { pulls, reward } = bandit.snapshot() as unknown as ArmStatistics;
    expect(pulls).toEqual(trace.final_pulls);
    expectAllRecorded(reward, trace.final_reward, "final reward");
  });

  test.each(recording.score_grid)("$algorithm at t = $t, pulls $pulls, rewards $reward", (entry) => {
    const { t, pulls, reward, optimism_scaling: optimismScaling } = entry;
    expectScores(NAMES[entry.algorithm]!, { t, pulls, reward, optimismScaling }, entry, "score");
  });
});

describe("generalised linear bandits, recorded", () => {
  test.each(recording.glm_traces)("trace $id", (trace) => {
    const { dim: dimension, sigma0, optimism_scaling: optimismScaling, horizon = 1, arms } = trace;
    const features: (readonly number[])[] = [];
    const rewards: number[] = [];
    for (const [index, step] of trace.steps.entries()) {
      const agree = (computed: readonly number[], recorded: readonly number[], name: string): void =>
        expectAllRecorded(computed, recorded, `${trace.id}, step ${index}: ${name}`, 1e-11);
      const statistics: GlmStatistics = { features, rewards, dimension, sigma0, optimismScaling, horizon };
      const { weights, gram } = fitLogistic(statistics, dimension, sigma0);
      agree(weights, step.w_hat, "weights");
      gram.forEach((row, i) => agree(row, step.gram_solver[i]!, `row ${i} of the Gram matrix`));
      if (step.bonus_norm) agree(bonusNorms(arms, statistics), step.bonus_norm, "bonus");
      const { w_tilde: drawn } = step;
      const scores = drawn ? arms.map((x) => dot(x, drawn)) : ucbGlmScores(arms, statistics);
      agree(scores, step.mu, "scores");
      expect(step.ties, `${trace.id}, step ${index}: arm`).toContain(firstHighest(scores));
      features.push(arms[step.arm]!);
      rewards.push(step.reward);
    }
    if (trace.ci_scaling !== undefined) {
      const statistics: GlmStatistics = { features, rewards, dimension, sigma0, optimismScaling, horizon };
      expectRecorded(confidenceWidth(statistics), trace.ci_scaling, "width");
    }
  });
});
