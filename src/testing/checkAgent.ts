import type { Arbitrary } from "fast-check";
import type { Agent, CreateAgent } from "../agents/agent.js";
import { openAgent } from "../agents/validatedAgent.js";
import type { Environment } from "../env/environment.js";
import type { Observation } from "../spaces/observation.js";
import type { OpenEnv } from "./checkEnv.js";
import { fc } from "./fastCheck.js";
import {
  checkable,
  checkProperties,
  deepFreeze,
  must,
  mustBePlain,
  mustEqual,
  mustRefuseForeign,
  type CheckOptions,
  type Property,
} from "./properties.js";

interface Case {
  readonly seed: number;
  readonly user: number;
  /** Maximal number of steps of each episode: the user may end it earlier. */
  readonly episodes: readonly number[];
}

const cases: Arbitrary<Case> = fc.record({
  seed: fc.integer(),
  user: fc.integer({ min: 0, max: 2 ** 31 }),
  episodes: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 3 }),
});

/**
 * Checks that an agent has the properties of all agents of slatesim, in an environment. Every call of `create` has to return a new
 * agent, all of them equal. Rejects with one error that names each violated property with its smallest counterexample, and with
 * `InvalidInput` for arguments that cannot be checked.
 */
export async function checkAgent<Obs extends Observation>(
  create: CreateAgent<Obs>,
  open: OpenEnv<Obs>,
  options: CheckOptions = {},
): Promise<void> {
  const checked = checkable({ create, open }, options);
  openAgent("create", create, await open());
  const run = async (given: Case, agent?: Agent<Obs>): Promise<EpisodesRun<Obs>> => {
    const env = await open();
    return runEpisodes(env, agent ?? create(env), given);
  };
  return checkProperties(agentProperties(run, create, open), cases, checked);
}

interface EpisodesRun<Obs extends Observation> {
  readonly agent: Agent<Obs>;
  readonly slates: readonly (readonly number[])[];
}

function agentProperties<Obs extends Observation>(
  run: (given: Case, agent?: Agent<Obs>) => Promise<EpisodesRun<Obs>>,
  create: CreateAgent<Obs>,
  open: OpenEnv<Obs>,
): Property<Case>[] {
  return [
    {
      name: "slates are in the action space, and observations stay as they were",
      holds: async (given) => {
        const { actionSpace } = await open();
        for (const slate of (await run(given)).slates) {
          must(actionSpace.contains(slate), `not in the action space: ${fc.stringify(slate)}`);
        }
      },
    },
    {
      name: "the same episodes give the same slates",
      holds: async (given) => mustEqual((await run(given)).slates, (await run(given)).slates, "another agent's slates"),
    },
    {
      name: "a snapshot is plain data and resumes as the original",
      holds: async (given) => {
        const { agent } = await run(given);
        const snapshot = agent.snapshot();
        const kept = mustBePlain(snapshot);
        const future = (await run(given, agent)).slates;
        mustEqual(snapshot, kept, "the snapshot after further episodes");
        const copy = create(await open());
        copy.restore(kept);
        mustEqual(copy.snapshot(), kept, "the snapshot of what was restored");
        mustEqual((await run(given, copy)).slates, future, "the slates after restoring");
        mustEqual(kept, snapshot, "the snapshot after further episodes of what was restored from it");
      },
    },
    {
      name: "a snapshot in the middle of an episode resumes there",
      holds: async (given) => {
        const { agent } = await run(given);
        const env = await open();
        const slate = runSteps(env, agent, given);
        if (slate === undefined) return;
        const [copy, fork] = [create(await open()), env.fork()];
        copy.restore(mustBePlain(agent.snapshot()));
        const future = continueEpisode(env, agent, slate, 9);
        mustEqual(continueEpisode(fork, copy, slate, 9), future, "the slates after restoring");
        mustEqual(copy.snapshot(), agent.snapshot(), "the snapshot at the end of the episode");
      },
    },
    {
      name: "anything but a snapshot of this agent is refused and changes nothing",
      holds: async (given) => mustRefuseForeign((await run(given)).agent),
    },
  ];
}

/** Runs the episodes of consecutive users; observations are frozen before the agent receives them. */
function runEpisodes<Obs extends Observation>(
  env: Environment<Obs>,
  agent: Agent<Obs>,
  { seed, user, episodes }: Case,
): EpisodesRun<Obs> {
  const slates = episodes.flatMap((steps, episode) => {
    const { observation } = env.reset({ seed, user: user + episode });
    return continueEpisode(env, agent, agent.beginEpisode(deepFreeze(observation)), steps);
  });
  return { agent, slates };
}

/** Continues from the slate `first`, to the end of the episode or for `steps` steps. Returns the slates. */
function continueEpisode<Obs extends Observation>(
  env: Environment<Obs>,
  agent: Agent<Obs>,
  first: readonly number[],
  steps: number,
): readonly (readonly number[])[] {
  const slates: (readonly number[])[] = [];
  for (let slate = first; ;) {
    const { observation, reward, terminated, truncated } = env.step(slate); // refuses anything but a list
    const observed = deepFreeze(observation);
    slates.push([...slate]);
    if (terminated || truncated || slates.length >= steps) {
      agent.endEpisode(reward, observed);
      return slates;
    }
    slate = agent.step(reward, observed);
  }
}

/** Runs as many steps as the case's first episode may last. Returns the next slate, undefined if the episode ended earlier. */
function runSteps<Obs extends Observation>(
  env: Environment<Obs>,
  agent: Agent<Obs>,
  { seed, user, episodes }: Case,
): readonly number[] | undefined {
  let slate = agent.beginEpisode(deepFreeze(env.reset({ seed, user }).observation));
  for (let step = 1; step < episodes[0]!; step++) {
    const { observation, reward, terminated, truncated } = env.step(slate);
    if (terminated || truncated) return undefined;
    slate = agent.step(reward, deepFreeze(observation));
  }
  return slate;
}
