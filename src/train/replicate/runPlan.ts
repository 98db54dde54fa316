import { availableParallelism } from "node:os";
import { countsOf } from "../trainOptions.js";
import { messageOf, type Plan } from "./plan.js";
import { extentOf, type ReplicateOptions } from "./replicateOptions.js";
import { runReplication, type ReplicationControl, type ReplicationResult } from "./replication.js";
import { openReplicationThreads, runInThread } from "./threads.js";

type Run = (replication: number, control: ReplicationControl) => Promise<ReplicationResult>;

/** Results of replications, in the order of their numbers. */
export interface PlanResult {
  readonly results: readonly ReplicationResult[];
  /** Number of threads that trained. */
  readonly workers: number;
}

/** Runs the replications of those numbers, in threads where the plan can be sent to them. */
export async function runPlan(plan: Plan, numbers: readonly number[], options: ReplicateOptions): Promise<PlanResult> {
  const { workers: wanted } = extentOf(options);
  const message = await messageOf(plan);
  const workers = Math.min(wanted === "auto" ? availableParallelism() : wanted, numbers.length);
  if (message === undefined || workers <= 1) {
    const run: Run = (replication, control) => runReplication(plan, replication, control);
    const results = await inTurn(plan, numbers, options, 1, run);
    return { results, workers: 1 };
  }
  const threads = openReplicationThreads(message, workers);
  try {
    const run: Run = (replication, control) => runInThread(threads, replication, control);
    return { results: await inTurn(plan, numbers, options, workers, run), workers };
  } finally {
    await threads.close();
  }
}

/** Runs the replications in the order of their numbers, so many at a time. */
async function inTurn(
  { training }: Plan,
  numbers: readonly number[],
  { signal, onProgress }: ReplicateOptions,
  width: number,
  run: Run,
): Promise<readonly ReplicationResult[]> {
  const total = numbers.length * (countsOf(training).numIterations + 1);
  let evaluations = 0;
  const onEvaluation = (): void => onProgress?.({ evaluations: ++evaluations, total });
  const control = { onEvaluation, ...(signal && { signal }) };
  const waiting = numbers.entries();
  const results: ReplicationResult[] = [];
  const runNext = async (): Promise<void> => {
    for (const [place, number] of waiting) results[place] = await run(number, control);
  };
  await Promise.all(Array.from({ length: width }, runNext));
  return results;
}
