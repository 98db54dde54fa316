import { isArray } from "../../check/lists.js";
import type { Json } from "../../check/json.js";
import {
  expectedMistake,
  numberMistake,
  objectMistake,
  oneOfMistake,
  unknownFieldMistakes,
} from "../../check/mistakes.js";
import { listOnce, listsOnce, readOnce } from "../../check/readOnce.js";
import { refuse } from "../../check/refuse.js";
import { AGENT_STREAM, wordSource } from "../../random/address.js";
import { Draws } from "../../random/draws.js";
import { DEFAULT_SEED, seedKey, seedText } from "../../random/seedKey.js";
import { drawingMistakes, type DrawingOptions } from "../drawing.js";
import { fieldRules, readSnapshot, takeSnapshot, type SnapshotHeader } from "../snapshots.js";
import { firstHighest, scalingMistake } from "./armStatistics.js";
import { glmAlgorithmNames, glmAlgorithms, type GlmAlgorithm } from "./glmAlgorithms.js";
import type { Matrix } from "./linearAlgebra.js";

/** Options of a contextual bandit. */
export interface GlmBanditOptions extends Omit<DrawingOptions, "firstEpisode"> {
  /** Factor on the width of what is not known, at least 0. Default: 1. */
  readonly optimismScaling?: number;
  /** Standard deviation of the prior of each weight, in [1e-6, 1e6]. Default: 1. */
  readonly sigma0?: number;
  /** How many decisions there will be, in [1, 2^53]; only "ucbGlm" asks. Default: 1000. */
  readonly horizon?: number;
}

interface GlmBanditState {
  readonly seed: string;
  readonly stream: number;
  readonly features: number[][];
  readonly rewards: number[];
}

const OPTIONS = ["optimismScaling", "sigma0", "horizon", "seed", "stream"];

/**
 * A contextual bandit: features distinguish arms, and the mean of a reward is logistic in them. Like `Bandit` it keeps its
 * observations and draws counter-based random numbers at the number of pulls so far.
 */
export class GlmBandit {
  private readonly algorithm: GlmAlgorithm;
  private readonly header: SnapshotHeader;
  private readonly settings: { dimension: number; sigma0: number; optimismScaling: number; horizon: number };
  private state: GlmBanditState;

  /** Makes a bandit; `dimension` is the length of every arm's features, an integer in [1, 1000]. Throws `InvalidInput`. */
  constructor(algorithm: GlmAlgorithm, dimension: number, options: GlmBanditOptions = {}) {
    const given = readOnce("options", options, OPTIONS);
    refuse([objectMistake("options", given)]);
    const { optimismScaling = 1, sigma0 = 1, horizon = 1000, seed = DEFAULT_SEED, stream = AGENT_STREAM } = given;
    refuse([
      oneOfMistake("algorithm", algorithm, glmAlgorithmNames),
      numberMistake("dimension", dimension, { min: 1, max: 1000, integer: true }),
      ...unknownFieldMistakes("option of a bandit", given, OPTIONS),
      scalingMistake(optimismScaling),
      numberMistake("sigma0", sigma0, { min: 1e-6, max: 1e6 }),
      numberMistake("horizon", horizon, { min: 1, max: 2 ** 53 }),
      ...drawingMistakes(given),
    ]);
    this.algorithm = algorithm;
    this.settings = { dimension, sigma0, optimismScaling, horizon };
    this.header = { agent: "glm-bandit", settings: { algorithm, ...this.settings } };
    this.state = { seed: seedText(seed), stream, features: [], rewards: [] };
  }

  /** Returns the score of each arm for the next pull; at least two arms, one row of features each. Throws `InvalidInput`. */
  scores(given: ArrayLike<ArrayLike<number>>): number[] {
    const arms = listsOnce("arms", given) as Matrix;
    const legal = isArray(arms) && arms.length >= 2;
    refuse([legal ? undefined : expectedMistake("arms", "a list of at least 2 arms", arms)]);
    refuse(Array.from(arms, (arm, i) => this.featuresMistake(`arms[${i}]`, arm)));
    const { seed, stream, features, rewards } = this.state;
    const draws = new Draws(wordSource(seedKey(seed), stream, 0), rewards.length);
    return glmAlgorithms[this.algorithm](arms, { ...this.settings, features, rewards }, draws);
  }

  /** Index of the arm to pull: the first with the highest score. */
  selectArm(arms: ArrayLike<ArrayLike<number>>): number {
    return firstHighest(this.scores(arms));
  }

  /** Learns the reward, in [0, 1], of an arm with those features. Throws `InvalidInput`. */
  update(given: ArrayLike<number>, reward: number): void {
    const arm = listOnce("arm", given) as readonly number[];
    refuse([this.featuresMistake("arm", arm), numberMistake("reward", reward, { min: 0, max: 1 })]);
    this.state.features.push([...arm]);
    this.state.rewards.push(reward);
  }

  /** Returns the observations, and the position of the random numbers, as plain data. */
  snapshot(): Json {
    return takeSnapshot(this.header, this.state);
  }

  /** Resumes as the bandit of the snapshot. Throws `InvalidInput` for anything else, and then changes nothing. */
  restore(snapshot: Json): void {
    const state = readSnapshot<GlmBanditState>(snapshot, this.header, {
      seed: fieldRules.seed,
      stream: fieldRules.word,
      features: { rule: "a list of arms", holds: Array.isArray },
      rewards: { rule: "a list of rewards", holds: Array.isArray },
    });
    const { features, rewards } = state;
    refuse([
      ...Array.from(features, (arm, i) => this.featuresMistake(`snapshot.features[${i}]`, arm)),
      ...Array.from(rewards, (reward, i) => numberMistake(`snapshot.rewards[${i}]`, reward, { min: 0, max: 1 })),
      features.length === rewards.length
        ? undefined
        : expectedMistake("snapshot.rewards", "as many as there are features", rewards),
    ]);
    this.state = state;
  }

  private featuresMistake(field: string, arm: unknown): string | undefined {
    const { dimension } = this.settings;
    const legal = Array.isArray(arm) && arm.length === dimension && Array.from(arm).every(isFeature); // of holes, too
    return legal ? undefined : expectedMistake(field, `${dimension} numbers in [-${MAX_FEATURE}, ${MAX_FEATURE}]`, arm);
  }
}

/** Squares of larger ones would swamp the prior, and the matrices lose their rank. */
const MAX_FEATURE = 1e6;

function isFeature(value: unknown): boolean {
  return typeof value === "number" && Math.abs(value) <= MAX_FEATURE;
}
