import type { Json } from "../../check/json.js";
import { numberMistake, objectMistake, oneOfMistake, unknownFieldMistakes } from "../../check/mistakes.js";
import { readOnce } from "../../check/readOnce.js";
import { refuse } from "../../check/refuse.js";
import { AGENT_STREAM, wordSource, type WordSource } from "../../random/address.js";
import { Draws } from "../../random/draws.js";
import { DEFAULT_SEED, seedKey, seedText } from "../../random/seedKey.js";
import { drawingMistakes, type DrawingOptions } from "../drawing.js";
import { fieldRules, readSnapshot, takeSnapshot, type SnapshotHeader } from "../snapshots.js";
import { banditAlgorithmNames, banditAlgorithms, type BanditAlgorithm } from "./algorithms.js";
import { firstHighest, scalingMistake } from "./armStatistics.js";
import { binarised } from "./thompson.js";

interface BanditState {
  readonly seed: string;
  readonly stream: number;
  readonly pulls: number[];
  readonly reward: number[];
}

/** Options of a bandit. */
export interface BanditOptions extends Omit<DrawingOptions, "firstEpisode"> {
  /** Factor on the width of what is not known, at least 0. Default: 1. */
  readonly optimismScaling?: number;
}

const OPTIONS = ["optimismScaling", "seed", "stream"];
const MAX_ARMS = 1_000_000;
/** Rewards become coins in blocks of their own, beyond those of the scores. */
const COIN_BLOCK = 0x80000000;

/**
 * A bandit that counts its pulls and rewards. Its random numbers are counter-based, the counter being the number of pulls so far:
 * calling `scores` twice returns the same scores.
 */
export class Bandit {
  private readonly header: SnapshotHeader;
  private readonly algorithm: BanditAlgorithm;
  private readonly optimismScaling: number;
  private state: BanditState;
  private source: WordSource;

  /** Makes a bandit of `numArms` arms, an integer in [2, 1000000]. Throws `InvalidInput`. */
  constructor(algorithm: BanditAlgorithm, numArms: number, options: BanditOptions = {}) {
    const given = readOnce("options", options, OPTIONS);
    refuse([objectMistake("options", given)]);
    const { optimismScaling = 1, seed = DEFAULT_SEED, stream = AGENT_STREAM } = given;
    refuse([
      oneOfMistake("algorithm", algorithm, banditAlgorithmNames),
      numberMistake("numArms", numArms, { min: 2, max: MAX_ARMS, integer: true }),
      ...unknownFieldMistakes("option of a bandit", given, OPTIONS),
      scalingMistake(optimismScaling),
      ...drawingMistakes(given),
    ]);
    const zeros = (): number[] => Array.from({ length: numArms }, () => 0);
    this.header = { agent: "bandit", settings: { algorithm, numArms, optimismScaling } };
    this.algorithm = algorithm;
    this.optimismScaling = optimismScaling;
    this.state = { seed: seedText(seed), stream, pulls: zeros(), reward: zeros() };
    this.source = sourceOf(this.state);
  }

  /** Returns the score of each arm for the next pull. */
  scores(): number[] {
    const { optimismScaling, state } = this;
    const { pulls, reward } = state;
    return banditAlgorithms[this.algorithm]({ t: this.time() + 1, pulls, reward, optimismScaling }, this.draws(0));
  }

  /** The arm to pull: the first with the highest score. */
  selectArm(): number {
    return firstHighest(this.scores());
  }

  /** Counts a pull and its reward, in [0, 1]; Thompson sampling makes a coin of a fractional one. Throws `InvalidInput`. */
  update(arm: number, reward: number): void {
    const { state } = this;
    refuse([
      numberMistake("arm", arm, { min: 0, max: state.pulls.length - 1, integer: true }),
      numberMistake("reward", reward, { min: 0, max: 1 }),
    ]);
    const coin = this.algorithm === "thompson" && reward > 0 && reward < 1;
    state.reward[arm]! += coin ? binarised(reward, this.draws(COIN_BLOCK).uniform()) : reward;
    state.pulls[arm]! += 1;
  }

  /** Returns the counts, and the position of the random numbers, as plain data. */
  snapshot(): Json {
    return takeSnapshot(this.header, this.state);
  }

  /** Resumes as the bandit of the snapshot. Throws `InvalidInput` for anything else, and then changes nothing. */
  restore(snapshot: Json): void {
    const { length } = this.state.pulls;
    const state = readSnapshot<BanditState>(snapshot, this.header, {
      seed: fieldRules.seed,
      stream: fieldRules.word,
      pulls: fieldRules.counts(length),
      reward: fieldRules.list(length),
    });
    refuse(
      state.reward.map((sum, arm) => numberMistake(`snapshot.reward[${arm}]`, sum, { min: 0, max: state.pulls[arm]! })),
    );
    this.state = state;
    this.source = sourceOf(state);
  }

  /** Returns the number of pulls so far. */
  private time(): number {
    return this.state.pulls.reduce((sum, count) => sum + count, 0);
  }

  private draws(firstBlock: number): Draws {
    return new Draws(this.source, this.time(), firstBlock);
  }
}

function sourceOf({ seed, stream }: BanditState): WordSource {
  return wordSource(seedKey(seed), stream, 0);
}
