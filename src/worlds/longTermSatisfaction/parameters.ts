import type { NumberRule } from "../../check/mistakes.js";
import { listOnce, readOnce } from "../../check/readOnce.js";

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

/** The long-term satisfaction world, whole. Numbers without a unit are dimensionless; engagement is in seconds. */
export interface Parameters {
  readonly equations: Equations;
  /** β: share of the exposure that is left after a step. Default: 0.9; 0.7 under "chocKale". */
  readonly memoryDiscount: number;
  /** τ: satisfaction = logistic(τ · exposure). */
  readonly sensitivity: number;
  /** η: standard deviation of the noise in the exposure, per step. */
  readonly innovationStddev: number;
  /** Mean and standard deviation of ln(engagement) with a pure meme, at satisfaction 1. */
  readonly memeEngagementLogMean: number;
  readonly memeEngagementLogStddev: number;
  /** The same with a purely educational document. */
  readonly educationalEngagementLogMean: number;
  readonly educationalEngagementLogStddev: number;
  /** Steps of an episode: an integer in [1, 65536]. Default: 60. */
  readonly timeBudget: number;
  /** Standard deviation of the noise on the satisfaction that a user shows, before it is cut at ±1. */
  readonly observationNoiseStddev: number;
  /** K: documents on a slate. */
  readonly slateSize: number;
  /** C: documents to choose the slate from. */
  readonly numCandidates: number;
  readonly numClusters: number;
  /** Logit of clicking nothing, beside 1 - k of each document; -Infinity: the user always clicks. */
  readonly noClickLogit: number;
  readonly resample: Resample;
  /** The caller's own corpus, shared by all users (then `resample` is "never"); null: documents are drawn. */
  readonly documents: readonly CorpusDocument[] | null;
}

export type NumericParameter = {
  [Name in keyof Parameters]: Parameters[Name] extends number ? Name : never;
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
] as const satisfies readonly (keyof Parameters)[];

/** What a caller said of the parameters as it is now; nothing of it is checked yet. */
export function parametersOnce(given: Partial<Parameters>): Partial<Parameters> {
  const parameters = readOnce("parameters", given, PARAMETER_NAMES);
  const documents: unknown = listOnce("documents", parameters?.documents);
  if (!Array.isArray(documents)) return parameters;
  return {
    ...parameters,
    documents: documents.map((document, i) => readOnce(`documents[${i}]`, document, ["educativeness", "clusterId"])),
  };
}

/** What is left out: the notebook's numbers, and RecSim's own β where its own equations are asked for. */
export function withDefaults(given: Partial<Parameters>): Parameters {
  const numbers = Object.fromEntries(
    Object.entries(NUMERIC_PARAMETERS).map(([name, rule]) => [name, rule.default]),
  ) as Record<NumericParameter, number>;
  if (given.equations === "chocKale") numbers.memoryDiscount = 0.7;
  const documents = given.documents ?? null;
  if (Array.isArray(documents) && documents.length > 0) numbers.numCandidates = documents.length;
  const resample = documents === null ? "step" : "never";
  const defaults: Parameters = { equations: "prose", ...numbers, resample, documents };
  return { ...defaults, ...said(given) };
}

/** Without the fields that were left undefined: they count as not said. JSON's way to write -Infinity is understood. */
export function said(given: Partial<Parameters>): Partial<Parameters> {
  const fields: [string, unknown][] = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(fields.map(([name, value]) => [name, value === "-Infinity" ? -Infinity : value]));
}
