import type { Parameters } from "../scenario/longTermSatisfaction/parameters.js";
import { metricsOf, type Metrics } from "./metrics.js";
import type { Engine } from "./runPolicy.js";
import { RunTotals } from "./runTotals.js";
import type { PrecisionReport } from "./study/precision.js";
import { digestText } from "./userDigest.js";

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
  /** Of the steps that were lived, not read from a store. */
  readonly userStepsPerSecond: number;
  /** Threads at work; 1 if that was the calling one. */
  readonly workers: number;
}

/** What a run took. */
export interface Spent extends Omit<Timing, "userStepsPerSecond"> {
  /** Of the users, those that were lived for it: not read from a store. */
  readonly shareLived: number;
}

/** How a run came to its end. */
export type RunEnd = Pick<Run, "precision" | "interrupted">;

/** The exact totals behind a run, for merging. */
const totalsOf = new WeakMap<Run, RunTotals>();

export function finishRun(
  header: RunHeader,
  totals: RunTotals,
  { seconds, workers, shareLived }: Spent,
  end: RunEnd = {},
): Run {
  const { users, steps } = header;
  const run: Run = {
    ...header,
    digest: digestText(totals.digest),
    metrics: metricsOf(totals, steps, header.estimator ?? "sampled"),
    ...end,
    timing: { seconds, userStepsPerSecond: (shareLived * users * steps) / seconds, workers },
  };
  totalsOf.set(run, totals);
  return run;
}

/** Whether a run was finished here, so that its totals are known. */
export function isRun(run: object): run is Run {
  return totalsOf.has(run as Run);
}

/** The run of the users of both, which differ in nothing else. */
export function joinRuns(a: Run, b: Run): Run {
  const totals = new RunTotals(a.parameters.slateSize, totalsOf.get(a)!.series.length);
  totals.merge(totalsOf.get(a)!);
  totals.merge(totalsOf.get(b)!);
  const { digest: _digest, metrics: _metrics, precision: _precision, interrupted: _interrupted, timing, ...header } = a;
  const steps = (a.users + b.users) * a.steps;
  return finishRun({ ...header, users: a.users + b.users }, totals, joinTimings(timing, b.timing, steps));
}

/** Of runs that were made one after the other, and have so many steps together. */
export function joinTimings(a: Timing, b: Timing, steps: number): Spent {
  const lived = a.userStepsPerSecond * a.seconds + b.userStepsPerSecond * b.seconds;
  return { seconds: a.seconds + b.seconds, workers: Math.max(a.workers, b.workers), shareLived: lived / steps };
}
