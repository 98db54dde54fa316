import type { Agent } from "../agents/agent.js";
import { statedPropensity } from "../agents/statedPropensity.js";
import type { Environment } from "../env/environment.js";
import type { Observation } from "../spaces/observation.js";
import { readClicks, type Clicks } from "./clicks.js";
import type { Yielder } from "./yielder.js";

/** Summary of one episode. */
export interface Episode {
  readonly steps: number;
  /** Total reward. */
  readonly reward: number;
  /** Steps with a click. */
  readonly clicks: number;
  readonly reportsClicks: boolean;
}

/** One step of an episode. */
export interface EpisodeStep {
  readonly user: number;
  /** From 1 on. */
  readonly step: number;
  readonly slate: readonly number[];
  readonly slatePropensity: number | null;
  readonly clicks: Clicks;
  readonly reward: number;
  readonly terminated: boolean;
  /** Whether the environment truncated the episode, or `maxSteps` did. */
  readonly truncated: boolean;
}

/** Runs the next user's episode to its end, or for `maxSteps` steps. */
export async function runEpisode<Obs extends Observation>(
  env: Environment<Obs>,
  agent: Agent<Obs>,
  maxSteps: number,
  onStep: (step: EpisodeStep) => void,
  yielder: Yielder,
): Promise<Episode> {
  const first = env.reset();
  let slate = agent.beginEpisode(first.observation);
  let [reward, clicked, reportsClicks] = [0, 0, false];
  for (let step = 1; ; step++) {
    const slatePropensity = statedPropensity(agent, first.info.user, step);
    const result = env.step(slate);
    const { terminated } = result;
    const truncated = result.truncated || (!terminated && step >= maxSteps);
    const clicks = readClicks(result.observation.response ?? []);
    reward += result.reward;
    clicked += clicks.choice === null ? 0 : 1;
    reportsClicks ||= clicks.reported;
    onStep({
      user: first.info.user,
      step,
      slate,
      slatePropensity,
      clicks,
      reward: result.reward,
      terminated,
      truncated,
    });
    if (terminated || truncated) {
      agent.endEpisode(result.reward, result.observation);
      return { steps: step, reward, clicks: clicked, reportsClicks };
    }
    if (yielder.isDue()) await yielder.pause();
    slate = agent.step(result.reward, result.observation);
  }
}
