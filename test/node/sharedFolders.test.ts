// Folders that another process makes or removes while this one looks at them.
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { folderMistake, holdsNothing } from "../../src/files/folder.js";
import { partialBeside } from "../../src/files/partials.js";

const MILLISECONDS = 400;

let scratch: string;
let other: ChildProcess;

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), "slatesim-shared-"));
});

afterEach(() => {
  other.kill("SIGKILL");
  rmSync(scratch, { recursive: true, force: true });
});

/** Starts a process that does the same for ever, for 0, 1, …, with `path`, and waits until it begins. */
function start(path: string, step: string, begun: string): void {
  const program = `const [, path] = process.argv; for (let round = 0; ; round++) { ${step} }`;
  other = spawn(process.execPath, ["-e", program, path], { stdio: "ignore" });
  while (!existsSync(begun)) continue;
}

/** Returns all answers to a question that is asked for a while. */
function answers<T>(ask: () => T): Set<T> {
  const end = performance.now() + MILLISECONDS;
  const found = new Set<T>();
  while (performance.now() < end) found.add(ask());
  return found;
}

test("a folder that another process makes at this moment can be written to", () => {
  const folder = join(scratch, "out-");
  start(folder, "fs.mkdirSync(path + round)", `${folder}0`);
  let next = 0;
  const found = answers(() => {
    while (existsSync(folder + next)) next++;
    return folderMistake(folder + next);
  });
  expect(found).toEqual(new Set([undefined]));
});

test("a folder holds nothing while another process tries whether it can write to it", () => {
  const trial = partialBeside(join(scratch, "trial"));
  start(trial, "fs.mkdirSync(path); fs.rmdirSync(path)", trial);
  expect(answers(() => holdsNothing(scratch))).toEqual(new Set([true]));
});
