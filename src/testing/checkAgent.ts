import fc from "fast-check";
import type { Agent, CreateAgent } from "../agents/agent.js";
import type { Observation } from "../spaces/observation.js";
import type { OpenEnv } from "./checkEnv.js";
import { checkLaws, deepFreeze, must, mustEqual, mustRefuse, type CheckOptions, type Law } from "./laws.js";

interface Case {
  readonly seed: number;
  readonly user: number;
  /** How long each episode may last: the user may leave before. */
  readonly episodes: readonly number[];
}

const cases: fc.Arbitrary<Case> = fc.record({
  seed: fc.integer(),
  user: fc.integer({ min: 0, max: 2 ** 31 }),
  episodes: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 3 }),
});

/**
 * Puts an agent to the laws that all of the package's own obey, in an environment; every call of `create` is to make a new
 * one, all of them alike. Throws one error that names each broken
 * law with its smallest counterexample.
 */
export function checkAgent<Seen extends Observation>(
  create: CreateAgent<Seen>,
  open: OpenEnv<Seen>,
  options: CheckOptions = {},
): Promise<void> {
  const live = async (given: Case, agent?: Agent<Seen>): Promise<Lived<Seen>> => {
    const env = await open();
    return liveEpisodes(env, agent ?? create(env), given);
  };
  return checkLaws(agentLaws(live, create, open), cases, options);
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
        const kept = structuredClone(snapshot);
        const future = (await live(given, agent)).slates;
        mustEqual(snapshot, kept, "the snapshot after further episodes");
        const copy = create(await open());
        copy.restore(kept);
        mustEqual(copy.snapshot(), kept, "the snapshot of what was restored");
        mustEqual((await live(given, copy)).slates, future, "the slates after restoring");
      },
    },
    {
      name: "what is no snapshot of this agent is refused and changes nothing",
      holds: async (given) => {
        const { agent } = await live(given);
        const before = agent.snapshot();
        for (const foreign of [null, 1, "agent", [], {}, { kind: "somebody else" }]) {
          mustRefuse(() => agent.restore(foreign), `the snapshot ${fc.stringify(foreign)}`);
        }
        mustEqual(agent.snapshot(), before, "the agent after refusing");
      },
    },
  ];
}

/** Plays the episodes of neighbouring users; what the agent is handed is frozen. */
function liveEpisodes<Seen extends Observation>(
  env: Awaited<ReturnType<OpenEnv<Seen>>>,
  agent: Agent<Seen>,
  { seed, user, episodes }: Case,
): Lived<Seen> {
  const slates: (readonly number[])[] = [];
  episodes.forEach((steps, episode) => {
    const { observation } = env.reset({ seed, user: user + episode });
    let slate = agent.beginEpisode(deepFreeze(observation));
    for (let step = 1; ; step++) {
      slates.push([...slate]);
      const result = env.step(slate);
      const seen = deepFreeze(result.observation);
      if (result.terminated || result.truncated || step >= steps) {
        agent.endEpisode(result.reward, seen);
        return;
      }
      slate = agent.step(result.reward, seen);
    }
  });
  return { agent, slates };
}
