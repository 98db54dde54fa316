import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";
import { expect } from "vitest";
import type { LtsTypes, Run } from "../../../src/index.js";

export const project = new URL("../../../", import.meta.url);
export const main = fileURLToPath(new URL("dist/cli/main.js", project));

export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the built command line in a process of its own, for what is about processes or about what is no command. */
export function spawned(...words: readonly string[]): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...words], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  return { code: status, out: stdout, err: stderr };
}

const { port1: port, port2: otherPort } = new MessageChannel();
const done = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
const MAX_MS = 60_000;
let warm: Worker | undefined;

/** Executes a command of the built command line, in a thread that is there already: a process takes a third of a second to start. */
export function slatesim(...words: readonly string[]): Outcome {
  if (warm === undefined) {
    const [script, workerData] = [new URL("warmThread.mjs", import.meta.url), { port: otherPort, done }];
    warm = new Worker(script, { workerData, transferList: [otherPort], execArgv: [] });
    warm.unref();
  }
  Atomics.store(done, 0, 0);
  port.postMessage(words, []);
  const waited = Atomics.wait(done, 0, 0, MAX_MS);
  if (waited === "timed-out") throw new Error(`slatesim ${words.join(" ")} did not come to an end`);
  return receiveMessageOnPort(port)!.message as Outcome;
}

/** The document of a good call; fails when anything else is on stdout, or anything on stderr. */
export function json<Document = Run<LtsTypes>>(...words: readonly string[]): Document {
  const { code, out, err } = slatesim(...words, "--json");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return JSON.parse(out);
}

/** The mistakes of a bad call; fails unless it ends with code 2 and an empty stdout. */
export function mistakes(...words: readonly string[]): string[] {
  return mistakesIn(slatesim(...words));
}

export function mistakesIn({ code, out, err }: Outcome): string[] {
  expect({ code, out }).toEqual({ code: 2, out: "" });
  return err.trimEnd().split("\n");
}
