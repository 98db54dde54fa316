import { isArray } from "../check/lists.js";
import { expectedMistake, numberMistake, objectMistake } from "../check/mistakes.js";
import { listOnce, listsOnce, readOnce } from "../check/readOnce.js";
import { refuse } from "../check/refuse.js";
import { failureOf } from "../policies/callPolicy.js";
import type { LoggedStep } from "./log.js";
import type { TargetPolicy } from "./targetPolicy.js";

/** Functions of a target that only some estimators need. */
export type TargetFunction = "slotProbabilities" | "prefixProbabilities";

const TARGET_FUNCTIONS = ["slateProbability", "slotProbabilities", "prefixProbabilities"] as const;

/** Sums of probabilities may be off 1 by as much. */
const ROUNDING = 1e-9;

/** A step of a log, and where it is. */
export interface PlacedStep {
  readonly logged: LoggedStep;
  readonly user: number;
  readonly step: number;
  /** As in "episodes[3].steps[1]". */
  readonly place: string;
}

/** Reads a target once. Throws `InvalidInput` with every error at once; `needed` are the functions that it must have. */
export function readTarget(given: TargetPolicy, needed: readonly TargetFunction[]): TargetPolicy {
  const target = readOnce("target", given, ["name", ...TARGET_FUNCTIONS]);
  refuse([objectMistake("target", target)]);
  const { name } = target;
  const missing = ["slateProbability", ...needed].filter(
    (field) => typeof target[field as TargetFunction] !== "function",
  );
  refuse([
    typeof name === "string" && name !== ""
      ? undefined
      : expectedMistake("target.name", "a text that is not empty", name),
    ...missing.map((field) => expectedMistake(`target.${field}`, "a function", target[field as TargetFunction])),
  ]);
  const present = TARGET_FUNCTIONS.filter((field) => typeof target[field] === "function");
  const bound = present.map((field) => [field, (target[field] as () => unknown).bind(given)]);
  return { name, ...Object.fromEntries(bound) } as TargetPolicy;
}

/**
 * Asks a target for its probabilities and divides them by those of the log, and collects what is wrong: probabilities outside of [0, 1], and
 * slates that the logging policy never shows.
 */
export class TargetReader {
  private readonly target: TargetPolicy;
  private readonly logging: string;
  private readonly mistakes: string[] = [];

  constructor(target: TargetPolicy, logging: string) {
    this.target = target;
    this.logging = logging;
  }

  /** Returns π/μ of the whole slate. */
  slateRatio(at: PlacedStep): number {
    const { logged, user, step } = at;
    const probability = this.ask("slateProbability", at, () => this.target.slateProbability(logged, user, step));
    return this.ratio("slateProbability", at, probability, logged.propensity);
  }

  /** Returns π/μ of the first k slots, for all k. */
  prefixRatios(at: PlacedStep): number[] {
    const { logged, user, step } = at;
    const field = "prefixProbabilities";
    const given = listOnce(
      field,
      this.ask(field, at, () => this.target[field]!(logged, user, step)),
    );
    if (!this.hasLength(given, logged.slate.length, field, at)) return [];
    return given.map((probability, slot) => this.ratio(field, at, probability, logged.prefixPropensities![slot]!));
  }

  /** Returns π/μ of each slot by itself. */
  slotRatios(at: PlacedStep): number[] {
    const rows = this.slotRows(at);
    const { slate, slotPropensities } = at.logged;
    return rows.map((row, slot) => this.ratio("slotProbabilities", at, row[slate[slot]!]!, slotPropensities![slot]!));
  }

  /** Returns the target's probabilities of candidates in slots, [slot][position]; none where they are wrong. */
  slotRows(at: PlacedStep): readonly (readonly number[])[] {
    const { logged, user, step } = at;
    const field = "slotProbabilities";
    const rows = listsOnce(
      field,
      this.ask(field, at, () => this.target[field]!(logged, user, step)),
    );
    if (!this.hasLength(rows, logged.slate.length, field, at)) return [];
    const beyond = Math.max(...logged.slate) + 1;
    const complete = rows.every((row) => isArray(row) && row.length >= beyond && row.length === rows[0]!.length);
    if (complete && rows.every(isDistribution)) return rows;
    const rule = `lists of equal length, with probabilities of at least ${beyond} candidates whose sum is 1`;
    this.refuseLater(`target.${field}(${at.place})`, rule, rows);
    return [];
  }

  /** Adds an error, for `end` to throw. */
  refuseLater(field: string, rule: string, got: unknown): void {
    this.mistakes.push(expectedMistake(field, rule, got));
  }

  /** Throws `InvalidInput` if anything was wrong. */
  end(): void {
    refuse(this.mistakes);
  }

  private ratio(field: string, at: PlacedStep, probability: number, propensity: number): number {
    const legal = numberMistake("", probability, { min: 0, max: 1 + ROUNDING }) === undefined;
    if (!legal) this.refuseLater(`target.${field}(${at.place})`, "a number in [0, 1]", probability);
    // Where logging is certain there is nothing else: what the target shows otherwise was never tried.
    else if (propensity === 1 && probability < 1 - ROUNDING) this.refuseSupport(at, probability);
    return probability / propensity;
  }

  private refuseSupport({ place }: PlacedStep, probability: number): void {
    const rule = `a policy that shows every slate of the target "${this.target.name}" with a probability above 0`;
    const what = `, certain at ${place} of what the target shows with probability ${probability}`;
    this.mistakes.push(expectedMistake("log.policy", rule, this.logging) + what);
  }

  private hasLength(given: unknown, length: number, field: string, { place }: PlacedStep): given is readonly unknown[] {
    const legal = isArray(given) && given.length === length;
    const rule = `a list of ${length}, one for each slot`;
    if (!legal) this.refuseLater(`target.${field}(${place})`, rule, given);
    return legal;
  }

  private ask<Answer>(field: string, at: PlacedStep, call: () => Answer): Answer {
    return callAt(`target "${this.target.name}": ${field}`, at, call);
  }
}

/** Calls a function of the caller; an error that it throws is wrapped with what it is, step and user. */
export function callAt<Answer>(whose: string, { user, step }: PlacedStep, call: () => Answer): Answer {
  try {
    return call();
  } catch (error) {
    throw failureOf(whose, step, `user ${user}`, error);
  }
}

function isDistribution(row: readonly number[]): boolean {
  const sum = row.reduce((total, probability) => total + probability, 0);
  return row.every((probability) => probability >= 0) && Math.abs(sum - 1) <= ROUNDING;
}
