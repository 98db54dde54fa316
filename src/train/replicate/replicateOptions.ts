import { join } from "node:path";
import { agentNames } from "../../agents/parseAgent.js";
import {
  expectedMistake,
  numberMistake,
  objectMistake,
  oneOfMistake,
  unknownFieldMistakes,
} from "../../check/mistakes.js";
import { folderMistake, holdsNothing } from "../../files/wholeFile.js";
import { workersMistake } from "../../montecarlo/optionMistakes.js";
import { DEFAULT_SEED, seedMistake, type Seed } from "../../random/seedKey.js";
import type { Solution } from "../../solve/solution.js";
import { worldMistake, type World } from "../../world/world.js";
import {
  CHANGEABLE,
  changedSettingMistakes,
  countsOf,
  trainSettingMistakes,
  type TrainSettings,
} from "../trainOptions.js";
import type { Settings } from "../checkpoint.js";
import { controlMistakes } from "../runControl.js";
import { countReplications, CURVE, readCurveSettings } from "./curveFolder.js";
import type { Optimum } from "./curve.js";
import { replicationFolder } from "./replication.js";
import { replicationStoreMistake, type ReplicationStore } from "./replicationStore.js";

/** How an agent is replicated: the settings of each training, and how often it is trained and evaluated. */
export interface ReplicateOptions extends Omit<TrainSettings, "provenance"> {
  /** Number of independent trainings, in [2, 9999]. Default: 5. */
  readonly replications?: number;
  /** Episodes of each evaluation, in [1, 2^31 - 1]. Default: 1000. */
  readonly maxEvalEpisodes?: number;
  /** Any text, or a finite number, from which the seed of each replication is made: see `replicationSeed`. Default: 0. */
  readonly seed?: Seed;
  /**
   * Number of threads, in [1, 256], or "auto" for as many as there are cores. Agents with a name or from `importAgent`, in built-in worlds or ones from `importWorld`, are trained in
   * other threads than the calling one. Default: 1.
   */
  readonly workers?: number | "auto";
  /** The greatest mean return, or the solution of the world, from which regret is measured. Default: no regret. */
  readonly optimum?: number | Solution;
  /**
   * Folder to write to; new or empty, except with `resume`: the curve, and below it a folder for each replication, which is that of an
   * ordinary training. Default: nothing is written.
   */
  readonly out?: string;
  /**
   * Whether to resume the replications in `out`, with the same settings except for more `numIterations`, more `replications`, and
   * `keepCheckpoints`. An empty folder begins them. Default: false.
   */
  readonly resume?: boolean;
  /** Called after every evaluation with the number of them, those of an earlier run included, and how many there will be. */
  readonly onProgress?: (progress: { readonly evaluations: number; readonly total: number }) => void;
  /** Ends the replications early when aborted; the curve then holds what is finished. */
  readonly signal?: AbortSignal;
  /** Store of a curve that is made in parts: that of `writeShard` and `mergeShards`. Default: all replications are run here. */
  readonly store?: ReplicationStore;
}

/** Fills in the defaults. */
export function extentOf({
  replications = 5,
  maxEvalEpisodes = 1000,
  seed = DEFAULT_SEED,
  workers = 1,
}: ReplicateOptions) {
  return { replications, maxEvalEpisodes, seed, workers };
}

/** Greatest number of replications: folders have four digits. */
const MOST = 9999;
const OWN_NAMES = [...Object.keys(extentOf({})), "optimum", "onProgress", "signal", "store"];
const TRAINING_NAMES = [...Object.keys(countsOf({})), "out", "episodeLog", "resume", "repair"];
export const OPTION_NAMES: readonly string[] = [...OWN_NAMES, ...TRAINING_NAMES];

/** Returns the settings of the trainings among the options. */
export function trainingOf(options: ReplicateOptions): TrainSettings {
  return Object.fromEntries(Object.entries(options).filter(([name]) => TRAINING_NAMES.includes(name)));
}

