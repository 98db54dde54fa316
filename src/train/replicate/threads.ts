import { createRequire } from "node:module";
import { MessageChannel, receiveMessageOnPort, type MessagePort } from "node:worker_threads";
import { errorOf, type Failure } from "../../workers/failure.js";
import { openThreads, type Threads } from "../../workers/nodePool.js";
import type { PlanMessage } from "./plan.js";
import type { ReplicationControl, ReplicationResult } from "./replication.js";

/** What a thread is told to do; the port brings the interruption, and takes a message after every evaluation. */
export interface ReplicationInput {
  readonly replication: number;
  readonly port: MessagePort;
}

/** A replication, or the error. */
export type ReplicationAnswer = { readonly done: ReplicationResult } | { readonly failure: Failure };

/** Threads that run replications. */
export type ReplicationThreads = Threads<ReplicationInput, ReplicationAnswer>;

export function openReplicationThreads(message: PlanMessage, threads: number): ReplicationThreads {
  const entry = createRequire(import.meta.url).resolve("#dist/train/replicate/threadEntry.cjs");
  return openThreads(entry, message, threads);
}

/** Runs a replication in a thread. Rejects with what `onEvaluation` throws, too. */
export async function runInThread(
  threads: ReplicationThreads,
  replication: number,
  { signal, onEvaluation }: ReplicationControl,
): Promise<ReplicationResult> {
  const { port1: here, port2: port } = new MessageChannel();
  const abort = (): void => here.postMessage("abort", []);
  const thrown = new Promise<never>((_, reject) => {
    here.on("message", () => {
      try {
        onEvaluation();
      } catch (error) {
        reject(error as Error);
      }
    });
  });
  signal?.addEventListener("abort", abort);
  try {
    const answer = await Promise.race([threads.run({ replication, port }, [port]), thrown]);
    while (receiveMessageOnPort(here) !== undefined) onEvaluation(); // sent before the answer, which has overtaken it
    if ("done" in answer) return answer.done;
    throw errorOf(answer.failure);
  } finally {
    signal?.removeEventListener("abort", abort);
    here.close();
  }
}
