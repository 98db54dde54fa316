import type { NumberRule } from "../../check/mistakes.js";
import type { NumberDistribution } from "../../random/distribution.js";

/** A document of a corpus that the caller brings along. */
export interface CorpusDocument {
  /** 0 = pure meme, 1 = purely educational; both included. */
  readonly educativeness: number;
  /** Integer in [0, numClusters). */
  readonly clusterId: number;
}

export const EQUATIONS = ["prose", "notebook", "chocKale"] as const;
export const RESAMPLE = ["step", "episode", "never"] as const;

/**
 * Which of the three published versions of the model is meant: the course notebook's text, its code, or RecSim's own environment.
 * @useDeclaredType
 */
export type Equations = (typeof EQUATIONS)[number];
/**
 * When the candidates are drawn anew: at every step, once per user, or once per seed for all users.
 * @useDeclaredType
 */
export type Resample = (typeof RESAMPLE)[number];

/** A number that all users share, or the distribution that each user's is drawn from. */
export type PerUser = number | NumberDistribution;

/** Parameters of which every user may have their own, in the order of their draws. */
export const USER_PARAMETERS = [
  "memoryDiscount",
  "sensitivity",
  "innovationStddev",
  "memeEngagementLogMean",
  "memeEngagementLogStddev",
  "educationalEngagementLogMean",
  "educationalEngagementLogStddev",
  "timeBudget",
] as const;

/**
 * A parameter of which every user may have their own.
 * @useDeclaredType
 */
export type UserParameter = (typeof USER_PARAMETERS)[number];

/** What one user has of their own: some of the parameters that users may have. */
export type UserRow = Readonly<Partial<Record<UserParameter, number>>>;

/** Parameters of users in columns of equal length: user i has row i, modulo the number of rows. */
export interface UserColumns {
  readonly columns: Readonly<Partial<Record<UserParameter, ArrayLike<number>>>>;
}

/** The parameters of users, as a world has them. As JSON it is the number of rows, the columns' names and the hash. */
export interface UserTable extends UserColumns {
  readonly rows: number;
  /** 16 hexadecimal digits over all numbers. */
  readonly hash: string;
}

/** The parameters of one user, or of all users where they are alike: numbers. */
export type PlainParameters = Readonly<Omit<Parameters, UserParameter> & Record<UserParameter, number>>;

/** The long-term satisfaction world, whole. Numbers without a unit are dimensionless; engagement is in seconds. */
export interface Parameters {
  /** Which version of the model. Default: "prose". */
  readonly equations: Equations;
  /** β: share of the exposure that is left after a step, in [0, 1). Default: 0.9; 0.7 under "chocKale". */
  readonly memoryDiscount: PerUser;
  /** τ: satisfaction = logistic(τ · exposure), in [0, 1000]. Default: 0.01. */
  readonly sensitivity: PerUser;
  /** η: standard deviation of the noise in the exposure, per step, in [0, 1000]. Default: 0.05. */
  readonly innovationStddev: PerUser;
  /** Mean of ln(engagement in seconds) with a pure meme, at satisfaction 1; in [-100, 100]. Default: 5. */
  readonly memeEngagementLogMean: PerUser;
  /** Standard deviation of ln(engagement) with a pure meme, in [0, 10]. Default: 1. */
  readonly memeEngagementLogStddev: PerUser;
  /** Mean of ln(engagement in seconds) with a purely educational document, at satisfaction 1; in [-100, 100]. Default: 4. */
  readonly educationalEngagementLogMean: PerUser;
  /** Standard deviation of ln(engagement) with a purely educational document, in [0, 10]. Default: 1. */
  readonly educationalEngagementLogStddev: PerUser;
  /** Steps of an episode: an integer in [1, 65536]. Default: 60. */
  readonly timeBudget: PerUser;
  /** Standard deviation of the noise on the satisfaction that a user shows, before it is cut at ±1; in [0, 1000]. Default: 0.1. */
  readonly observationNoiseStddev: number;
  /** K: documents on a slate, an integer in [1, min(32, C)]. Default: 3. */
  readonly slateSize: number;
  /** C: documents to choose the slate from, an integer in [1, 4096]. Default: 10, or as many as `documents` has. */
  readonly numCandidates: number;
  /** Topics: an integer in [1, 256]. Default: 4. */
  readonly numClusters: number;
  /** Logit of clicking nothing, beside 1 - k of each document; at most 700; -Infinity: the user always clicks. Default: -Infinity. */
  readonly noClickLogit: number;
  /** When candidates are drawn anew. Default: "step", or "never" with `documents`. */
  readonly resample: Resample;
  /** Corpus that all users share (then `resample` is "never"); null: documents are drawn. Default: null. */
  readonly documents: readonly CorpusDocument[] | null;
  /**
   * Parameters of every user: user i has row i, modulo the number of rows. They take the place of the numbers above; a parameter
   * with a distribution is in no row. null: users have none of their own. Default: null.
   */
  readonly users: UserTable | UserColumns | readonly UserRow[] | null;
}

export type NumericParameter = {
  [Name in keyof Parameters]: number extends Parameters[Name] ? Name : never;
}[keyof Parameters];

/** Every numeric parameter with its range and default, in canonical order. */
export const NUMERIC_PARAMETERS: Readonly<Record<NumericParameter, NumberRule & { readonly default: number }>> = {
  memoryDiscount: { min: 0, max: 1, maxExcluded: true, default: 0.9 },
  sensitivity: { min: 0, max: 1000, default: 0.01 },
  innovationStddev: { min: 0, max: 1000, default: 0.05 },
  memeEngagementLogMean: { min: -100, max: 100, default: 5 },
  memeEngagementLogStddev: { min: 0, max: 10, default: 1 },
  educationalEngagementLogMean: { min: -100, max: 100, default: 4 },
  educationalEngagementLogStddev: { min: 0, max: 10, default: 1 },
  timeBudget: { min: 1, max: 65_536, integer: true, default: 60 },
  observationNoiseStddev: { min: 0, max: 1000, default: 0.1 },
  slateSize: { min: 1, max: 32, integer: true, default: 3 },
  numCandidates: { min: 1, max: 4096, integer: true, default: 10 },
  numClusters: { min: 1, max: 256, integer: true, default: 4 },
  noClickLogit: { min: -Infinity, max: 700, default: -Infinity },
};

export const PARAMETER_NAMES = [
  "equations",
  ...(Object.keys(NUMERIC_PARAMETERS) as NumericParameter[]),
  "resample",
  "documents",
  "users",
] as const satisfies readonly (keyof Parameters)[];

/** Returns the defaults: the notebook's numbers, and RecSim's β with RecSim's equations. */
export function withDefaults(given: Partial<Parameters>): Parameters {
  const numbers = Object.fromEntries(
    Object.entries(NUMERIC_PARAMETERS).map(([name, rule]) => [name, rule.default]),
  ) as Record<NumericParameter, number>;
  if (given.equations === "chocKale") numbers.memoryDiscount = 0.7;
  const documents = given.documents ?? null;
  if (Array.isArray(documents) && documents.length > 0) numbers.numCandidates = documents.length;
  const resample = documents === null ? "step" : "never";
  const defaults: Parameters = { equations: "prose", ...numbers, resample, documents, users: null };
  return { ...defaults, ...said(given) };
}

/** Removes fields that are undefined, so that they have their defaults. Accepts -Infinity as JSON has it. */
export function said(given: Partial<Parameters>): Partial<Parameters> {
  const fields: [string, unknown][] = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(fields.map(([name, value]) => [name, value === "-Infinity" ? -Infinity : value]));
}
