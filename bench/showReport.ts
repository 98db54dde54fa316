import { table } from "./package.js";
import { showMachine } from "./machine.js";
import type { Report, Row } from "./report.js";
import type { Start } from "./start.js";

const TITLES = ["task", "candidate", "M user-steps/s", "slower", "from", "to", "than", "mean engagement, s"];

/** The report as aligned text. */
export function showReport(report: Report): string {
  return [
    table([TITLES, ...report.rows.map(cellsOf)]),
    "",
    `Speed: user-steps per second of CPU time; ${showSpread(report)}.`,
    `Slower: the speed of the candidate under "than" divided by this one's, round by round.`,
    showStart(report.start),
    showMachine(report.machine),
  ].join("\n");
}

function cellsOf({ task, candidate, userStepsPerSecond, ratio, totalEngagement }: Row): string[] {
  const { mean, standardError } = totalEngagement;
  return [
    task,
    candidate,
    (userStepsPerSecond.median / 1e6).toFixed(2),
    ...[ratio.median, ratio.min, ratio.max].map((value) => `${value.toFixed(2)}×`),
    ratio.than,
    `${mean.toFixed(1)} ± ${standardError.toFixed(1)}`,
  ];
}

function showSpread({ processes, rounds }: Report): string {
  const inProcess = `${rounds} rounds after one to warm up`;
  if (processes === 1) return `median, least and most of ${inProcess}`;
  return `median, least and most of ${processes} processes' medians of ${inProcess}`;
}

function showStart({ bytes, compile, instantiate, firstBlock, warmBlock }: Start): string {
  const start = `compile ${compile.toFixed(2)} ms, instantiate ${instantiate.toFixed(2)} ms`;
  const blocks = `first block ${firstBlock.toFixed(1)} ms against ${warmBlock.toFixed(1)} ms when warm`;
  return `Start: wasm ${(bytes / 1000).toFixed(1)} kB, ${start}, ${blocks}.`;
}
