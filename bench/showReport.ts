import { table } from "./package.js";
import type { Machine } from "./machine.js";
import type { Report, Row } from "./report.js";

const TITLES = ["task", "contender", "M user-steps/s", "slower", "from", "to", "than", "mean engagement, s"];

/** The report as aligned text. */
export function showReport({ machine, rounds, rows }: Report): string {
  return [
    table([TITLES, ...rows.map(cellsOf)]),
    "",
    `Slower: the speed of the contender under "than" divided by this one's, round by round; median, least and most.`,
    `Speed: the median of ${rounds} rounds after one to warm up.`,
    ...showMachine(machine),
  ].join("\n");
}

function cellsOf({ task, contender, userStepsPerSecond, ratio, totalEngagement }: Row): string[] {
  const { mean, standardError } = totalEngagement;
  return [
    task,
    contender,
    (userStepsPerSecond.median / 1e6).toFixed(2),
    ...[ratio.median, ratio.min, ratio.max].map((value) => `${value.toFixed(2)}×`),
    ratio.than,
    `${mean.toFixed(1)} ± ${standardError.toFixed(1)}`,
  ];
}

function showMachine(machine: Machine): string[] {
  return [
    `${machine.cpu}, ${machine.cores} cores, load ${machine.load.toFixed(1)} at the end, ${machine.os}`,
    `Node ${machine.node}, V8 ${machine.v8}, slatesim ${machine.slatesim}, AssemblyScript ${machine.assemblyscript}`,
  ];
}
