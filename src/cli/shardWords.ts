import { expectedMistake } from "../check/mistakes.js";
import { parseNumber } from "../check/parseNumber.js";
import { asNumber, asText, value, type FlagTable } from "./flag.js";
import { readWords } from "./readWords.js";

/** The flags of `slatesim shard`; all others are those of the command that it does a part of. */
export const shardFlags = {
  out: value("--out FOLDER", "Write the shard to FOLDER; the folder of all shards.", asText),
  round: value(
    "--round NUMBER",
    "Simulate the users of round NUMBER, from 1 on. Needs --precision among the command's flags.",
    asNumber,
  ).default(undefined, "1"),
  roundUsers: value(
    "--round-users COUNT",
    "Simulate COUNT users in a round, in all shards together; the same in all rounds. Needs --precision.",
    asNumber,
  ).default(undefined, "1048576"),
};

/** Flags of commands that are for one process, and where they belong. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  json: "slatesim merge takes it",
  csv: "slatesim merge takes it",
  report: "slatesim merge takes it",
  chart: "slatesim merge takes it",
  force: "slatesim merge takes it",
  trajectories: "slatesim run writes episodes",
  trajectoryUsers: "slatesim run writes episodes",
  trajectorySample: "slatesim run writes episodes",
  repair: "a damaged shard is simulated again",
  out: "shards are in one folder",
  episodeLog: "slatesim train writes episodes",
  resume: "a shard that is there is kept",
};

/** The words of `slatesim shard`, apart. */
interface ShardWords {
  /** Words of the shard itself. */
  readonly own: readonly string[];
  /** Name of the command that it does a part of, and its words. */
  readonly command: string;
  readonly words: readonly string[];
}

/** Takes the words apart: `I/N`, the shard's own flags wherever they stand, the command's name, and its flags. */
export function shardWordsOf(words: readonly string[]): ShardWords {
  const own = Object.values(shardFlags).map((flag) => flag.long!);
  const { taken, rest } = takeFlags(words, own);
  const place = isWord(rest[0]) ? [rest[0]!] : [];
  const named = isWord(rest[place.length]) && place.length > 0;
  const command = named ? rest[1]! : "run";
  return { own: [...place, ...taken], command, words: rest.slice(place.length + (named ? 1 : 0)) };
}

function isWord(word: string | undefined): boolean {
  return word !== undefined && !word.startsWith("-");
}

/** Takes flags of these names, and their values, out of the words. */
export function takeFlags(words: readonly string[], names: readonly string[]) {
  const isTaken = (word: string | undefined): boolean => word !== undefined && names.includes(word.split("=")[0]!);
  const isValue = (place: number): boolean => {
    const [before, word] = [words[place - 1], words[place]!];
    return isTaken(before) && !before!.includes("=") && !word.startsWith("-");
  };
  const places = words.map((word, place) => isTaken(word) || isValue(place));
  return { taken: words.filter((_, place) => places[place]), rest: words.filter((_, place) => !places[place]) };
}

/** Returns errors for flags of the command that a shard does not take. */
export function elsewhereMistakes(words: readonly string[], flags: FlagTable): string[] {
  const { given } = readWords(words, flags);
  return [...given].flatMap(([name, items]) => {
    const where = ELSEWHERE[name];
    const { long } = flags[name]!;
    return where === undefined ? [] : [expectedMistake(long!, `nothing in a shard (${where})`, items[0])];
  });
}

/** Environment variables that number the tasks of Slurm's job arrays and of Kubernetes' indexed jobs. */
const TASK_VARIABLES = ["SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX"];
const COUNT_VARIABLE = "SLURM_ARRAY_TASK_COUNT";

/** Reads `3/16`; of `env/16` or `env` the number, and the count where none is named, are in the environment. */
export function readShardPlace(
  text: string,
  environment: NodeJS.ProcessEnv,
  mistakes: string[],
): { readonly shard: number; readonly shards: number } | undefined {
  const [, number, count] = /^(\d+|env)(?:\/(\d+))?$/.exec(text) ?? [];
  if (number === undefined || (number !== "env" && count === undefined)) {
    mistakes.push(expectedMistake("I/N", "a shard such as 3/16, or env/16", text));
    return undefined;
  }
  const shard = number === "env" ? taskIn(environment, mistakes) : Number(number);
  const shards = count === undefined ? numberIn(environment, COUNT_VARIABLE, mistakes) : Number(count);
  return shard === undefined || shards === undefined ? undefined : { shard, shards };
}

function taskIn(environment: NodeJS.ProcessEnv, mistakes: string[]): number | undefined {
  const given = TASK_VARIABLES.filter((name) => environment[name] !== undefined);
  if (given.length === 0) {
    mistakes.push(expectedMistake(TASK_VARIABLES.join(" or "), "the number of the shard", undefined));
    return undefined;
  }
  const [first, second] = given.map((name) => numberIn(environment, name, mistakes));
  if (second === undefined || first === undefined || first === second) return first;
  mistakes.push(expectedMistake(given[1]!, `${first}, as ${given[0]}`, second));
  return undefined;
}

function numberIn(environment: NodeJS.ProcessEnv, name: string, mistakes: string[]): number | undefined {
  const text = environment[name];
  const number = text === undefined ? undefined : parseNumber(text);
  if (number === undefined) mistakes.push(expectedMistake(name, "a number", text));
  return number;
}
