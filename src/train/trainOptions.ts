import type { Agent, AgentSpaces } from "../agents/agent.js";
import {
  expectedMistake,
  numberMistake,
  objectMistake,
  oneOfMistake,
  unknownFieldMistakes,
} from "../check/mistakes.js";
import type { Environment } from "../env/environment.js";
import { decodeJson, encodeJson, plainDataMistake } from "../check/exactJson.js";
import { InvalidInput } from "../check/invalidInput.js";
import type { Json } from "../check/json.js";
import { folderMistake, holdsNothing } from "../files/wholeFile.js";
import type { Observation } from "../spaces/observation.js";
import { checkpointFolder, checkpointIterations } from "./checkpointFolder.js";
import type { Settings } from "./checkpoint.js";

/** The environment, and the agent that fills its slates. */
export interface Players<Obs extends Observation = Observation> {
  /** Every run begins where this environment stands now; nobody else may use it while a run goes on. */
  readonly env: Environment<Obs>;
  /** Makes the agent at its beginning; every call makes an equal one. */
  readonly createAgent: (spaces: AgentSpaces<Obs>) => Agent<Obs>;
}

/** How long a training run is, and what it leaves on disk. */
export interface TrainSettings {
  /** Iterations in all, in [1, 2^31 - 1]. Default: 100. */
  readonly numIterations?: number;
  /** An iteration is over with the first whole episode that brings it to so many steps. Default: 250,000. */
  readonly maxTrainingSteps?: number;
  /** Steps after which an episode is truncated. Default: 27,000. */
  readonly maxStepsPerEpisode?: number;
  /** A checkpoint is written after every so many iterations, and after the last. Default: 1. */
  readonly checkpointFrequency?: number;
  /** How many of the newest checkpoints stay, of those that are written by themselves. Default: 4, as in RecSim. */
  readonly keepCheckpoints?: number;
  /** Folder to write to; nothing is written without. It must be new or empty, unless `resume`. */
  readonly out?: string;
  /** Format in which every step of the run is logged: JSON Lines, or one Parquet file an iteration. Default: none. */
  readonly episodeLog?: "jsonl" | "parquet";
  /**
   * Goes on from the newest checkpoint in `out`, with the same settings; `numIterations` and `keepCheckpoints` may be others.
   * Begins where there is nothing yet. Default: false.
   */
  readonly resume?: boolean;
  /**
   * Beside `resume`: where the folder is damaged, goes on from the newest checkpoint that is sound, with its files cut back to
   * it, and begins again where none is. Default: false.
   */
  readonly repair?: boolean;
  /** What else there is to say of the run, such as the agent's name; it stands in all checkpoints. */
  readonly provenance?: Settings;
}

/** Environment, agent and settings of a training run. */
export type TrainOptions<Obs extends Observation = Observation> = Players<Obs> & TrainSettings;

/** RecSim's defaults where nothing is said. */
export function countsOf(given: TrainSettings) {
  const {
    numIterations = 100,
    maxTrainingSteps = 250_000,
    maxStepsPerEpisode = 27_000,
    checkpointFrequency = 1,
    keepCheckpoints = 4,
  } = given;
  return { numIterations, maxTrainingSteps, maxStepsPerEpisode, checkpointFrequency, keepCheckpoints };
}

/** Settings that may change when a run goes on: they say how far it goes and how much of it stays. */
export const CHANGEABLE: readonly string[] = ["numIterations", "keepCheckpoints"];

const NAMES = [...Object.keys(countsOf({})), "out", "episodeLog", "resume", "repair", "provenance"];
/** What settings hold beside the provenance. */
const OWN_SETTINGS = [...Object.keys(countsOf({})), "episodeLog", "streamVersion"];
export const atLeastOne = { min: 1, max: 2 ** 31 - 1, integer: true } as const;

