import type { QueueStatus } from "../queue/status.js";
import { table } from "./table.js";

/** Describes the workers and the runs of a queue. `width` is the terminal's, in characters. */
export function describeQueue({ workers, runs }: QueueStatus, width: number = Infinity): string {
  const workerRows = workers.map(({ name, threads, slatesim }) => [name, String(threads), slatesim]);
  const runRows = runs.map(({ run, state, usersDone, users, waiting, active }) => {
    const counts = [usersDone, users, waiting, active];
    return [run, state, ...counts.map((count) => count.toLocaleString("en-US"))];
  });
  const titles = ["run", "state", "users done", "of", "chunks waiting", "active"];
  return [
    workers.length === 0 ? "No worker is connected." : table([["worker", "threads", "slatesim"], ...workerRows], width),
    runs.length === 0 ? "No run of the last day." : table([titles, ...runRows], width),
    ...(runs.length === 0 ? [] : [countOf(runs)]),
  ].join("\n\n");
}

/** Returns how many runs there are in each state. */
function countOf(runs: QueueStatus["runs"]): string {
  const counts = new Map<string, number>();
  for (const { state } of runs) counts.set(state, (counts.get(state) ?? 0) + 1);
  return `Runs of the last day: ${[...counts].map(([state, count]) => `${count} ${state}`).join(", ")}.`;
}
