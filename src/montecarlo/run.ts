import { displayed } from "../display/displayed.js";
import type { Engine } from "../engines/openEngine.js";
import { metricsOf, type Metrics } from "../statistics/metrics.js";
import { RunTotals } from "../statistics/runTotals.js";
import { digestText } from "../statistics/userDigest.js";
import type { Estimator } from "../statistics/estimator.js";
import type { PrecisionReport } from "../studies/stoppingRule.js";
import type { AnyWorldTypes, WorldTypes } from "../world/worldTypes.js";
import { joinPaces, timingOf, type Pace, type Timing } from "./timing.js";

/** Description of a run: world, policy and options. */
export interface RunHeader<T extends WorldTypes = AnyWorldTypes> {
  /** The world's name. */
  readonly scenario: string;
  /** The world's parameters, defaults included. */
  readonly parameters: T["parameters"];
  /** The world's hash. */
  readonly world: string;
  /** The policy's name. */
  readonly policy: string;
  /** How many users were simulated. */
  readonly users: number;
  /** Number of the first of them. */
  readonly firstUser: number;
  /** Steps after which episodes were cut off. */
  readonly steps: number;
  /** The seed as text. */
  readonly seed: string;
  /** Engine that simulated the users. */
  readonly engine: Engine;
  /** Runs of one stream version have the same bits. */
  readonly streamVersion: number;
  /** Estimator of the returns; absent for "sampled". */
  readonly estimator?: Exclude<Estimator, "sampled">;
  /** Discount of rewards; left out for 1. */
  readonly discount?: number;
  /** First steps that count for nothing; left out for 0. */
  readonly warmUp?: number;
}

/** End of a run: precision and interruption. */
export interface RunEnd {
  /** How narrow the intervals are, of a run with a precision. */
  readonly precision?: PrecisionReport;
  /** True of a run that its signal ended early: `users` is how many were finished. */
  readonly interrupted?: true;
}

/** Description and results of a run. */
export interface Run<T extends WorldTypes = AnyWorldTypes> extends RunHeader<T>, RunEnd {
  /** 16 hexadecimal digits over the bits of every step of every user: equal episodes, equal digests. */
  readonly digest: string;
  /** Metrics of the users. */
  readonly metrics: Metrics<T["metrics"], T["series"]>;
  /** How long it took: the one part that differs from run to run. */
  readonly timing: Timing;
}

interface Finished {
  readonly header: RunHeader;
  readonly totals: RunTotals;
  readonly pace: Pace;
}

/** Totals of each run, for merging, independent of changes to the run object itself. */
const finished = new WeakMap<Run, Finished>();

export function finishRun(header: RunHeader, totals: RunTotals, pace: Pace, end: RunEnd = {}): Run {
  const run: Run = displayed({
    ...header,
    digest: digestText(totals.digest),
    metrics: metricsOf(totals, header.estimator ?? "sampled", header.warmUp ?? 0),
    ...end,
    timing: timingOf(pace),
  });
  finished.set(run, { header, totals, pace });
  return run;
}

/** Returns the totals of a run that this process has finished; undefined for anything else. */
export function finishedRun(run: Run): Finished | undefined {
  return finished.get(run);
}

/** Returns the run of the users of both, which differ in nothing else. */
export function joinRuns(a: Finished, b: Finished): Run {
  const totals = new RunTotals(a.totals.shape);
  totals.merge(a.totals);
  totals.merge(b.totals);
  return finishRun({ ...a.header, users: a.header.users + b.header.users }, totals, joinPaces(a.pace, b.pace));
}
