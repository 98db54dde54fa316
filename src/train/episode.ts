import type { Agent } from "../agents/agent.js";
import type { Environment } from "../env/environment.js";
import type { Observation } from "../spaces/observation.js";
import { readClicks, type Clicks } from "./clicks.js";
import type { Pace } from "./pace.js";

/** What one episode came to. */
export interface Episode {
  readonly steps: number;
  /** Summed. */
  readonly reward: number;
  /** Steps with a click. */
  readonly clicks: number;
  readonly tellsClicks: boolean;
}

/** One step as it was seen. */
export interface SeenStep {
  readonly user: number;
  /** From 1 on. */
  readonly step: number;
  readonly slate: readonly number[];
  readonly clicks: Clicks;
  readonly reward: number;
  readonly terminated: boolean;
  /** By the environment, or here after `maxSteps` steps. */
  readonly truncated: boolean;
}

/** Lives the next user's life to its end, or for `maxSteps` steps. */
export async function liveEpisode<Obs extends Observation>(
  env: Environment<Obs>,
  agent: Agent<Obs>,
  maxSteps: number,
  onStep: (step: SeenStep) => void,
  pace: Pace,
): Promise<Episode> {
  const first = env.reset();
  let slate = agent.beginEpisode(first.observation);
  let [reward, clicked, tellsClicks] = [0, 0, false];
  for (let step = 1; ; step++) {
    const result = env.step(slate);
    const { terminated } = result;
    const truncated = result.truncated || (!terminated && step >= maxSteps);
    const clicks = readClicks(result.observation.response ?? []);
    reward += result.reward;
    clicked += clicks.choice === null ? 0 : 1;
    tellsClicks ||= clicks.told;
    onStep({ user: first.info.user, step, slate, clicks, reward: result.reward, terminated, truncated });
    if (terminated || truncated) {
      agent.endEpisode(result.reward, result.observation);
      return { steps: step, reward, clicks: clicked, tellsClicks };
    }
    if (pace.isDue()) await pace.rest();
    slate = agent.step(result.reward, result.observation);
  }
}
