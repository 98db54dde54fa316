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
  ].join("\n\n");
}
