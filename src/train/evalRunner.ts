import { join } from "node:path";
import { openAgent } from "../agents/validatedAgent.js";
import type { Json } from "../check/json.js";
import { expectedMistake, numberMistake, objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { plainDataMistake } from "../check/exactJson.js";
import { folderMistake } from "../files/wholeFile.js";
import { streamVersion } from "../random/streamVersion.js";
import type { Observation } from "../spaces/observation.js";
import type { Checkpoint, Settings } from "./checkpoint.js";
import { liveEpisode, type Episode } from "./episode.js";
import { evaluationMistakes, writeEvaluation } from "./evalFolder.js";
import { episodeStatistics, type EpisodeStatistics } from "./iteration.js";
import { Pace } from "./pace.js";
import { finish, readControl, type RunControl, type Timing } from "./runControl.js";
import { openFolder } from "./runFolder.js";
import {
  atLeastOne,
  changedSettingMistakes,
  playerMistakes,
  provenanceMistake,
  readSettings,
  type Players,
} from "./trainOptions.js";

/** How long an evaluation is, and what it leaves on disk. */
export interface EvalSettings {
  /** Episodes of each evaluation. Default: 125,000, as in RecSim. */
  readonly maxEvalEpisodes?: number;
  /** Steps after which an episode is truncated. Default: 27,000. */
  readonly maxStepsPerEpisode?: number;
  /** Folder to write to; nothing is written without. An earlier evaluation of as many episodes is written over. */
  readonly out?: string;
  /** Whether files that no evaluation wrote are written over, too. Default: false. */
  readonly force?: boolean;
  /** What else there is to say; what the checkpoints say, too, must be the same. */
  readonly provenance?: Settings;
}

/** `checkpoints`, as `readCheckpoints` finds them, are evaluated one after another; without, an agent at its beginning is. */
export type EvalOptions<Obs extends Observation = Observation> = Players<Obs> &
  EvalSettings & { readonly checkpoints?: readonly Checkpoint[] };

/** What one checkpoint came to. */
export interface Evaluation extends EpisodeStatistics {
  /** Iterations and steps that the agent was trained for. */
  readonly iteration: number;
  readonly trainingSteps: number;
}

/** What an evaluation came to. */
export interface EvalSummary {
  readonly settings: Settings;
  /** One for each checkpoint; fewer when the run was interrupted. */
  readonly evaluations: readonly Evaluation[];
  /** The only part that depends on the machine. */
  readonly timing: Timing;
}

/** RecSim's defaults where nothing is said. */
function countsOf({ maxEvalEpisodes = 125_000, maxStepsPerEpisode = 27_000 }: EvalSettings) {
  return { maxEvalEpisodes, maxStepsPerEpisode };
}

const NAMES = [...Object.keys(countsOf({})), "out", "force", "provenance"];

/**
 * Evaluates trained agents (RecSim's EvalRunner), the same users for every checkpoint: those from where `env` stands,
 * as with `makeEnv(world, { user: 2 ** 31 })` users that no training meets. An agent goes on learning
 * meanwhile, unless `createAgent` makes one that does not; the checkpoint itself stays as it is.
 */
export class EvalRunner<Obs extends Observation = Observation> {
  private readonly options: EvalOptions<Obs>;
  private readonly counts: ReturnType<typeof countsOf>;
  private readonly settings: Settings;
  private readonly start: Json;

  /** Throws `InvalidInput`, all mistakes at once. */
  constructor(options: EvalOptions<Obs>) {
    refuse([objectMistake("options", options)]);
    const { env, createAgent, checkpoints: asked, ...rest } = { ...options }; // read once
    const { given, mistake } = readSettings<EvalSettings>(rest);
    const checkpoints = readGiven(asked);
    refuse([
      ...playerMistakes(env, createAgent),
      ...evalSettingMistakes(given),
      checkpoints === undefined || areCheckpoints(checkpoints)
        ? undefined
        : expectedMistake("checkpoints", "what readCheckpoints gives", asked),
    ]);
    refuse([mistake]);
    refuse(checkpoints?.flatMap((checkpoint) => foreignMistakes(checkpoint, given.provenance ?? {})) ?? []);
    this.options = { env, createAgent, ...given, ...(checkpoints && { checkpoints }) };
    this.counts = countsOf(given);
    this.settings = { ...given.provenance, ...this.counts, streamVersion };
    this.start = env.snapshot();
  }

  /** Rejects with `InvalidInput` when an agent does not understand a checkpoint. */
  async run(control: RunControl = {}): Promise<EvalSummary> {
    const watched = readControl(control);
    const { checkpoints = [undefined], out, force = false } = this.options;
    refuse([out === undefined ? undefined : folderMistake(out)]); // it may be another one by now
    if (out !== undefined) {
      openFolder(this.folderIn(out));
      refuse(checkpoints.flatMap((each) => evaluationMistakes(this.folderIn(out), trainedFor(each), force)));
    }
    const evaluations: Evaluation[] = [];
    const total = { steps: 0, episodes: 0 };
    const timing = await finish(watched, async () => {
      const pace = new Pace(watched.signal, () => watched.onProgress?.({ ...total }));
      for (const checkpoint of checkpoints) {
        const lived = await this.evaluate(checkpoint, total, pace);
        const evaluation = { ...trainedFor(checkpoint), ...episodeStatistics(lived) };
        evaluations.push(evaluation);
        const returns = lived.map(({ reward }) => reward);
        if (out !== undefined) writeEvaluation(this.folderIn(out), evaluation, returns, this.settings);
      }
    });
    return { settings: this.settings, evaluations, timing: timing(total.steps) };
  }

  /** Adds to `total` what is lived. */
  private async evaluate(
    checkpoint: Checkpoint | undefined,
    total: { steps: number; episodes: number },
    pace: Pace,
  ): Promise<Episode[]> {
    const { env, createAgent } = this.options;
    const { maxEvalEpisodes, maxStepsPerEpisode } = this.counts;
    env.restore(this.start);
    const agent = openAgent("createAgent", createAgent, env);
    if (checkpoint !== undefined) agent.restore(checkpoint.agent);
    const lived: Episode[] = [];
    while (lived.length < maxEvalEpisodes) {
      const episode = await liveEpisode(env, agent, maxStepsPerEpisode, () => {}, pace);
      lived.push(episode);
      total.steps += episode.steps;
      total.episodes += 1;
    }
    return lived;
  }

  private folderIn(out: string): string {
    return join(out, `eval_${this.counts.maxEvalEpisodes}`);
  }
}

function trainedFor(checkpoint: Checkpoint | undefined): Pick<Evaluation, "iteration" | "trainingSteps"> {
  return { iteration: checkpoint?.iteration ?? 0, trainingSteps: checkpoint?.totalSteps ?? 0 };
}

/** Everything that is wrong with the options of an evaluation. */
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

/** What an evaluation takes of checkpoints, read once; anything else as it is. */
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
