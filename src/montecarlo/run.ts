import type { Engine } from "../engines/openEngine.js";
import { metricsOf, type Metrics } from "../statistics/metrics.js";
import { RunTotals } from "../statistics/runTotals.js";
import { digestText } from "../statistics/userDigest.js";
import type { PrecisionReport } from "../studies/stoppingRule.js";
import type { AnyWorldTypes, WorldTypes } from "../world/worldTypes.js";
import { joinPaces, timingOf, type Pace, type Timing } from "./timing.js";

/** What was run. */
export interface RunHeader<T extends WorldTypes = AnyWorldTypes> {
  /** The world's name. */
  readonly scenario: string;
  readonly parameters: T["parameters"];
  /** The world's hash. */
  readonly world: string;
  readonly policy: string;
  readonly users: number;
  readonly firstUser: number;
  /** Longer episodes were cut off there. */
  readonly steps: number;
  readonly seed: string;
  readonly engine: Engine;
  readonly streamVersion: number;
  /** Left out for "sampled". */
  readonly estimator?: "expected";
  /** Left out for 1. */
  readonly discount?: number;
  /** Left out for 0. */
  readonly warmUp?: number;
}

/** How a run ended. */
export interface RunEnd {
  /** If the run was to end with an interval of some width. */
  readonly precision?: PrecisionReport;
  /** If the run was ended early by its signal: `users` is how many were finished. */
  readonly interrupted?: true;
}

/** What was run, and its results. */
export interface Run<T extends WorldTypes = AnyWorldTypes> extends RunHeader<T>, RunEnd {
  /** 16 hexadecimal digits over the bits of every step of every user: equal episodes, equal digests. */
  readonly digest: string;
  readonly metrics: Metrics<T["metrics"], T["series"]>;
  readonly timing: Timing;
}

interface Finished {
  readonly header: RunHeader;
  readonly totals: RunTotals;
  readonly pace: Pace;
}

/** What is behind a run, for merging: whatever became of the run itself. */
const finished = new WeakMap<Run, Finished>();

export function finishRun(header: RunHeader, totals: RunTotals, pace: Pace, end: RunEnd = {}): Run {
  const run: Run = {
    ...header,
    digest: digestText(totals.digest),
    metrics: metricsOf(totals, header.estimator ?? "sampled", header.warmUp ?? 0),
    ...end,
    timing: timingOf(pace),
  };
  finished.set(run, { header, totals, pace });
  return run;
}

/** What was run, as it was when the run was finished here; undefined for anything else. */
export function finishedRun(run: Run): Finished | undefined {
  return finished.get(run);
}

/** The run of the users of both, which differ in nothing else. */
export function joinRuns(a: Finished, b: Finished): Run {
  const totals = new RunTotals(a.totals.shape);
  totals.merge(a.totals);
  totals.merge(b.totals);
  return finishRun({ ...a.header, users: a.header.users + b.header.users }, totals, joinPaces(a.pace, b.pace));
}
