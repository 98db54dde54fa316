import { InvalidInput } from "../check/invalidInput.js";
import { expectedMistake } from "../check/mistakes.js";
import type { Parameters } from "../scenario/longTermSatisfaction/parameters.js";
import { metricsOf, type Metrics } from "./metrics.js";
import type { Engine } from "./options.js";
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

/**
 * The run of all users of `a` and, right after them, of `b`. Where they meet at a multiple of 4,096 users from the first,
 * this is bit for bit the run that would have lived them all; elsewhere the digest still is, and the means agree to rounding.
 * Throws `InvalidInput` unless both are runs of this process that differ in nothing but their users.
 */
export function mergeRuns(a: Run, b: Run): Run {
  const mistakes = mergeMistakes(a, b);
  if (mistakes.length > 0) throw new InvalidInput(mistakes);
  const totals = new RunTotals(a.parameters.slateSize, totalsOf.get(a)!.series.length);
  totals.merge(totalsOf.get(a)!);
  totals.merge(totalsOf.get(b)!);
  const { digest: _digest, metrics: _metrics, timing, ...header } = a;
  return finishRun({ ...header, users: a.users + b.users }, totals, timing.seconds + b.timing.seconds);
}

const SAME_FIELDS = ["scenario", "policy", "steps", "seed", "engine", "streamVersion"] as const;

function mergeMistakes(a: Run, b: Run): string[] {
  if (!totalsOf.has(a) || !totalsOf.has(b)) return ["a run can be merged in the process that ran it, not from a copy"];
  const mistakes = SAME_FIELDS.filter((field) => a[field] !== b[field]).map((field) =>
    expectedMistake(field, `${JSON.stringify(a[field])} in both runs`, b[field]),
  );
  if (JSON.stringify(a.parameters) !== JSON.stringify(b.parameters)) mistakes.push("the runs' parameters differ");
  const next = a.firstUser + a.users;
  if (b.firstUser !== next)
    mistakes.push(expectedMistake("firstUser", `${next}, the user after the first run`, b.firstUser));
  return mistakes;
}
