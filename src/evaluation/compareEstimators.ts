import { expectedMistake, numberMistake, objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { readOnce } from "../check/readOnce.js";
import { refuse } from "../check/refuse.js";
import { LAST_USER } from "../montecarlo/options.js";
import { simulate } from "../montecarlo/simulate.js";
import type { Seed } from "../random/seedKey.js";
import { worldMistake, type World } from "../world/world.js";
import type { WorldTypes } from "../world/worldTypes.js";
import type { Estimate } from "./estimate.js";
import type { EpisodeLog } from "./log.js";
import { logEpisodes, type LogOptions } from "./logEpisodes.js";
import { targetPolicy, type EvaluatedPolicy, type TargetPolicy } from "./targetPolicy.js";

/** An estimator: one of the package, or a function of one's own. */
export type ValueEstimator = (log: EpisodeLog, target: TargetPolicy) => Estimate;

/** What `compareEstimators` compares, and on what. */
export interface EstimatorComparisonOptions<T extends WorldTypes = WorldTypes> {
  readonly world: World<T>;
  /** The policy that logs. */
  readonly logging: EvaluatedPolicy<T>;
  /** The policy that is evaluated: see `targetPolicy`. */
  readonly target: EvaluatedPolicy<T>;
  /** The estimators, by name: at least one. */
  readonly estimators: Readonly<Record<string, ValueEstimator>>;
  /** How many logs, each of other users: an integer of at least 2. */
  readonly replications: number;
  /** Users of each log: an integer of at least 2. */
  readonly users: number;
  /** Users that the true value is simulated with, others than in the logs. Default: 65536. */
  readonly truthUsers?: number;
  /** As in `RunOptions`. Default: 0. */
  readonly seed?: Seed;
  /** Steps of each episode, as in `RunOptions`. */
  readonly steps?: number;
  /** As in `LogOptions`. */
  readonly slotRewards?: LogOptions<T>["slotRewards"];
}

/** How far the estimates of one estimator were from the truth. */
export interface EstimatorErrors {
  /** Mean estimate less the true value. */
  readonly bias: number;
  /** Its standard error, that of the true value included. */
  readonly biasStandardError: number;
  /** Root of the mean squared distance from the true value. */
  readonly rootMeanSquaredError: number;
  /** Share of the 95 % intervals that hold the true value; an interval of NaN does not. */
  readonly coverage: number;
  /** Mean effective sample size. */
  readonly effectiveSampleSize: number;
}

/** Result of `compareEstimators`. */
export interface EstimatorComparison<Names extends string = string> {
  /** The target's mean return as simulated. */
  readonly truth: { readonly mean: number; readonly standardError: number };
  readonly estimators: Readonly<Record<Names, EstimatorErrors>>;
}

const OPTIONS = "world logging target estimators replications users truthUsers seed steps slotRewards".split(" ");
const TRUTH_USERS = 65_536;

/**
 * Evaluates a target by several estimators on many logs, and compares the estimates with the target's simulated value. The logs are of
 * consecutive users under one seed, so that they are independent but for candidates that a world draws once for all. The true value
 * comes from the estimator "controlled" or "expected" where the world has it. Rejects with `InvalidInput` as `logEpisodes`,
 * `targetPolicy` and the estimators do.
 */
export async function compareEstimators<T extends WorldTypes, Names extends string>(
  given: Omit<EstimatorComparisonOptions<T>, "estimators"> & {
    readonly estimators: Readonly<Record<Names, ValueEstimator>>;
  },
): Promise<EstimatorComparison<Names>> {
  const options = readOnce("options", given, OPTIONS) as EstimatorComparisonOptions<T>;
  refuse([objectMistake("options", options)]);
  const estimators = readOnce("estimators", options.estimators);
  refuse([
    worldMistake(options.world),
    ...comparisonMistakes(options as unknown as EstimatorComparisonOptions, estimators),
  ]);
  const target = targetPolicy(options.world, options.target);
  const { replications } = options;
  const estimates = new Map<string, Estimate[]>(Object.keys(estimators).map((name) => [name, []]));
  for (let replication = 0; replication < replications; replication++) {
    const log = logOf(options, given, replication);
    for (const [name, list] of estimates) list.push(estimators[name]!(log, target));
  }
  const truth = await truthOf(options);
  const errors = [...estimates].map(([name, list]) => [name, errorsOf(list, truth)]);
  return { truth, estimators: Object.fromEntries(errors) as EstimatorComparison<Names>["estimators"] };
}

function comparisonMistakes(options: EstimatorComparisonOptions, estimators: object): (string | undefined)[] {
  const { replications, users, truthUsers = TRUTH_USERS } = options;
  const all = replications * users + truthUsers;
  const wrong = [
    ...unknownFieldMistakes("option of a comparison of estimators", options, OPTIONS),
    numberMistake("replications", replications, { min: 2, max: LAST_USER, integer: true }),
    numberMistake("users", users, { min: 2, max: LAST_USER, integer: true }),
    numberMistake("truthUsers", truthUsers, { min: 2, max: LAST_USER, integer: true }),
    ...estimatorMistakes(estimators),
  ].filter((mistake) => mistake !== undefined);
  const tooMany = wrong.length === 0 && all > LAST_USER;
  return tooMany ? [expectedMistake("users", `at most ${LAST_USER} in all logs and for the truth`, all)] : wrong;
}

function estimatorMistakes(estimators: object): (string | undefined)[] {
  const wrong = objectMistake("estimators", estimators);
  if (wrong !== undefined) return [wrong];
  const entries = Object.entries(estimators);
  if (entries.length === 0) return [expectedMistake("estimators", "at least one estimator", estimators)];
  return entries.map(([name, estimator]) =>
    typeof estimator === "function" ? undefined : expectedMistake(`estimators.${name}`, "a function", estimator),
  );
}

function logOf<T extends WorldTypes>(
  { world, logging, users, seed, steps, slotRewards }: EstimatorComparisonOptions<T>,
  owner: object,
  replication: number,
): EpisodeLog {
  return logEpisodes<T>(world, logging, {
    users,
    firstUser: replication * users,
    ...(seed !== undefined && { seed }),
    ...(steps !== undefined && { steps }),
    ...(slotRewards && { slotRewards: slotRewards.bind(owner) }),
  });
}

/** Simulates the target's users, who come after those of all logs. */
async function truthOf<T extends WorldTypes>(
  options: EstimatorComparisonOptions<T>,
): Promise<EstimatorComparison["truth"]> {
  const { world, target, replications, users, truthUsers = TRUTH_USERS, seed, steps } = options;
  const estimator = world.controlVariates ? "controlled" : world.hasExpectedReward ? "expected" : "sampled";
  const run = await simulate(world as World, target as EvaluatedPolicy, {
    users: truthUsers,
    firstUser: replications * users,
    estimator,
    ...(seed !== undefined && { seed }),
    ...(steps !== undefined && { steps }),
  });
  const { mean, standardError } = run.metrics.totalReward;
  return { mean, standardError };
}

function errorsOf(estimates: readonly Estimate[], truth: EstimatorComparison["truth"]): EstimatorErrors {
  const count = estimates.length;
  const meanOf = (of: (estimate: Estimate) => number): number =>
    estimates.reduce((sum, estimate) => sum + of(estimate), 0) / count;
  const bias = meanOf(({ estimate }) => estimate - truth.mean);
  const meanSquare = meanOf(({ estimate }) => (estimate - truth.mean) * (estimate - truth.mean));
  const variance = meanOf(({ estimate }) => (estimate - truth.mean - bias) * (estimate - truth.mean - bias));
  const holds = ({ ci95: [low, high] }: Estimate): boolean => low <= truth.mean && truth.mean <= high;
  return {
    bias,
    biasStandardError: Math.sqrt(variance / (count - 1) + truth.standardError * truth.standardError),
    rootMeanSquaredError: Math.sqrt(meanSquare),
    coverage: meanOf((estimate) => (holds(estimate) ? 1 : 0)),
    effectiveSampleSize: meanOf(({ effectiveSampleSize }) => effectiveSampleSize),
  };
}
