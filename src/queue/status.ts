import type { Job, Queue } from "bullmq";
import { expectedMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import type { RunRecords, RunState } from "./runRecord.js";
import { workerOf, type ConnectedWorker } from "./workerName.js";

/** Kinds of jobs, as BullMQ names them. */
const KINDS = ["waiting", "active"] as const;

/** A run in a queue. */
export interface QueuedRun {
  /** 16 hexadecimal digits. */
  readonly run: string;
  /** "lost" if the process that submitted it is gone; the same command continues it. */
  readonly state: RunState;
  /** Users whose results have been taken, and the most that there are, of all studies. */
  readonly usersDone: number;
  readonly users: number;
  /** Numbers of chunks that wait, and that are being simulated. */
  readonly waiting: number;
  readonly active: number;
}

/** What a queue holds. */
export interface QueueStatus {
  readonly workers: readonly ConnectedWorker[];
  /** The runs of the last day, the oldest first. */
  readonly runs: readonly QueuedRun[];
}

/** Returns the workers that are connected to a queue. */
export async function connectedWorkers(queue: Queue): Promise<ConnectedWorker[]> {
  const connections = await queue.getWorkers();
  return connections.map(({ rawname = "" }) => workerOf(rawname)).filter((worker) => worker !== undefined);
}

export async function statusOf(queue: Queue, records: RunRecords): Promise<QueueStatus> {
  const [workers, ids, ...jobs] = await Promise.all([
    connectedWorkers(queue),
    records.runs(),
    ...KINDS.map((kind) => queue.getJobs([kind])),
  ]);
  const runs = await Promise.all(ids.map((run) => runOf(run, records, jobs)));
  return { workers, runs: runs.filter((run) => run !== undefined) };
}

async function runOf(run: string, records: RunRecords, jobs: readonly Job[][]): Promise<QueuedRun | undefined> {
  const record = await records.read(run);
  const [waiting = 0, active = 0] = jobs.map((each) => each.filter((job) => job?.name === run).length);
  return record && { run, ...record, waiting, active };
}

/**
 * Cancels a run: its waiting chunks are removed, and its submitter is told. Default: the only one that is not over. Returns its id.
 * Rejects with `InvalidInput` for any other.
 */
export async function cancelRun(queue: Queue, records: RunRecords, wanted: string | undefined): Promise<string> {
  const { runs } = await statusOf(queue, records);
  const open = runs.filter(({ state }) => state === "running" || state === "lost").map(({ run }) => run);
  const run = wanted ?? (open.length === 1 ? open[0] : undefined);
  const rule = open.length === 0 ? "a run, of which none is under way" : `one of the runs ${open.join(", ")}`;
  refuse([run !== undefined && open.includes(run) ? undefined : expectedMistake("run", rule, wanted)]);
  await records.cancel(run!);
  const jobs = await queue.getJobs(["waiting"]);
  await Promise.all(jobs.filter((job) => job?.name === run).map((job) => job.remove().catch(() => {})));
  return run!;
}
