import type { Parameters } from "../worlds/longTermSatisfaction/parameters.js";
import { metricsOf, type Metrics } from "../statistics/metrics.js";
import type { Engine } from "../policies/runPolicy.js";
import { RunTotals } from "../statistics/runTotals.js";
import type { PrecisionReport } from "../studies/precision.js";
import { digestText } from "../statistics/userDigest.js";

/** What was run. */
export interface RunHeader {
  readonly scenario: string;
  readonly parameters: Readonly<Parameters>;
  readonly policy: string;
  readonly users: number;
  readonly firstUser: number;
  readonly steps: number;
  readonly seed: string;
  readonly engine: Engine;
  readonly streamVersion: number;
  /** Left out for "sampled". */
  readonly estimator?: "expected";
}

/** What was run, and what came of it. */
export interface Run extends RunHeader {
  /** 16 hexadecimal digits over the bits of every step of every user; equal lives, equal digests. */
  readonly digest: string;
  readonly metrics: Metrics;
  /** If the run was to end with an interval of some width. */
  readonly precision?: PrecisionReport;
  /** If the run was ended early by its signal: `users` is how many were finished. */
  readonly interrupted?: true;
  readonly timing: Timing;
}

/** The one part of a result that differs from run to run. */
export interface Timing {
  readonly seconds: number;
  /** Of the user-steps simulated by this very run, not of those that a store had kept; 0 if it simulated none. */
  readonly userStepsPerSecond: number;
  /** Users simulated by this very run, under each policy: all of them, unless a store had kept some. */
  readonly simulatedUsers: number;
  /** Threads at work; 1 if that was the calling one. */
  readonly workers: number;
}

/** What a timing is made from. */
export interface Pace extends Omit<Timing, "userStepsPerSecond"> {
  /** Simulated by this very run, under all policies. */
  readonly userSteps: number;
}

/** A clock may not have moved, and nothing may have been simulated. */
export function timingOf({ seconds, userSteps, simulatedUsers, workers }: Pace): Timing {
  return { seconds, userStepsPerSecond: seconds > 0 ? userSteps / seconds : 0, simulatedUsers, workers };
}

/** How a run came to its end. */
export type RunEnd = Pick<Run, "precision" | "interrupted">;

/** What is behind a run, for merging: whatever became of the run itself. */
const known = new WeakMap<Run, { readonly header: RunHeader; readonly totals: RunTotals; readonly pace: Pace }>();

export function finishRun(header: RunHeader, totals: RunTotals, pace: Pace, end: RunEnd = {}): Run {
  const run: Run = {
    ...header,
    digest: digestText(totals.digest),
    metrics: metricsOf(totals, header.steps, header.estimator ?? "sampled"),
    ...end,
    timing: timingOf(pace),
  };
  known.set(run, { header, totals, pace });
  return run;
}

/** What was run, as it was said when the run was finished here; undefined for anything else. */
export function headerOf(run: Run): RunHeader | undefined {
  return known.get(run)?.header;
}

/** The run of the users of both, which differ in nothing else. */
export function joinRuns(first: Run, second: Run): Run {
  const [a, b] = [known.get(first)!, known.get(second)!];
  const totals = new RunTotals(a.header.parameters.slateSize, a.header.steps);
  totals.merge(a.totals);
  totals.merge(b.totals);
  return finishRun({ ...a.header, users: a.header.users + b.header.users }, totals, joinPaces(a.pace, b.pace));
}

/** Of runs that were made one after the other. */
export function joinPaces(a: Pace, b: Pace): Pace {
  return {
    seconds: a.seconds + b.seconds,
    userSteps: a.userSteps + b.userSteps,
    simulatedUsers: a.simulatedUsers + b.simulatedUsers,
    workers: Math.max(a.workers, b.workers),
  };
}
