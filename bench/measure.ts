import { bitDifferences, disagreements } from "./agreement.js";
import { describeMachine } from "./machine.js";
import { clearProgress, showProgress } from "./progress.js";
import { rowsOf, type Report } from "./report.js";
import { runRounds } from "./rounds.js";
import { measureStart } from "./start.js";
import { enter } from "./tasks.js";

/** Measures everything in this process. */
export async function measure(rounds: number): Promise<Report> {
  const start = await measureStart();
  const entries = await enter();
  const candidates = entries.map((entry) => entry.candidate);
  const scores = await runRounds(candidates, rounds, (round) => showProgress(round, rounds));
  clearProgress();
  const problems = [...bitDifferences(candidates), ...disagreements(scores)];
  return { machine: describeMachine(), processes: 1, rounds, start, rows: rowsOf(entries, scores), problems };
}
