import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { mergeReports, type Report } from "./report.js";

const MAIN = fileURLToPath(new URL("main.js", import.meta.url));

/** Measures everything in several processes, one after the other: now and then a whole process is slow. */
export function measureInProcesses(processes: number, rounds: number): Report {
  return mergeReports(Array.from({ length: processes }, () => measureInProcess(rounds)));
}

function measureInProcess(rounds: number): Report {
  const words = [...process.execArgv, MAIN, "--json", "--rounds", String(rounds)];
  const { status, stdout } = spawnSync(process.execPath, words, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (stdout === "") throw new Error(`A process of the bench ended with exit code ${status} and no report.`);
  return JSON.parse(stdout) as Report;
}
