import type { RemoteWorkers } from "../studies/remoteWorkers.js";
import { connect } from "./connection.js";
import { submitSettings, type QueueOptions } from "./queueOptions.js";
import { QueueSimulator } from "./queueSimulator.js";
import { RunRecords } from "./runRecord.js";
import { cancelRun, statusOf, type QueueStatus } from "./status.js";

/** A queue of chunks in Redis, to which runs are submitted: `simulate(world, policy, { workers: queue, … })`. */
export interface QueueClient extends RemoteWorkers {
  /** Returns the workers that are connected, and the runs of the last day. */
  status(): Promise<QueueStatus>;
  /**
   * Cancels a run: its waiting chunks are removed, chunks under way end by themselves, and its submitter gets an error. Default: the
   * only one under way. Returns its id. Rejects with `InvalidInput` for any other id.
   */
  cancel(run?: string): Promise<string>;
  /** Closes the connections. */
  close(): Promise<void>;
}

/**
 * Connects to a queue, which `openQueueWorker` and `slatesim queue work` take chunks from. Runs on it say what they say in one process, bit
 * for bit. Needs the packages bullmq and ioredis, and Redis 6.2 or later. Rejects with `InvalidInput`, every error at once, and with an
 * error that says how to start Redis where it cannot be reached.
 */
export async function openQueue(options: QueueOptions): Promise<QueueClient> {
  const settings = submitSettings(options);
  const connection = await connect(settings);
  const { bullmq, base, onError } = connection;
  const queue = new bullmq.Queue(settings.queue, base);
  const events = new bullmq.QueueEvents(settings.queue, base);
  queue.on("error", onError);
  events.on("error", onError);
  const records = new RunRecords(connection);
  return {
    openSimulator: async (studies, users, signal) => {
      await events.waitUntilReady();
      const simulator = await QueueSimulator.open({ connection, queue, events, settings }, studies, users);
      signal.addEventListener("abort", () => void simulator.end("interrupted"), { once: true });
      return simulator;
    },
    status: () => statusOf(queue, records),
    cancel: (run) => cancelRun(queue, records, run),
    close: async () => {
      await Promise.allSettled([events.close(), queue.close()]);
      connection.close();
    },
  };
}