/** Returns all errors in the options, including the state of the folder; not those of a folder with other settings. */
export function replicateMistakes(world: unknown, agent: unknown, options: ReplicateOptions): string[] {
  const noObject = objectMistake("options", options);
  if (noObject !== undefined) return [noObject];
  const { replications, maxEvalEpisodes, seed, workers } = extentOf(options);
  const { signal, onProgress, optimum, out, resume, store } = options;
  const wrongFolder = outMistake(out, resume);
  const own = [
    worldMistake(world),
    agentMistake(agent),
    numberMistake("replications", replications, { min: 2, max: MOST, integer: true }),
    numberMistake("maxEvalEpisodes", maxEvalEpisodes, { min: 1, max: 2 ** 31 - 1, integer: true }),
    seedMistake(seed),
    workersMistake(workers),
    ...(worldMistake(world) === undefined ? optimumMistakes(optimum, world as World, countsOf(options)) : []),
    ...controlMistakes(onProgress, signal),
    store === undefined ? undefined : replicationStoreMistake(store),
    wrongFolder,
  ];
  return [
    ...unknownFieldMistakes("replication option", options, OPTION_NAMES),
    ...own.filter((mistake) => mistake !== undefined),
    ...trainSettingMistakes(checkedTraining(options, wrongFolder !== undefined)),
  ];
}

/** Returns the settings of the first training, without a folder if that is wrong already. */
function checkedTraining(options: ReplicateOptions, isWrong: boolean): TrainSettings {
  const training = trainingOf(options);
  if (training.out === undefined) return training;
  if (!isWrong) return { ...training, out: replicationFolder(training.out, 1) };
  const { out: _out, resume: _resume, repair: _repair, episodeLog: _log, ...rest } = training;
  return rest;
}

function agentMistake(agent: unknown): string | undefined {
  if (typeof agent === "string") return oneOfMistake("agent", agent, agentNames);
  return typeof agent === "function" ? undefined : expectedMistake("agent", "a name or a function", agent);
}

function optimumMistakes(
  optimum: unknown,
  world: World,
  { maxStepsPerEpisode }: { readonly maxStepsPerEpisode: number },
): (string | undefined)[] {
  if (optimum === undefined) return [];
  if (typeof optimum === "number") return [numberMistake("optimum", optimum, {})];
  const noObject = objectMistake("optimum", optimum);
  if (noObject !== undefined) return [expectedMistake("optimum", "a finite number or a solution", optimum)];
  const { value, valueError, world: hash, steps, discount = 1, warmUp = 0 } = optimum as Solution;
  const found = {
    "optimum.world": hash,
    "optimum.steps": steps,
    "optimum.discount": discount,
    "optimum.warmUp": warmUp,
  };
  const wanted = {
    "optimum.world": world.hash,
    "optimum.steps": Math.min(world.timeBudget, maxStepsPerEpisode),
    "optimum.discount": 1,
    "optimum.warmUp": 0,
  };
  return [
    numberMistake("optimum.value", value, {}),
    numberMistake("optimum.valueError", valueError, { min: 0 }),
    ...changedSettingMistakes(Object.keys(wanted), wanted, found, "the replications"),
  ];
}

/** Returns the optimum as a solution has it; a number is exact. */
export function optimumOf(optimum: number | Solution | undefined): Optimum | undefined {
  if (optimum === undefined) return undefined;
  if (typeof optimum === "number") return { value: optimum, valueError: 0 };
  return { value: optimum.value, valueError: optimum.valueError };
}

function outMistake(out: unknown, resume: unknown): string | undefined {
  if (out === undefined) return undefined;
  const noFolder = folderMistake(out);
  if (noFolder !== undefined || typeof out !== "string") return noFolder;
  if (holdsNothing(out)) return undefined;
  if (resume !== true) return expectedMistake("out", "a folder that is new or empty (resume continues a run)", out);
  if (readCurveSettings(out) !== undefined) return undefined;
  return expectedMistake("out", `replications to resume, with settings in ${join(out, CURVE)}`, out);
}

/** Returns an error for each setting that must not change when the replications in `out` resume. */
export function changedMistakes(out: string, now: Settings): string[] {
  const before = readCurveSettings(out);
  if (before === undefined) return [];
  const lasting = [...Object.keys(before), ...Object.keys(now)].filter(
    (name) => ![...CHANGEABLE, "replications"].includes(name),
  );
  const [begun, wanted] = [countReplications(out), now["replications"] as number];
  const rule = `at least ${begun}, as many as there are to resume`;
  return [
    ...changedSettingMistakes(new Set(lasting), before, now, "the replications to resume"),
    ...(begun <= wanted ? [] : [expectedMistake("replications", rule, wanted)]),
  ];
}
