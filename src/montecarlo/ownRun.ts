import { ownMetricsOf, stepsOf, type OwnMetrics } from "./metrics.js";
import { joinTimings, type RunEnd, type Spent, type Timing } from "./run.js";
import { OwnTotals } from "./runTotals.js";
import { digestText } from "./userDigest.js";

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

/** The exact totals behind a run, for merging. */
const totalsOf = new WeakMap<OwnRun, OwnTotals>();

export function finishOwnRun(
  header: OwnRunHeader,
  totals: OwnTotals,
  { seconds, workers, shareLived }: Spent,
  end: RunEnd = {},
): OwnRun {
  const run: OwnRun = {
    ...header,
    digest: digestText(totals.digest),
    metrics: ownMetricsOf(totals),
    ...end,
    timing: { seconds, userStepsPerSecond: (shareLived * stepsOf(totals.lived)) / seconds, workers },
  };
  totalsOf.set(run, totals);
  return run;
}

/** Whether a run was finished here, so that its totals are known. */
export function isOwnRun(run: object): run is OwnRun {
  return totalsOf.has(run as OwnRun);
}

/** The run of the users of both, which differ in nothing else. */
export function joinOwnRuns(a: OwnRun, b: OwnRun): OwnRun {
  const totals = new OwnTotals(totalsOf.get(a)!.past.length, a.steps);
  totals.merge(totalsOf.get(a)!);
  totals.merge(totalsOf.get(b)!);
  const { digest: _digest, metrics: _metrics, precision: _precision, interrupted: _interrupted, timing, ...header } = a;
  return finishOwnRun(
    { ...header, users: a.users + b.users },
    totals,
    joinTimings(timing, b.timing, stepsOf(totals.lived)),
  );
}
