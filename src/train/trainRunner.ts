import type { Agent } from "../agents/agent.js";
import { openAgent } from "../agents/validatedAgent.js";
import type { Json } from "../check/json.js";
import { InvalidInput } from "../check/invalidInput.js";
import { expectedMistake, objectMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { encodeJson } from "../check/exactJson.js";
import { displayed } from "../display/displayed.js";
import { sha256 } from "../files/sealedText.js";
import { streamVersion } from "../random/streamVersion.js";
import type { Observation } from "../spaces/observation.js";
import type { Checkpoint, Settings } from "./checkpoint.js";
import { checkpointIterations } from "./checkpointFolder.js";
import { runEpisode, type Episode, type EpisodeStep } from "./episode.js";
import { rowOf } from "./episodeLog.js";
import { episodeStatistics, type IterationSummary } from "./iteration.js";
import { Yielder } from "./yielder.js";
import { repairFolder, repairHint } from "./repair.js";
import { finish, readControl, type RunControl, type Timing } from "./runControl.js";
import { examineNewest, newestSound, type Standing } from "./standing.js";
import { readRunSettings, TrainFolder } from "./trainFolder.js";
import {
  CHANGEABLE,
  changedSettingMistakes,
  countsOf,
  envAndAgentMistakes,
  readSettings,
  trainSettingMistakes,
  type TrainOptions,
  type TrainSettings,
} from "./trainOptions.js";

/** Results of a training run. */
export interface TrainSummary {
  readonly settings: Settings;
  /** Results of each iteration; fewer than `numIterations` when the run was interrupted. */
  readonly iterations: readonly IterationSummary[];
  /** The only part that depends on the machine; for a resumed run, of this call only. */
  readonly timing: Timing;
  /** Repairs made before the run resumed, a sentence each. */
  readonly repaired?: readonly string[];
}

/**
 * Trains an agent on the episodes of an environment's users (RecSim's TrainRunner). The same environment, agent and options give
 * the same bytes in every file, however often the run was stopped and resumed between.
 */
export class TrainRunner<Obs extends Observation = Observation> {
  private readonly options: TrainOptions<Obs>;
  private readonly counts: ReturnType<typeof countsOf>;
  private readonly settings: Settings;
  private readonly start: Json;

  /** Throws `InvalidInput` with all errors at once; examines the folder without changing it. */
  constructor(options: TrainOptions<Obs>) {
    refuse([objectMistake("options", options)]);
    const { env, createAgent, ...rest } = { ...options }; // read once
    const { given, mistake } = readSettings<TrainSettings>(rest);
    refuse([...envAndAgentMistakes(env, createAgent), ...trainSettingMistakes(given)]);
    refuse([mistake]);
    this.options = { env, createAgent, ...given };
    this.counts = countsOf(given);
    const { provenance, episodeLog = null } = given;
    this.settings = { ...provenance, ...this.counts, episodeLog, streamVersion };
    this.start = env.snapshot();
  }

  /**
   * Runs the iterations. After `signal` is aborted, writes a checkpoint of the last whole iteration, and the summary ends with it.
   * Rejects with `InvalidInput` for a run that cannot be resumed; its files do not change.
   */
  async run(control: RunControl = {}): Promise<TrainSummary> {
    return this.runAndVisit(control);
  }

  /**
   * Runs the iterations. Calls `visit` with the state from which they begin, and with that after each of them, when its files are written.
   * @internal
   */
  async runAndVisit(control: RunControl, visit?: (reached: Checkpoint) => Promise<void>): Promise<TrainSummary> {
    const { env, createAgent, ...given } = this.options;
    const { out } = given;
    const watched = readControl(control);
    refuse(trainSettingMistakes(given)); // the folder may have been filled since
    env.restore(this.start);
    const agent = openAgent("createAgent", createAgent, env);
    const { checkpoint, iterations: before, repaired = [] } = this.standing(this.beginningOf(agent));
    env.restore(checkpoint.env);
    agent.restore(checkpoint.agent);
    let reached = checkpoint;
    const iterations: IterationSummary[] = before.map(({ log: _log, ...summary }) => summary);
    const folder = out === undefined ? undefined : new TrainFolder(out, this.settings, reached);
    folder?.writeSummary(iterations);
    const between = new Yielder(watched.signal, () => {}); // iterations may be shorter than its interval
    const keeps = folder !== undefined || visit !== undefined;
    const timing = await finish(watched, async () => {
      await visit?.(reached);
      while (reached.iteration < this.counts.numIterations) {
        const episodes = await this.runIteration(agent, reached, folder, watched);
        reached = keeps ? { ...episodes.reached, env: env.snapshot(), agent: agent.snapshot() } : episodes.reached;
        iterations.push(episodes.summary);
        await folder?.endIteration(reached, episodes.summary);
        watched.onProgress?.({ steps: reached.totalSteps, episodes: reached.episodes });
        await visit?.(reached);
        if (between.isDue()) await between.pause();
      }
    });
    folder?.save();
    folder?.writeSummary(iterations);
    const summary = { settings: this.settings, iterations, timing: timing(reached.totalSteps - checkpoint.totalSteps) };
    return displayed(repaired.length === 0 ? summary : { ...summary, repaired });
  }

  /** Runs whole episodes until the iteration has enough steps. */
  private async runIteration(
    agent: Agent<Obs>,
    from: Checkpoint,
    folder: TrainFolder | undefined,
    { signal, onProgress }: RunControl,
  ): Promise<{ reached: Checkpoint; summary: IterationSummary }> {
    const { env } = this.options;
    const { maxTrainingSteps, maxStepsPerEpisode } = this.counts;
    const iteration = from.iteration + 1;
    const episodes: Episode[] = [];
    let steps = 0;
    const yielder = new Yielder(signal, () => {
      onProgress?.({ steps: from.totalSteps + steps, episodes: from.episodes + episodes.length });
    });
    while (steps < maxTrainingSteps) {
      const episode = from.episodes + episodes.length + 1;
      const onStep = (taken: EpisodeStep): void => folder?.log?.add(rowOf(iteration, episode, taken));
      episodes.push(await runEpisode(env, agent, maxStepsPerEpisode, onStep, yielder));
      steps += episodes.at(-1)!.steps;
    }
    const totalSteps = from.totalSteps + steps;
    const summary = { iteration, totalSteps, ...episodeStatistics(episodes) };
    const reached = { ...from, iteration, episodes: from.episodes + episodes.length, totalSteps };
    return { reached, summary };
  }

  private beginningOf(agent: Agent<Obs>): Checkpoint {
    const snapshot = agent.snapshot();
    const begin = {
      env: sha256(encodeJson(this.start, "env snapshot")),
      agent: sha256(encodeJson(snapshot, "agent snapshot")),
    };
    const progress = { iteration: 0, episodes: 0, totalSteps: 0, files: {} };
    return { settings: lastingOf(this.settings), begin, ...progress, env: this.start, agent: snapshot };
  }

  /** Returns the checkpoint to start from; repairs the folder under `repair`. */
  private standing(beginning: Checkpoint): Standing & { readonly repaired?: readonly string[] } {
    const { out, resume, repair } = this.options;
    const start = { checkpoint: beginning, iterations: [] };
    if (out === undefined || resume !== true || checkpointIterations(out).length === 0) return start;
    const examined = examineNewest(out);
    if ("standing" in examined) return this.continued(examined.standing, beginning);
    const sound = newestSound(out);
    if (repair !== true) throw new InvalidInput(examined.mistakes.map((mistake) => `${mistake} ${repairHint(sound)}`));
    if (sound === undefined) this.refuseOthers(readRunSettings(out) ?? beginning.settings);
    const standing = sound === undefined ? start : this.continued(sound, beginning);
    return { ...standing, repaired: repairFolder(out, sound) };
  }

  /** Throws `InvalidInput` if the checkpoint is of another run. */
  private continued(standing: Standing, { begin }: Checkpoint): Standing {
    const { checkpoint } = standing;
    this.refuseOthers(checkpoint.settings);
    refuse([beginMistake("env", checkpoint, begin.env), beginMistake("agent", checkpoint, begin.agent)]);
    const { numIterations } = this.counts;
    const rule = `at least ${checkpoint.iteration}, as many as the run to resume has`;
    refuse([checkpoint.iteration <= numIterations ? undefined : expectedMistake("numIterations", rule, numIterations)]);
    return standing;
  }

  private refuseOthers(before: Settings): void {
    const [then, now] = [lastingOf(before), lastingOf(this.settings)];
    const names = new Set([...Object.keys(then), ...Object.keys(now)]);
    refuse(changedSettingMistakes(names, then, now, "the run to resume"));
  }
}

/** Returns the settings that must not change when a run resumes. */
function lastingOf(settings: Settings): Settings {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !CHANGEABLE.includes(name)));
}

function beginMistake(name: "env" | "agent", { begin }: Checkpoint, found: string): string | undefined {
  const rule = `one whose first snapshot has the SHA-256 ${begin[name]}, as in the run to resume`;
  return begin[name] === found ? undefined : expectedMistake(name, rule, found);
}
