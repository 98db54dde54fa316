import type { Arbitrary } from "fast-check";
import type { Agent, CreateAgent } from "../agents/agent.js";
import { openAgent } from "../agents/door.js";
import type { Environment } from "../env/environment.js";
import type { Observation } from "../spaces/observation.js";
import type { OpenEnv } from "./checkEnv.js";
import { fc } from "./fastCheck.js";
import {
  checkable,
  checkLaws,
  deepFreeze,
  must,
  mustBePlain,
  mustEqual,
  mustRefuseForeign,
  type CheckOptions,
  type Law,
} from "./laws.js";

interface Case {
  readonly seed: number;
  readonly user: number;
  /** How long each episode may last: the user may leave before. */
  readonly episodes: readonly number[];
}

const cases: Arbitrary<Case> = fc.record({
  seed: fc.integer(),
  user: fc.integer({ min: 0, max: 2 ** 31 }),
  episodes: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 3 }),
});

/**
 * Puts an agent to the laws that all of the package's own obey, in an environment; every call of `create` is to make a new
 * one, all of them alike. Rejects with one error that names each broken law with its smallest counterexample, and with
 * `InvalidInput` for what cannot be checked.
 */
export async function checkAgent<Seen extends Observation>(
  create: CreateAgent<Seen>,
  open: OpenEnv<Seen>,
  options: CheckOptions = {},
): Promise<void> {
  const settled = checkable({ create, open }, options);
  openAgent("create", create, await open());
  const live = async (given: Case, agent?: Agent<Seen>): Promise<Lived<Seen>> => {
    const env = await open();
    return liveEpisodes(env, agent ?? create(env), given);
  };
  return checkLaws(agentLaws(live, create, open), cases, settled);
}

interface Lived<Seen extends Observation> {
  readonly agent: Agent<Seen>;
  readonly slates: readonly (readonly number[])[];
}

function agentLaws<Seen extends Observation>(
  live: (given: Case, agent?: Agent<Seen>) => Promise<Lived<Seen>>,
  create: CreateAgent<Seen>,
  open: OpenEnv<Seen>,
): Law<Case>[] {
  return [
    {
      name: "slates are in the action space, and observations stay as they were",
      holds: async (given) => {
        const { actionSpace } = await open();
        for (const slate of (await live(given)).slates) {
          must(actionSpace.contains(slate), `not in the action space: ${fc.stringify(slate)}`);
        }
      },
    },
    {
      name: "the same episodes give the same slates",
      holds: async (given) =>
        mustEqual((await live(given)).slates, (await live(given)).slates, "another agent's slates"),
    },
    {
      name: "a snapshot is plain data and goes on as the original",
      holds: async (given) => {
        const { agent } = await live(given);
        const snapshot = agent.snapshot();
        const kept = mustBePlain(snapshot);
        const future = (await live(given, agent)).slates;
        mustEqual(snapshot, kept, "the snapshot after further episodes");
        const copy = create(await open());
        copy.restore(kept);
        mustEqual(copy.snapshot(), kept, "the snapshot of what was restored");
        mustEqual((await live(given, copy)).slates, future, "the slates after restoring");
        mustEqual(kept, snapshot, "the snapshot after further episodes of what was restored from it");
      },
    },
    {
      name: "a snapshot in the middle of an episode goes on there",
      holds: async (given) => {
        const { agent } = await live(given);
        const env = await open();
        const slate = playSome(env, agent, given);
        if (slate === undefined) return;
        const [copy, fork] = [create(await open()), env.fork()];
        copy.restore(mustBePlain(agent.snapshot()));
        const future = playOn(env, agent, slate, 9);
        mustEqual(playOn(fork, copy, slate, 9), future, "the slates after restoring");
        mustEqual(copy.snapshot(), agent.snapshot(), "the snapshot at the end of the episode");
      },
    },
    {
      name: "what is no snapshot of this agent is refused and changes nothing",
      holds: async (given) => mustRefuseForeign((await live(given)).agent),
    },
  ];
}

/** Plays the episodes of neighbouring users; what the agent is handed is frozen. */
function liveEpisodes<Seen extends Observation>(
  env: Environment<Seen>,
  agent: Agent<Seen>,
  { seed, user, episodes }: Case,
): Lived<Seen> {
  const slates = episodes.flatMap((steps, episode) => {
    const { observation } = env.reset({ seed, user: user + episode });
    return playOn(env, agent, agent.beginEpisode(deepFreeze(observation)), steps);
  });
  return { agent, slates };
}

/** Plays from that slate on, to the end of the episode or for so many steps; the slates shown. */
function playOn<Seen extends Observation>(
  env: Environment<Seen>,
  agent: Agent<Seen>,
  first: readonly number[],
  steps: number,
): readonly (readonly number[])[] {
  const slates: (readonly number[])[] = [];
  for (let slate = first; ;) {
    const { observation, reward, terminated, truncated } = env.step(slate); // which refuses what is no list
    const seen = deepFreeze(observation);
    slates.push([...slate]);
    if (terminated || truncated || slates.length >= steps) {
      agent.endEpisode(reward, seen);
      return slates;
    }
    slate = agent.step(reward, seen);
  }
}

/** Plays into an episode, as far as its first may last; the next slate, unless the episode ended before. */
function playSome<Seen extends Observation>(
  env: Environment<Seen>,
  agent: Agent<Seen>,
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
