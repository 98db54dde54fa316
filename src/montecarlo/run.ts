import type { Parameters } from "../scenario/longTermSatisfaction/parameters.js";
import { metricsOf, type Metrics } from "./metrics.js";
import type { Engine } from "./runPolicy.js";
import { RunTotals } from "./runTotals.js";
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
}

/** What was run, and what came of it. */
export interface Run extends RunHeader {
  /** 16 hexadecimal digits over the bits of every step of every user; equal lives, equal digests. */
  readonly digest: string;
  readonly metrics: Metrics;
  readonly timing: { readonly seconds: number; readonly userStepsPerSecond: number };
}

/** The exact totals behind a run, for merging. */
const totalsOf = new WeakMap<Run, RunTotals>();

export function finishRun(header: RunHeader, totals: RunTotals, seconds: number): Run {
  const { users, steps } = header;
  const run: Run = {
    ...header,
    digest: digestText(totals.digest),
    metrics: metricsOf(totals, steps),
    timing: { seconds, userStepsPerSecond: (users * steps) / seconds },
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
  const { digest: _digest, metrics: _metrics, timing, ...header } = a;
  return finishRun({ ...header, users: a.users + b.users }, totals, timing.seconds + b.timing.seconds);
}
