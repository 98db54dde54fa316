import { join } from "node:path";
import { openAgent } from "../agents/validatedAgent.js";
import type { Json } from "../check/json.js";
import { expectedMistake, numberMistake, objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { plainDataMistake } from "../check/exactJson.js";
import { displayed } from "../display/displayed.js";
import { folderMistake } from "../files/wholeFile.js";
import { streamVersion } from "../random/streamVersion.js";
import type { Observation } from "../spaces/observation.js";
import type { Checkpoint, Settings } from "./checkpoint.js";
import { runEpisode, type Episode } from "./episode.js";
import { evaluationMistakes, writeEvaluation } from "./evalFolder.js";
import { episodeStatistics, type EpisodeStatistics } from "./iteration.js";
import { Yielder } from "./yielder.js";
import { finish, readControl, type RunControl, type Timing } from "./runControl.js";
import { openFolder } from "./runFolder.js";
import {
  atLeastOne,
  changedSettingMistakes,
  envAndAgentMistakes,
  provenanceMistake,
  readSettings,
  type EnvAndAgent,
} from "./trainOptions.js";

/** Length of an evaluation, and its files. */
export interface EvalSettings {
  /** Episodes of each evaluation. Default: 125,000, as in RecSim. */
  readonly maxEvalEpisodes?: number;
  /** Steps after which an episode is truncated. Default: 27,000. */
  readonly maxStepsPerEpisode?: number;
  /** Folder to write to. An earlier evaluation of as many episodes is overwritten. Default: nothing is written. */
  readonly out?: string;
  /** Whether to overwrite files that no evaluation wrote, too. Default: false. */
  readonly force?: boolean;
  /** Further settings to record; those that the checkpoints record, too, must be equal. */
  readonly provenance?: Settings;
}

/** Options of an evaluation: `checkpoints` from `readCheckpoints` are evaluated one after another. Default: an untrained agent. */
export type EvalOptions<Obs extends Observation = Observation> = EnvAndAgent<Obs> &
  EvalSettings & { readonly checkpoints?: readonly Checkpoint[] };

/** Results of one checkpoint. */
export interface Evaluation extends EpisodeStatistics {
  /** Iterations that the agent was trained for. */
  readonly iteration: number;
  /** Steps that the agent was trained for. */
  readonly trainingSteps: number;
}

/** Results of an evaluation. */
export interface EvalSummary {
  readonly settings: Settings;
  /** Results of each checkpoint; fewer when the run was interrupted. */
  readonly evaluations: readonly Evaluation[];
  /** The only part that depends on the machine. */
  readonly timing: Timing;
}

/** Fills in RecSim's defaults. */
function countsOf({ maxEvalEpisodes = 125_000, maxStepsPerEpisode = 27_000 }: EvalSettings) {
  return { maxEvalEpisodes, maxStepsPerEpisode };
}

const NAMES = [...Object.keys(countsOf({})), "out", "force", "provenance"];

/**
 * Evaluates trained agents (RecSim's EvalRunner), the same users for every checkpoint: those from where `env` stands,
 * with `makeEnv(world, { user: 2 ** 31 })`, users that training never reaches. The agent continues to learn meanwhile, unless
 * `createAgent` makes one that does not; the checkpoint itself does not change.
 */
export class EvalRunner<Obs extends Observation = Observation> {
  private readonly options: EvalOptions<Obs>;
  private readonly counts: ReturnType<typeof countsOf>;
  private readonly settings: Settings;
  private readonly start: Json;

  /** Throws `InvalidInput` with all errors at once. */
  constructor(options: EvalOptions<Obs>) {
    refuse([objectMistake("options", options)]);
    const { env, createAgent, checkpoints: asked, ...rest } = { ...options }; // read once
    const { given, mistake } = readSettings<EvalSettings>(rest);
    const checkpoints = readGiven(asked);
    refuse([
      ...envAndAgentMistakes(env, createAgent),
      ...evalSettingMistakes(given),
      checkpoints === undefined || areCheckpoints(checkpoints)
        ? undefined
        : expectedMistake("checkpoints", "checkpoints from readCheckpoints", asked),
    ]);
    refuse([mistake]);
    refuse(checkpoints?.flatMap((checkpoint) => foreignMistakes(checkpoint, given.provenance ?? {})) ?? []);
    this.options = { env, createAgent, ...given, ...(checkpoints && { checkpoints }) };
    this.counts = countsOf(given);
    this.settings = { ...given.provenance, ...this.counts, streamVersion };
    this.start = env.snapshot();
  }

  /** Evaluates the checkpoints. Rejects with `InvalidInput` if an agent cannot restore one. */
  async run(control: RunControl = {}): Promise<EvalSummary> {
    const watched = readControl(control);
    const { checkpoints = [undefined], out, force = false } = this.options;
    refuse([out === undefined ? undefined : folderMistake(out)]); // it may have changed since
    if (out !== undefined) {
      openFolder(this.folderIn(out));
      refuse(checkpoints.flatMap((each) => evaluationMistakes(this.folderIn(out), trainedFor(each), force)));
    }
    const evaluations: Evaluation[] = [];
    const total = { steps: 0, episodes: 0 };
    const timing = await finish(watched, async () => {
      const yielder = new Yielder(watched.signal, () => watched.onProgress?.({ ...total }));
      for (const checkpoint of checkpoints) {
        const episodes = await this.evaluate(checkpoint, total, yielder);
        const evaluation = { ...trainedFor(checkpoint), ...episodeStatistics(episodes) };
        evaluations.push(evaluation);
        const returns = episodes.map(({ reward }) => reward);
        if (out !== undefined) writeEvaluation(this.folderIn(out), evaluation, returns, this.settings);
      }
    });
    return displayed({ settings: this.settings, evaluations, timing: timing(total.steps) });
  }

  /** Evaluates one checkpoint, and adds steps and episodes to `total`. */
  private async evaluate(
    checkpoint: Checkpoint | undefined,
    total: { steps: number; episodes: number },
    yielder: Yielder,
  ): Promise<Episode[]> {
    const { env, createAgent } = this.options;
    const { maxEvalEpisodes, maxStepsPerEpisode } = this.counts;
    env.restore(this.start);
    const agent = openAgent("createAgent", createAgent, env);
    if (checkpoint !== undefined) agent.restore(checkpoint.agent);
    const episodes: Episode[] = [];
    while (episodes.length < maxEvalEpisodes) {
      const episode = await runEpisode(env, agent, maxStepsPerEpisode, () => {}, yielder);
      episodes.push(episode);
      total.steps += episode.steps;
      total.episodes += 1;
    }
    return episodes;
  }

  private folderIn(out: string): string {
    return join(out, `eval_${this.counts.maxEvalEpisodes}`);
  }
}

function trainedFor(checkpoint: Checkpoint | undefined): Pick<Evaluation, "iteration" | "trainingSteps"> {
  return { iteration: checkpoint?.iteration ?? 0, trainingSteps: checkpoint?.totalSteps ?? 0 };
}

/** Returns all errors in the options of an evaluation. */
export function evalSettingMistakes(settings: EvalSettings): string[] {
  const noObject = objectMistake("settings", settings);
  if (noObject !== undefined) return [noObject];
  const given = { ...settings }; // read once
  const { out, force, provenance = {} } = given;
  const own = [
    ...Object.entries(countsOf(given)).map(([name, count]) => numberMistake(name, count, atLeastOne)),
    out === undefined ? undefined : folderMistake(out),
    force === undefined || typeof force === "boolean" ? undefined : expectedMistake("force", "true or false", force),
    provenanceMistake(provenance),
  ];
  return [
    ...unknownFieldMistakes("evaluation option", given, NAMES),
    ...own.filter((mistake) => mistake !== undefined),
  ];
}

function foreignMistakes({ settings, iteration }: Checkpoint, provenance: Settings): string[] {
  const shared = Object.keys(provenance).filter((name) => Object.hasOwn(settings, name));
  return changedSettingMistakes(shared, settings, provenance, `the checkpoint after iteration ${iteration}`);
}

/** Reads the fields of checkpoints that an evaluation needs, once; returns anything else unchanged. */
function readGiven(checkpoints: readonly Checkpoint[] | undefined): readonly Checkpoint[] | undefined {
  if (!Array.isArray(checkpoints)) return checkpoints;
  return Array.from(checkpoints as readonly Checkpoint[], (checkpoint) => ({ ...checkpoint }));
}

function areCheckpoints(checkpoints: unknown): boolean {
  if (!Array.isArray(checkpoints) || checkpoints.length === 0) return false;
  return (checkpoints as Partial<Checkpoint>[]).every(({ settings, iteration, totalSteps, agent }) => {
    const counted = [iteration, totalSteps].every((count) => Number.isSafeInteger(count) && count! >= 0);
    const isPlain = plainDataMistake("settings", settings) === undefined;
    return counted && agent !== undefined && isPlain && objectMistake("settings", settings) === undefined;
  });
}
