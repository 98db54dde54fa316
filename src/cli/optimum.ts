import { regretOf, type Regret, type World } from "../index.js";
import { meanInterval } from "../numeric/moments.js";
import { decimalsFor, formatNumber } from "../report/formatNumber.js";
import { solve } from "../solve/solve.js";
import type { Solution } from "../solve/solution.js";
import { solveMistakes, type SolveOptions } from "../solve/solveOptions.js";
import type { EpisodeStatistics } from "../train/index.js";
import { toggle } from "./flag.js";
import { withInterrupt } from "./interrupt.js";
import { withProgress } from "./progress.js";

/** Flag of the commands that report regret. */
export const regret = toggle("--regret", "Solve the world, too, and report how far each return is from the optimum.");

/** Appends the errors of a world that cannot be solved. */
export function checkSolvable(world: World | undefined, mistakes: string[]): void {
  if (world !== undefined) mistakes.push(...solveMistakes(world, {}));
}

/** Solves a world with a progress bar. Ctrl-C ends it without a result. */
export function solveWithProgress(world: World, options: SolveOptions): Promise<Solution> {
  return withInterrupt((signal) =>
    withProgress(1, (onProgress) => solve(world, { ...options, signal, onProgress }), "steps"),
  );
}

/** The optimum of a training's world, and the regret of each of its iterations or evaluations. */
export interface RegretCurve {
  readonly optimum: number;
  readonly optimumError: number;
  readonly regrets: readonly Regret[];
}

/** Solves the world of a training, whose episodes are cut off after `maxSteps`. */
export async function regretCurve(
  world: World,
  maxSteps: number,
  statistics: readonly EpisodeStatistics[],
): Promise<RegretCurve> {
  const solution = await solveWithProgress(world, { steps: Math.min(world.timeBudget, maxSteps) });
  const regrets = statistics.map(({ episodes, averageEpisodeRewards: mean, stdEpisodeRewards }) => {
    return regretOf(solution, { mean, ci95: meanInterval(mean, stdEpisodeRewards / Math.sqrt(episodes), episodes) });
  });
  return { optimum: solution.value, optimumError: solution.valueError, regrets };
}

/** Describes the optimum, below a table with a column of regrets. */
export function describeOptimum({ optimum, optimumError }: RegretCurve): string {
  const decimals = decimalsFor(optimumError);
  return (
    `The optimum is ${formatNumber(optimum, decimals)} ±${formatNumber(optimumError, decimals)} per user, ` +
    "for somebody who knows the state of every user; regret is the distance from it."
  );
}
