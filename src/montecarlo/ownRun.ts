import { ownMetricsOf, type OwnMetrics } from "../statistics/metrics.js";
import { joinPaces, timingOf, type Pace, type RunEnd, type Timing } from "./run.js";
import { OwnTotals } from "../statistics/runTotals.js";
import { digestText } from "../statistics/userDigest.js";

/** What was run, in an own world. */
export interface OwnRunHeader {
  /** The world's name. */
  readonly scenario: string;
  /** The world's hash. */
  readonly world: string;
  readonly policy: string;
  readonly users: number;
  readonly firstUser: number;
  /** Lives that were longer were cut off there. */
  readonly steps: number;
  readonly seed: string;
  readonly streamVersion: number;
}

/** What was run in an own world, and what came of it. */
export interface OwnRun extends OwnRunHeader, RunEnd {
  /** 16 hexadecimal digits over choice, reward and state of every step of every user; equal lives, equal digests. */
  readonly digest: string;
  readonly metrics: OwnMetrics;
  readonly timing: Timing;
}

/** What is behind a run, for merging. */
const known = new WeakMap<OwnRun, { readonly header: OwnRunHeader; readonly totals: OwnTotals; readonly pace: Pace }>();

export function finishOwnRun(header: OwnRunHeader, totals: OwnTotals, pace: Pace, end: RunEnd = {}): OwnRun {
  const run: OwnRun = {
    ...header,
    digest: digestText(totals.digest),
    metrics: ownMetricsOf(totals),
    ...end,
    timing: timingOf(pace),
  };
  known.set(run, { header, totals, pace });
  return run;
}

/** What was run, as it was said when the run was finished here; undefined for anything else. */
export function ownHeaderOf(run: OwnRun): OwnRunHeader | undefined {
  return known.get(run)?.header;
}

/** The run of the users of both, which differ in nothing else. */
export function joinOwnRuns(first: OwnRun, second: OwnRun): OwnRun {
  const [a, b] = [known.get(first)!, known.get(second)!];
  const totals = new OwnTotals(a.totals.past.length, a.header.steps);
  totals.merge(a.totals);
  totals.merge(b.totals);
  return finishOwnRun({ ...a.header, users: a.header.users + b.header.users }, totals, joinPaces(a.pace, b.pace));
}
