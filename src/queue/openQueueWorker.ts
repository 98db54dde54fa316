import { setTimeout as pause } from "node:timers/promises";
import type { Job } from "bullmq";
import { escapeControls } from "../check/escapeControls.js";
import { expectedMistake } from "../check/mistakes.js";
import { reasonOf } from "../check/reasonOf.js";
import { refuse } from "../check/refuse.js";
import { encodedResult } from "./chunkResult.js";
import { connect } from "./connection.js";
import { workerSettings, type QueueWorkerOptions } from "./queueOptions.js";
import type { Refusal } from "./refusals.js";
import { RunPools } from "./runPools.js";
import { RunRecords } from "./runRecord.js";
import { OWN_VERSION, type ChunkJob } from "./sentRun.js";
import { connectionName, workerOf } from "./workerName.js";

/** How often a chunk may lose its worker: one that kills every worker must come to an end. */
const MAX_LOST = 10;
/** Milliseconds for which a thread that refused a chunk takes no other: it would be the same one, before anybody else has it. */
const REFUSED_MS = 1000;

/** A worker that takes chunks from a queue. */
export interface QueueWorker {
  /** Machine and number of the process. */
  readonly name: string;
  readonly threads: number;
  /** The address of Redis without user and password. */
  readonly address: string;
  /** Ends the worker after the chunks that are under way; none is begun any more. */
  close(): Promise<void>;
}

/**
 * Opens a worker, which simulates chunks of any run in a queue in threads. It refuses a run of another version of the package, or whose
 * modules it does not have, by name, and leaves it to other workers. A chunk of a worker that dies, or falls silent for `lockSeconds`, is
 * given to another; that it may be simulated twice changes nothing. Rejects as `openQueue` does.
 */
export async function openQueueWorker(options: QueueWorkerOptions): Promise<QueueWorker> {
  const settings = workerSettings(options);
  const { threads, lockSeconds, onNotice } = settings;
  const connection = await connect(settings);
  const { bullmq, base, address, onError } = connection;
  const records = new RunRecords(connection);
  const pools = new RunPools(records, threads, settings.modules);
  const told = new Set<string>();
  const closing = new AbortController();
  const clientName = connectionName(threads);
  const { name } = workerOf(`:w:${clientName}`)!;

  const simulate = async ({ id, data }: Job<ChunkJob>): Promise<void> => {
    refuse([data.slatesim === OWN_VERSION ? undefined : expectedMistake("slatesim", OWN_VERSION, data.slatesim)]);
    await pools.with(data.run, async (pool) => {
      await records.keepResult(data.run, id!, await encodedResult(pool.simulate(data.chunk)));
    });
  };
  const leaveToOthers = async (job: Job<ChunkJob>, token: string | undefined, error: unknown): Promise<never> => {
    const refusal: Refusal = { worker: name, reason: escapeControls(reasonOf(error)) };
    const line = `Worker ${name} refuses the run ${job.data.run}: ${refusal.reason}`;
    if (!told.has(line)) onNotice(escapeControls(line));
    told.add(line);
    await job.updateProgress({ ...refusal });
    await job.moveToWait(token);
    await pause(REFUSED_MS, undefined, { signal: closing.signal }).catch(() => {});
    throw new bullmq.WaitingError();
  };
  const worker = new bullmq.Worker<ChunkJob>(
    settings.queue,
    (job, token) => simulate(job).catch((error: unknown) => leaveToOthers(job, token, error)),
    {
      ...base,
      name: clientName,
      concurrency: threads,
      lockDuration: lockSeconds * 1000,
      stalledInterval: lockSeconds * 500,
      maxStalledCount: MAX_LOST,
    },
  );
  worker.on("error", onError);
  await worker.waitUntilReady();
  return {
    name,
    threads,
    address,
    close: async () => {
      closing.abort();
      await worker.close();
      await pools.close();
      connection.close();
    },
  };
}
