import { parseNumber } from "../check/parseNumber.js";
import { asNumber, asText, toggle, value, type FlagTable, type FlagValues } from "./flag.js";
import { readWords } from "./readWords.js";

/** Where Redis is, if no flag says so. */
const VARIABLE = "REDIS_URL";

/** Flags for submitting runs to a queue. */
export const SUBMIT_FLAGS = {
  redis: value(
    "--redis URL",
    "Use the Redis at URL, redis://host:port or rediss://host:port for TLS; a user and a password in it are shown nowhere.",
    asText,
  ).default(undefined, `the variable ${VARIABLE}`),
  queue: value("--queue NAME", "Use the queue NAME of this Redis.", asText, "default"),
  modules: value(
    "--modules FOLDER",
    "Name worlds, policies and agents from modules by their paths in FOLDER.",
    asText,
    ".",
  ),
  ahead: value(
    "--ahead COUNT",
    "Hold at most COUNT chunks of a run in the queue and in work; submit.",
    asNumber,
  ).default(undefined, "64"),
};

/** Flags of all actions. */
export const queueFlags = {
  ...SUBMIT_FLAGS,
  workers: value(
    "--workers COUNT",
    "Simulate COUNT chunks at once; auto stands for as many as there are cores; work.",
    asText,
    "auto",
  ),
  lockSeconds: value(
    "--lock-seconds SECONDS",
    "Give a chunk to another worker when this one is silent for SECONDS; work.",
    asNumber,
  ).default(undefined, "30"),
  json: toggle("--json", "Print one JSON document instead of text; status."),
};

export type QueueValues = FlagValues<typeof queueFlags>;

/** Reads the flags of a queue, and returns the other words as they are. */
export function readQueueWords<Table extends FlagTable>(words: readonly string[], flags: Table) {
  const names = new Map(Object.values(flags).map((flag) => [flag.long!, flag.isBoolean()] as const));
  const [own, others]: [string[], string[]] = [[], []];
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    const isToggle = names.get(word.split("=")[0]!);
    (isToggle === undefined ? others : own).push(word);
    const takesNext = isToggle === false && !word.includes("=") && words[at + 1]?.startsWith("-") === false;
    if (takesNext) own.push(words[++at]!);
  }
  const { values, mistakes } = readWords(own, flags);
  return { values, mistakes, others };
}

/** Returns where the queue is. `onNotice` is called with lines for who watches. */
export function readAddress(
  { redis, queue, modules }: Pick<QueueValues, "redis" | "queue" | "modules">,
  onNotice: (line: string) => void,
) {
  return { redis: redis ?? (process.env[VARIABLE] as string), queue, modules, onNotice }; // the API refuses an absent one
}

/** Returns a number of threads; undefined stands for as many as there are cores. */
export function readThreads(text: string): number | undefined {
  return text === "auto" ? undefined : ((parseNumber(text) ?? text) as number); // the API refuses a text
}
