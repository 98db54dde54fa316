import { PartIsStored } from "../../studies/blockStore.js";
import type { Settings } from "../checkpoint.js";
import type { Plan } from "./plan.js";
import type { ReplicateOptions } from "./replicateOptions.js";
import { runPlan, type PlanResult } from "./runPlan.js";

/**
 * Runs the replications, or takes them from the store. Rejects with `PartIsStored` when a part of them is stored, and with the
 * signal's reason when it is aborted before: a part is there whole or not at all.
 */
export async function runOrRead(plan: Plan, settings: Settings, options: ReplicateOptions): Promise<PlanResult> {
  const opened = options.store?.openReplications(settings);
  if (opened === undefined) return runPlan(plan, numbersUpTo(plan.replications), options);
  if ("replications" in opened)
    return { results: opened.replications.map((replication) => ({ replication, repaired: [] })), workers: 1 };
  const { results } = await runPlan(plan, opened.numbers, options);
  options.signal?.throwIfAborted();
  for (const { replication } of results) opened.write(replication);
  throw new PartIsStored();
}

function numbersUpTo(count: number): number[] {
  return Array.from({ length: count }, (_, place) => place + 1);
}
