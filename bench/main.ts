import { measure } from "./measure.js";
import { readOptions } from "./options.js";
import { measureInProcesses } from "./processes.js";
import { showReport } from "./showReport.js";

const { processes, rounds, json } = readOptions(process.argv.slice(2));
const report = processes === 1 ? await measure(rounds) : measureInProcesses(processes, rounds);
console.log(json ? JSON.stringify(report, null, 2) : showReport(report));
if (!json) for (const problem of report.problems) console.error(problem);
process.exitCode = report.problems.length === 0 ? 0 : 1;
