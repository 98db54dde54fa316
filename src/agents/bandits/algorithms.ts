import type { Draws } from "../../random/draws.js";
import type { ArmStatistics } from "./armStatistics.js";
import { klUcbScores } from "./klUcb.js";
import { thompsonScores } from "./thompson.js";
import { ucb1Scores } from "./ucb1.js";

/** A way to score arms: UCB1, KL-UCB, or Thompson sampling with a uniform prior. */
export type BanditAlgorithm = "ucb1" | "klUcb" | "thompson";

/** The multi-armed bandits, each as the function that scores arms: the higher, the better. Only Thompson sampling draws. */
export const banditAlgorithms: Readonly<
  Record<BanditAlgorithm, (statistics: ArmStatistics, draws: Draws) => number[]>
> = {
  ucb1: ucb1Scores,
  klUcb: klUcbScores,
  thompson: thompsonScores,
};

export const banditAlgorithmNames = Object.keys(banditAlgorithms) as readonly BanditAlgorithm[];
