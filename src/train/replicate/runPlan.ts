import { availableParallelism } from "node:os";
import { countsOf } from "../trainOptions.js";
import { messageOf, type Plan } from "./plan.js";
import { extentOf, type ReplicateOptions } from "./replicateOptions.js";
import { runReplication, type ReplicationControl, type ReplicationResult } from "./replication.js";
import { openReplicationThreads, runInThread } from "./threads.js";

type Run = (replication: number, control: ReplicationControl) => Promise<ReplicationResult>;

/** Results of all replications, in the order of their numbers. */
interface PlanResult {
  readonly results: readonly ReplicationResult[];
  /** Number of threads that trained. */
  readonly workers: number;
}

/** Runs all replications, in threads where the plan can be sent to them. */
export async function runPlan(plan: Plan, options: ReplicateOptions): Promise<PlanResult> {
  const { workers: wanted } = extentOf(options);
  const message = messageOf(plan);
  const workers = Math.min(wanted === "auto" ? availableParallelism() : wanted, plan.replications);
  if (message === undefined || workers === 1) {
    const results = await inTurn(plan, options, 1, (replication, control) =>
      runReplication(plan, replication, control),
    );
    return { results, workers: 1 };
  }
  const threads = openReplicationThreads(message, workers);
  try {
    const run: Run = (replication, control) => runInThread(threads, replication, control);
    return { results: await inTurn(plan, options, workers, run), workers };
  } finally {
    await threads.close();
  }
}

/** Runs the replications in the order of their numbers, so many at a time. */
async function inTurn(
  { replications, training }: Plan,
  { signal, onProgress }: ReplicateOptions,
  width: number,
  run: Run,
): Promise<readonly ReplicationResult[]> {
  const total = replications * (countsOf(training).numIterations + 1);
  let evaluations = 0;
  const onEvaluation = (): void => onProgress?.({ evaluations: ++evaluations, total });
  const control = { onEvaluation, ...(signal && { signal }) };
  const numbers = Array.from({ length: replications }, (_, place) => place + 1).values();
  const results: ReplicationResult[] = [];
  const runNext = async (): Promise<void> => {
    for (const number of numbers) results[number - 1] = await run(number, control);
  };
  await Promise.all(Array.from({ length: width }, runNext));
  return results;
}
