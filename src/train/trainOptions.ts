import type { Agent, AgentOptions, AgentSpaces } from "../agents/agent.js";
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
export interface EnvAndAgent<Obs extends Observation = Observation> {
  /** Environment, in whose current state every run begins; it must not be used by other code during a run. */
  readonly env: Environment<Obs>;
  /** Creates an untrained agent; every call creates an equal one. It is called with options that leave all to their defaults. */
  readonly createAgent: (spaces: AgentSpaces<Obs>, options: AgentOptions) => Agent<Obs>;
}

/** Length of a training run, and its files. */
export interface TrainSettings {
  /** Iterations in all, in [1, 2^31 - 1]. Default: 100. */
  readonly numIterations?: number;
  /** Minimal number of steps of an iteration, which ends with the episode that reaches it. Default: 250,000. */
  readonly maxTrainingSteps?: number;
  /** Steps after which an episode is truncated. Default: 27,000. */
  readonly maxStepsPerEpisode?: number;
  /** Iterations between two checkpoints; one is also written after the last iteration. Default: 1. */
  readonly checkpointFrequency?: number;
  /** Number of scheduled checkpoints that are kept, the newest ones. Default: 4, as in RecSim. */
  readonly keepCheckpoints?: number;
  /** Folder to write to; new or empty, except with `resume`. Default: nothing is written. */
  readonly out?: string;
  /** Format in which every step of the run is logged: JSON Lines, or one Parquet file an iteration. Default: none. */
  readonly episodeLog?: "jsonl" | "parquet";
  /**
   * Whether to resume from the newest checkpoint in `out`, with the same settings except `numIterations` and `keepCheckpoints`. An
   * empty folder begins a run. Default: false.
   */
  readonly resume?: boolean;
  /**
   * Whether `resume` repairs a damaged folder: resumes from the newest sound checkpoint, with its files cut back to it, or restarts
   * without one. Default: false.
   */
  readonly repair?: boolean;
  /** Further settings to record in all checkpoints, such as the agent's name. */
  readonly provenance?: Settings;
}

/** Environment, agent and settings of a training run. */
export type TrainOptions<Obs extends Observation = Observation> = EnvAndAgent<Obs> & TrainSettings;

/** Fills in RecSim's defaults. */
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

/** Settings that may change when a run resumes: its length, and how many checkpoints are kept. */
export const CHANGEABLE: readonly string[] = ["numIterations", "keepCheckpoints"];

const NAMES = [...Object.keys(countsOf({})), "out", "episodeLog", "resume", "repair", "provenance"];
/** Names of settings beside the provenance. */
const OWN_SETTINGS = [...Object.keys(countsOf({})), "episodeLog", "streamVersion"];
export const atLeastOne = { min: 1, max: 2 ** 31 - 1, integer: true } as const;

/** Returns all errors in the options of a run, including the state of its folder. */
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

export function envAndAgentMistakes(env: unknown, createAgent: unknown): (string | undefined)[] {
  const isEnv = ["reset", "step", "snapshot", "restore"].every((name) => {
    return typeof (env as Readonly<Record<string, unknown>> | null | undefined)?.[name] === "function";
  });
  return [
    isEnv ? undefined : expectedMistake("env", "an environment", env),
    typeof createAgent === "function" ? undefined : expectedMistake("createAgent", "a function", createAgent),
  ];
}

/**
 * Reads settings once, with a copy of the provenance, or with the error of a provenance that cannot be copied, unless the errors of
 * the settings include it.
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

/** Returns an error for each of the named settings that differs from `where`. */
export function changedSettingMistakes(
  names: Iterable<string>,
  before: Settings,
  now: Settings,
  where: string,
): string[] {
  return [...names].flatMap((name) => {
    const [then, wanted] = [before, now].map((all) => {
      return (all[name] ?? null) === null ? "nothing" : encodeJson(all[name]!, "settings");
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
  if (resume !== true) return [expectedMistake("out", "a folder that is new or empty (resume continues a run)", out)];
  return [checkpointIterations(out).length > 0 ? undefined : noCheckpoints(out)];
}

function noCheckpoints(out: string): string {
  return expectedMistake("out", `a run to resume, with checkpoints in ${checkpointFolder(out)}`, out);
}
