import { oneOfMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { toJson } from "../report/json.js";
import { openQueue, openQueueWorker, type QueueClient } from "../queue/index.js";
import { submitSettings, workerSettings } from "../queue/queueOptions.js";
import { InvalidInput, type RemoteWorkers } from "../index.js";
import { describeQueue } from "../report/describeQueue.js";
import { collectErrors } from "./collectErrors.js";
import type { Command } from "./command.js";
import { withInterrupt } from "./interrupt.js";
import { note, outputWidth, print } from "./print.js";
import { readAddress, readQueueWords, readThreads, SUBMIT_FLAGS, queueFlags, type QueueValues } from "./queueFlags.js";
import { withFlagNames } from "./withFlagNames.js";

/** The commands that can be submitted. */
const SUBMITTED: Readonly<Record<string, () => Promise<Command>>> = {
  run: async () => (await import("./run.js")).run,
  compare: async () => (await import("./compare.js")).compare,
  sweep: async () => (await import("./sweep.js")).sweep,
};

const actions: Readonly<Record<string, (words: readonly string[]) => Promise<void>>> = { submit, work, status, cancel };

/** `slatesim queue`: a live queue in Redis. */
export const queue: Command = {
  operand: {
    name: "ACTION",
    help: "submit, then run, compare or sweep with their options; work; status; or cancel RUN.",
  },
  flags: queueFlags,
  execute: async ([action, ...words]) => {
    refuse([oneOfMistake("ACTION", action, Object.keys(actions))]);
    await actions[action!]!(words);
  },
};

/** Runs a command by the workers of a queue; it prints what it prints without. */
async function submit(words: readonly string[]): Promise<void> {
  const [name, rest] = words[0]?.startsWith("-") === false ? [words[0], words.slice(1)] : ["run", words];
  refuse([oneOfMistake("queue submit", name, Object.keys(SUBMITTED))]);
  const { values, mistakes, others } = readQueueWords(rest, SUBMIT_FLAGS);
  const { ahead } = values;
  const options = { ...readAddress(values, note), ...(ahead !== undefined && { ahead }) };
  collectErrors(mistakes, () => submitSettings(options));
  let client: Promise<QueueClient> | undefined;
  const workers: RemoteWorkers = {
    openSimulator: async (...run) => (await (client ??= openQueue(options))).openSimulator(...run), // all else is valid by now
  };
  const { flags, execute } = await SUBMITTED[name!]!();
  try {
    await withFlagNames({ ...flags, ...SUBMIT_FLAGS }, () => execute(others, { queue: { workers, mistakes } }));
  } finally {
    await (await client?.catch(() => undefined))?.close();
  }
}

/** Takes chunks until Ctrl-C; chunks that were begun are finished, unless there is a second one. */
async function work(words: readonly string[]): Promise<void> {
  const { values, mistakes } = read(words);
  const { lockSeconds } = values;
  const threads = readThreads(values.workers);
  const more = { ...(threads !== undefined && { threads }), ...(lockSeconds !== undefined && { lockSeconds }) };
  const options = { ...readAddress(values, note), ...more };
  collectErrors(mistakes, () => workerSettings(options));
  if (mistakes.length > 0) throw new InvalidInput(mistakes);
  await withInterrupt(async (signal) => {
    const worker = await openQueueWorker(options);
    const place = `queue "${values.queue}" at ${worker.address}`;
    note(`Worker ${worker.name} takes chunks from ${place}, ${worker.threads} at a time. Ctrl-C ends it.`);
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
    await worker.close();
  });
}

async function status(words: readonly string[]): Promise<void> {
  const { values, mistakes } = read(words);
  await withClient(values, mistakes, async (client) => {
    const found = await client.status();
    print(values.json ? toJson(found) : describeQueue(found, outputWidth()));
  });
}

async function cancel(words: readonly string[]): Promise<void> {
  const [run, rest] = words[0]?.startsWith("-") === false ? [words[0], words.slice(1)] : [undefined, words];
  const { values, mistakes } = read(rest);
  await withClient(values, mistakes, async (client) => {
    print(`The run ${await client.cancel(run)} is cancelled.`);
  });
}

function read(words: readonly string[]) {
  const { values, mistakes, others } = readQueueWords(words, queueFlags);
  return { values, mistakes: [...mistakes, ...others.map((word) => `"${word}" is not an option of this action`)] };
}

async function withClient(values: QueueValues, mistakes: string[], use: (client: QueueClient) => Promise<void>) {
  const options = readAddress(values, note);
  collectErrors(mistakes, () => submitSettings(options));
  if (mistakes.length > 0) throw new InvalidInput(mistakes);
  const client = await openQueue(options);
  try {
    await use(client);
  } finally {
    await client.close();
  }
}
