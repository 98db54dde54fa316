import {
  agentPolicy,
  beliefPolicy,
  policies,
  regretOf,
  type Regret,
  type RunOptions,
  type RunPolicy,
  type SolvedPolicy,
  type World,
} from "../index.js";
import { meanInterval } from "../numeric/moments.js";
import { decimalsFor, formatNumber } from "../report/formatNumber.js";
import { solve } from "../solve/solve.js";
import type { Solution } from "../solve/solution.js";
import { solveMistakes, type SolveOptions } from "../solve/solveOptions.js";
import type { EpisodeStatistics } from "../train/index.js";
import type { SOLVED_POLICIES } from "./flags.js";
import { withInterrupt } from "./interrupt.js";
import { withProgress } from "./progress.js";
import { ofWorld } from "./request.js";

/** Appends the errors of a world that cannot be solved. */
export function checkSolvable(world: World | undefined, mistakes: string[]): void {
  if (world !== undefined) mistakes.push(...ofWorld(solveMistakes(world, {})));
}

/** Solves a world with a progress bar. Ctrl-C ends it without a result. */
export function solveWithProgress(world: World, options: SolveOptions): Promise<Solution> {
  return withInterrupt((signal) =>
    withProgress(1, (onProgress) => solve(world, { ...options, signal, onProgress }), "steps"),
  );
}

/** Stand for the policies that take a solution until their world is solved, which takes seconds. */
export const unsolved: Readonly<Record<(typeof SOLVED_POLICIES)[number], RunPolicy>> = {
  optimal: Object.freeze({ ...policies.first(), name: "optimal" }),
  belief: agentPolicy("belief", () => {
    throw new Error("the world is not solved yet");
  }),
};

export function isUnsolved(policy: RunPolicy | undefined): boolean {
  return policy === unsolved.optimal || policy === unsolved.belief;
}

/** Returns what a sweep makes of the solution of each world in the place of one of `unsolved`, and any other policy itself. */
export function solvedInEach(policy: RunPolicy): RunPolicy | SolvedPolicy {
  if (policy === unsolved.optimal) return { name: policy.name, of: policies.optimal };
  return policy === unsolved.belief ? { name: policy.name, of: beliefPolicy } : policy;
}

/** The solutions of the worlds of a command, each solved when it is first asked for. */
export class Solutions {
  private readonly options: SolveOptions;
  private readonly solved = new Map<string, Promise<Solution>>();

  constructor({ steps, discount, warmUp }: Pick<RunOptions, "steps" | "discount" | "warmUp">) {
    this.options = {
      ...(steps !== undefined && { steps }),
      ...(discount !== undefined && { discount }),
      ...(warmUp !== undefined && { warmUp }),
    };
  }

  of(world: World): Promise<Solution> {
    const known = this.solved.get(world.hash) ?? solveWithProgress(world, this.options);
    this.solved.set(world.hash, known);
    return known;
  }

  /** Returns the policy of that world's solution in the place of one of `unsolved`, and any other policy itself. */
  async policyIn(world: World, policy: RunPolicy): Promise<RunPolicy> {
    if (policy === unsolved.optimal) return policies.optimal(await this.of(world));
    return policy === unsolved.belief ? beliefPolicy(await this.of(world)) : policy;
  }
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
export function describeOptimum({ value, valueError }: Pick<Solution, "value" | "valueError">): string {
  const decimals = decimalsFor(valueError);
  return (
    `The optimum is ${formatNumber(value, decimals)} ±${formatNumber(valueError, decimals)} per user, ` +
    "for somebody who knows the state of every user; regret is the distance from it."
  );
}
