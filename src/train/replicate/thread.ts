import { workerData } from "node:worker_threads";
import { failureOf } from "../../workers/failure.js";
import { planOf, type PlanMessage } from "./plan.js";
import { runReplication } from "./replication.js";
import type { ReplicationAnswer, ReplicationInput } from "./threads.js";

const plan = planOf(workerData as PlanMessage);
plan.catch(() => {}); // reported with the first replication

/** Runs a replication in this thread. */
export async function answer({ replication, port }: ReplicationInput): Promise<ReplicationAnswer> {
  const controller = new AbortController();
  port.on("message", () => controller.abort());
  const onEvaluation = (): void => port.postMessage("evaluated");
  try {
    return { done: await runReplication(await plan, replication, { signal: controller.signal, onEvaluation }) };
  } catch (error) {
    return { failure: failureOf(error) };
  } finally {
    port.close();
  }
}