/** Everything that is wrong with the options of a run, the state of its folder included. */
export function trainSettingMistakes(settings: TrainSettings): string[] {
  const noObject = objectMistake("settings", settings);
  if (noObject !== undefined) return [noObject];
  const given = { ...settings }; // read once
  const { out, episodeLog, resume = false, repair = false, provenance = {} } = given;
  const own = [
    ...Object.entries(countsOf(given)).map(([name, count]) => numberMistake(name, count, atLeastOne)),
    episodeLog === undefined ? undefined : oneOfMistake("episodeLog", episodeLog, ["jsonl", "parquet"]),
    typeof resume === "boolean" ? undefined : expectedMistake("resume", "true or false", resume),
    typeof repair === "boolean" ? undefined : expectedMistake("repair", "true or false", repair),
    repair === true && resume === false ? expectedMistake("repair", "nothing without resume", repair) : undefined,
    provenanceMistake(provenance),
    ...folderMistakes(out, episodeLog, resume),
  ];
  const taken = Object.keys(Object(provenance)).filter((name) => OWN_SETTINGS.includes(name));
  return [
    ...unknownFieldMistakes("training option", given, NAMES),
    ...taken.map((name) => expectedMistake("provenance", `names other than ${OWN_SETTINGS.join(", ")}`, name)),
    ...own.filter((mistake) => mistake !== undefined),
  ];
}

export function playerMistakes(env: unknown, createAgent: unknown): (string | undefined)[] {
  const isEnv = ["reset", "step", "snapshot", "restore"].every((name) => {
    return typeof (env as Readonly<Record<string, unknown>> | null | undefined)?.[name] === "function";
  });
  return [
    isEnv ? undefined : expectedMistake("env", "an environment", env),
    typeof createAgent === "function" ? undefined : expectedMistake("createAgent", "a function", createAgent),
  ];
}

/**
 * Settings as they are read once: with a provenance of their own, or the sentence that is to be told of it unless it is among
 * those about the settings anyway.
 */
export function readSettings<Given extends { readonly provenance?: Settings }>(
  settings: Given,
): { readonly given: Given; readonly mistake?: string } {
  const given = { ...settings };
  if (given.provenance === undefined) return { given };
  try {
    const text = encodeJson(given.provenance as Json, "provenance");
    return { given: { ...given, provenance: decodeJson(text) as Settings } };
  } catch (error) {
    if (error instanceof InvalidInput) return { given, mistake: error.message };
    throw error;
  }
}

export function provenanceMistake(provenance: unknown): string | undefined {
  return objectMistake("provenance", provenance) ?? plainDataMistake("provenance", provenance);
}

/** A sentence for each of the named settings that is not as it was in `where`. */
export function changedSettingMistakes(
  names: Iterable<string>,
  before: Settings,
  now: Settings,
  where: string,
): string[] {
  return [...names].flatMap((name) => {
    const [then, wanted] = [before, now].map((all) => {
      return Object.hasOwn(all, name) ? encodeJson(all[name]!, "settings") : "nothing";
    });
    return then === wanted ? [] : [`"${name}" expected ${then} as in ${where}, got ${wanted}`];
  });
}

function folderMistakes(out: unknown, episodeLog: unknown, resume: unknown): (string | undefined)[] {
  if (out === undefined)
    return [
      resume === true ? expectedMistake("out", "the folder of the run to resume", out) : undefined,
      episodeLog === undefined ? undefined : expectedMistake("out", "a folder for the episode log", out),
    ];
  const noFolder = folderMistake(out);
  if (noFolder !== undefined || typeof out !== "string") return [noFolder];
  if (holdsNothing(out)) return [];
  if (resume !== true) return [expectedMistake("out", "a folder that is new or empty, or a run to resume", out)];
  return [checkpointIterations(out).length > 0 ? undefined : noCheckpoints(out)];
}

function noCheckpoints(out: string): string {
  return expectedMistake("out", `a run to resume, with checkpoints in ${checkpointFolder(out)}`, out);
}
