// The kernel's algorithm in C (bench/native), compiled here and now. Every call is a process of its own that takes its own time.
import { spawnSync, type SpawnSyncReturns } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Candidate, RunNumbered, Task } from "../candidate.js";
import { CIRCLE, LOGS, POWERS, WEIGHTS } from "../package.js";
import { KEY, numbered } from "./numbered.js";

const SOURCE = fileURLToPath(new URL("../../../bench/native/rollout.c", import.meta.url));
const FOLDER = fileURLToPath(new URL("../native/", import.meta.url));
const USERS = 16_384;
const FLAGS = ["-O3", "-mavx", "-ffp-contract=off", `-I${FOLDER}`];

/** Knows slates of the first or the most educational three of ten documents, in the default world. */
export type Native = (task: Task) => Candidate;

/** Compiles the programme; without a compiler or on another processor says so on stderr and gives nothing. */
export function buildNative(): Native | undefined {
  const program = `${FOLDER}rollout`;
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(`${FOLDER}tables.h`, tablesHeader());
  const built = process.arch === "x64" && execute("clang", [...FLAGS, "-o", program, SOURCE]).status === 0;
  if (built) return (task) => native(program, task);
  console.error("The rows of 128-bit C are left out: they need clang and an x64 processor.");
  return undefined;
}

/** The package's tables as constants of the programme; 17 digits are enough to name a double. */
function tablesHeader(): string {
  return [
    "// Written by the bench when it compiles: the tables of src/numeric/tables.ts.",
    "#pragma once",
    `static const double POWERS[] = {${POWERS.join(", ")}};`,
    `static const double WEIGHTS[] = {${WEIGHTS.join(", ")}};`,
    `static const double CIRCLE[][2] __attribute__((aligned(16))) = {${CIRCLE.join(", ")}};`,
    `static const double LOGS[][2] __attribute__((aligned(16))) = {${LOGS.join(", ")}};`,
    "",
  ].join("\n");
}

function native(program: string, task: Task): Candidate {
  let seconds = 0;
  const slate = task.policy.rule === "first" ? "first" : "top";
  const run: RunNumbered = (firstUser, users) => {
    const { status, stdout } = execute(program, [slate, ...[firstUser, users, KEY.key0, KEY.key1].map(String)]);
    if (status !== 0) throw new Error(`${program} ended with exit code ${status}.`);
    const [sum, sumOfSquares, spent] = stdout.split(" ").map(Number) as [number, number, number];
    seconds += spent;
    return { sum, sumOfSquares };
  };
  return numbered("128-bit C", task, USERS, { addresses: "built-in", run }, () => seconds);
}

function execute(program: string, words: string[]): SpawnSyncReturns<string> {
  return spawnSync(program, words, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}
