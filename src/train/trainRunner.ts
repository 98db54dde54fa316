import type { Agent } from "../agents/agent.js";
import { openAgent } from "../agents/door.js";
import type { Json } from "../check/json.js";
import { expectedMistake, objectMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { encodeJson } from "../check/exactJson.js";
import { sha256 } from "../files/sealedText.js";
import { streamVersion } from "../random/streamVersion.js";
import type { Observation } from "../spaces/observation.js";
import type { Checkpoint, Settings } from "./checkpoint.js";
import { checkpointIterations, readCheckpoints } from "./checkpointFolder.js";
import { liveEpisode, type Episode, type SeenStep } from "./episode.js";
import { rowOf } from "./episodeLog.js";
import { episodeStatistics, type IterationSummary } from "./iteration.js";
import { Pace } from "./pace.js";
import { controlMistakes, finish, type RunControl, type Timing } from "./runControl.js";
import { TrainFolder } from "./trainFolder.js";
import {
  changedSettingMistakes,
  countsOf,
  playerMistakes,
  trainSettingMistakes,
  type TrainOptions,
} from "./trainOptions.js";

export interface TrainSummary {
  readonly settings: Settings;
  /** One for each iteration; fewer than `numIterations` when the run was interrupted. */
  readonly iterations: readonly IterationSummary[];
  /** The only part that depends on the machine; of this call alone, when it resumed a run. */
  readonly timing: Timing;
}

/**
 * Trains an agent on the lives of an environment's users (RecSim's TrainRunner). The same environment, agent and options give
 * the same bytes in every file, however often the run was stopped and resumed between.
 */
export class TrainRunner<Seen extends Observation = Observation> {
  private readonly options: TrainOptions<Seen>;
  private readonly counts: ReturnType<typeof countsOf>;
  private readonly settings: Settings;
  private readonly start: Json;

  /** Throws `InvalidInput`, all mistakes at once; looks at the folder, and leaves it as it is. */
  constructor(options: TrainOptions<Seen>) {
    refuse([objectMistake("options", options)]);
    const { env, createAgent, ...given } = options;
    refuse([...playerMistakes(env, createAgent), ...trainSettingMistakes(given)]);
    this.options = options;
    this.counts = countsOf(given);
    const { provenance, episodeLog = null } = given;
    this.settings = { ...provenance, ...this.counts, episodeLog, streamVersion };
    this.start = env.snapshot();
  }

  /**
   * Lives the iterations. After `signal` is aborted the last whole iteration is kept in a checkpoint, and the summary ends
   * with it. Rejects with `InvalidInput` for a run that cannot be resumed; its files stay as they are.
   */
  async run(control: RunControl = {}): Promise<TrainSummary> {
    const { env, createAgent, ...given } = this.options;
    const { out } = given;
    refuse([...controlMistakes(control), ...trainSettingMistakes(given)]); // the folder may have been filled since
    env.restore(this.start);
    const agent = openAgent("createAgent", createAgent, env);
    let reached = this.checkpointToStartFrom(agent);
    env.restore(reached.env);
    agent.restore(reached.agent);
    const folder = out === undefined ? undefined : new TrainFolder(out, reached);
    const before = reached.totalSteps;
    const between = new Pace(control.signal, () => {}); // iterations may be shorter than its patience
    const timing = await finish(control, async () => {
      while (reached.iteration < this.counts.numIterations) {
        reached = await this.liveIteration(agent, reached, folder, control);
        await folder?.endIteration(reached);
        control.onProgress?.({ steps: reached.totalSteps, episodes: reached.episodes });
        if (between.isDue()) await between.rest();
      }
    });
    folder?.save();
    const { settings, iterations } = reached;
    return { settings, iterations, timing: timing(reached.totalSteps - before) };
  }

  /** Whole episodes until there are steps enough. */
  private async liveIteration(
    agent: Agent<Seen>,
    from: Checkpoint,
    folder: TrainFolder | undefined,
    { signal, onProgress }: RunControl,
  ): Promise<Checkpoint> {
    const { env } = this.options;
    const { maxTrainingSteps, maxStepsPerEpisode } = this.counts;
    const iteration = from.iteration + 1;
    const lived: Episode[] = [];
    let steps = 0;
    const pace = new Pace(signal, () => {
      onProgress?.({ steps: from.totalSteps + steps, episodes: from.episodes + lived.length });
    });
    while (steps < maxTrainingSteps) {
      const episode = from.episodes + lived.length + 1;
      const onStep = (seen: SeenStep): void => folder?.log?.add(rowOf(iteration, episode, seen));
      lived.push(await liveEpisode(env, agent, maxStepsPerEpisode, onStep, pace));
      steps += lived.at(-1)!.steps;
    }
    const totalSteps = from.totalSteps + steps;
    const summary = { iteration, totalSteps, ...episodeStatistics(lived) };
    const iterations = [...from.iterations, summary];
    const kept = folder === undefined ? {} : { env: env.snapshot(), agent: agent.snapshot() };
    return { ...from, iteration, episodes: from.episodes + lived.length, totalSteps, iterations, ...kept };
  }

  private checkpointToStartFrom(agent: Agent<Seen>): Checkpoint {
    const { out, resume } = this.options;
    const { settings, start: env } = this;
    const snapshot = agent.snapshot();
    const begin = {
      env: sha256(encodeJson(env, "env snapshot")),
      agent: sha256(encodeJson(snapshot, "agent snapshot")),
    };
    const progress = { iteration: 0, episodes: 0, totalSteps: 0, iterations: [], files: {} };
    const beginning: Checkpoint = { settings, begin, ...progress, env, agent: snapshot };
    if (out === undefined || resume !== true || checkpointIterations(out).length === 0) return beginning;
    const [newest] = readCheckpoints(out, "newest");
    const names = new Set([...Object.keys(newest!.settings), ...Object.keys(settings)]);
    refuse(changedSettingMistakes(names, newest!.settings, settings, "the run to resume"));
    refuse([beginMistake("env", newest!, begin.env), beginMistake("agent", newest!, begin.agent)]);
    return newest!;
  }
}

function beginMistake(name: "env" | "agent", { begin }: Checkpoint, found: string): string | undefined {
  const rule = `one whose first snapshot has the SHA-256 ${begin[name]}, as in the run to resume`;
  return begin[name] === found ? undefined : expectedMistake(name, rule, found);
}
