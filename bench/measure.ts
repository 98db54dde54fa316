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
  const contenders = entries.map((entry) => entry.contender);
  const scores = await runRounds(contenders, rounds, (round) => showProgress(round, rounds));
  clearProgress();
  const complaints = [...bitDifferences(contenders), ...disagreements(scores)];
  return { machine: describeMachine(), processes: 1, rounds, start, rows: rowsOf(entries, scores), complaints };
}
