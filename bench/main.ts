import { bitDifferences, disagreements } from "./agreement.js";
import { describeMachine } from "./machine.js";
import { readOptions } from "./options.js";
import { clearProgress, showProgress } from "./progress.js";
import { rowsOf, type Report } from "./report.js";
import { runRounds } from "./rounds.js";
import { showReport } from "./showReport.js";
import { enter } from "./tasks.js";

const { rounds, json } = readOptions(process.argv.slice(2));
const entries = await enter();
const contenders = entries.map((entry) => entry.contender);
const scores = await runRounds(contenders, rounds, (round) => showProgress(round, rounds));
clearProgress();

const report: Report = { machine: describeMachine(), rounds, rows: rowsOf(entries, scores) };
console.log(json ? JSON.stringify(report, null, 2) : showReport(report));

const complaints = [...bitDifferences(contenders), ...disagreements(scores)];
for (const complaint of complaints) console.error(complaint);
process.exitCode = complaints.length === 0 ? 0 : 1;
