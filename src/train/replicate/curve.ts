import { ExactMoments } from "../../numeric/exactMoments.js";
import { meanInterval, type Moments } from "../../numeric/moments.js";
import { regretOf, type Regret } from "../../solve/regret.js";
import type { Solution } from "../../solve/solution.js";
import type { Settings } from "../checkpoint.js";
import { isFinished, type Replication } from "./replication.js";

/** Mean of one number from each replication. */
export interface ReplicationMean extends Pick<Moments, "mean" | "standardError" | "ci95"> {
  /** The number from each finished replication, in their order. */
  readonly values: readonly number[];
}

/** Returns of an agent after some iterations of training. */
export interface CurvePoint extends ReplicationMean {
  /** Iterations of training; 0 for the untrained agent. */
  readonly iteration: number;
  /** The optimum less the mean return, where an optimum was given. */
  readonly regret?: Regret;
}

/** The value of the optimum, and how far it may be off. */
export type Optimum = Pick<Solution, "value" | "valueError">;

/** The learning curve of an agent: what its replications bring after each iteration of training. Plain data. */
export interface LearningCurve {
  /** Settings of the replications, and the names of their world and agent. */
  readonly settings: Settings;
  /** The replications, in the order of their numbers; the unfinished ones of an interrupted run are in no point. */
  readonly replications: readonly Replication[];
  /** The means over the finished replications, from iteration 0 on; none if fewer than two are finished. */
  readonly points: readonly CurvePoint[];
  /** The optimum, where one was given. */
  readonly optimum?: Optimum;
  /** The only part that depends on the machine. */
  readonly timing: ReplicationTiming;
  /** Repairs made before replications resumed, a sentence each. */
  readonly repaired?: readonly string[];
}

/** How long the replications took, and in how many threads. */
export interface ReplicationTiming {
  /** Wall-clock time. */
  readonly seconds: number;
  /** Number of threads that trained; 1 for the calling thread. */
  readonly workers: number;
}

/**
 * Returns the mean of independent numbers, its standard error s/√n, and Student's 95 % interval with n - 1 degrees of freedom. Sums are
 * exact.
 */
export function replicationMean(values: readonly number[]): ReplicationMean {
  const moments = new ExactMoments();
  for (const value of values) moments.addSums({ count: 1, pivot: value, sum: 0, sumOfSquares: 0 });
  const mean = moments.mean();
  const standardError = Math.sqrt(moments.variance() / values.length);
  return { mean, standardError, ci95: meanInterval(mean, standardError, values.length), values };
}

/** Returns the points of the learning curve of the finished replications; none without two of them. */
export function pointsOf(
  replications: readonly Replication[],
  numIterations: number,
  optimum: Optimum | undefined,
): CurvePoint[] {
  const finished = replications.filter((each) => isFinished(each, numIterations));
  if (finished.length < 2) return [];
  return Array.from({ length: numIterations + 1 }, (_, iteration) => {
    const point = replicationMean(finished.map(({ evaluations }) => evaluations[iteration]!.averageEpisodeRewards));
    return { iteration, ...point, ...(optimum && { regret: regretOf(optimum, point) }) };
  });
}
