import { statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { expectedMistake, numberMistake, objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { readOnce } from "../check/readOnce.js";
import { refuse } from "../check/refuse.js";
import { addressMistake } from "./redisAddress.js";

/** Where a queue is. */
export interface QueueAddress {
  /** `redis://[user:password@]host:port[/database]`, or `rediss://…` for TLS. User and password are never printed or written. */
  readonly redis: string;
  /** Name of the queue, of letters, digits, `-`, `_` and `.`. Default: "default". */
  readonly queue?: string;
  /** Folder that modules of worlds, policies and agents are below; they are known by their path in it. Default: the current one. */
  readonly modules?: string;
  /** Called with one line of text: a worker's refusal, no worker, a lost connection. Default: nothing is called. */
  readonly onNotice?: (line: string) => void;
}

/** How a queue is used by who submits runs to it. */
export interface QueueOptions extends QueueAddress {
  /** The most chunks of a run that are in the queue or being simulated at once, in [4, 4096]. Default: 64. */
  readonly ahead?: number;
  /** Seconds between two looks at chunks of whose end nothing was heard, in [0.05, 60]. Default: 2. */
  readonly pollSeconds?: number;
}

/** How a worker takes chunks from a queue. */
export interface QueueWorkerOptions extends QueueAddress {
  /** Threads, each with one chunk at a time, in [1, 256]. Default: as many as there are cores. */
  readonly threads?: number;
  /** Seconds after which a chunk of a worker that fell silent is given to another, in [0.2, 3600]. Default: 30. */
  readonly lockSeconds?: number;
}

export type QueueSettings = Required<QueueAddress>;
export type SubmitSettings = Required<QueueOptions>;
export type WorkerSettings = Required<QueueWorkerOptions>;

const ADDRESS_NAMES = ["redis", "queue", "modules", "onNotice"];

/** Returns the options with their defaults. Throws `InvalidInput` with every error. */
export function submitSettings(given: QueueOptions): SubmitSettings {
  const options = optionsOnce(given, [...ADDRESS_NAMES, "ahead", "pollSeconds"]);
  const settings = { ...addressSettings(options), ahead: options.ahead ?? 64, pollSeconds: options.pollSeconds ?? 2 };
  refuse([
    ...addressMistakes(settings),
    numberMistake("ahead", settings.ahead, { min: 4, max: 4096, integer: true }),
    numberMistake("pollSeconds", settings.pollSeconds, { min: 0.05, max: 60 }),
  ]);
  return settings;
}

/** Returns the options with their defaults. Throws `InvalidInput` with every error. */
export function workerSettings(given: QueueWorkerOptions): WorkerSettings {
  const options = optionsOnce(given, [...ADDRESS_NAMES, "threads", "lockSeconds"]);
  const { threads = availableParallelism(), lockSeconds = 30 } = options;
  const settings = { ...addressSettings(options), threads, lockSeconds };
  refuse([
    ...addressMistakes(settings),
    numberMistake("threads", threads, { min: 1, max: 256, integer: true }),
    numberMistake("lockSeconds", lockSeconds, { min: 0.2, max: 3600 }),
  ]);
  return settings;
}

function optionsOnce<Given extends QueueAddress>(given: Given, names: readonly string[]): Given {
  refuse([objectMistake("options", given)]);
  const options = readOnce("options", given, names);
  refuse(unknownFieldMistakes("option of a queue", options, names));
  return options;
}

function addressSettings({ redis, queue = "default", modules = ".", onNotice = () => {} }: QueueAddress) {
  return { redis, queue, modules, onNotice };
}

function addressMistakes({ redis, queue, modules, onNotice }: QueueSettings): (string | undefined)[] {
  const isName = typeof queue === "string" && /^[\w.-]{1,100}$/.test(queue);
  return [
    addressMistake("redis", redis),
    isName ? undefined : expectedMistake("queue", "1 to 100 letters, digits, -, _ and .", queue),
    isFolder(modules) ? undefined : expectedMistake("modules", "a folder", modules),
    typeof onNotice === "function" ? undefined : expectedMistake("onNotice", "a function", onNotice),
  ];
}

function isFolder(path: unknown): boolean {
  try {
    return typeof path === "string" && statSync(path).isDirectory();
  } catch {
    return false;
  }
}
