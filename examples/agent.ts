// An agent of your own: it learns from episode to episode which mix of educational videos and memes brings most. It is checked
// against the properties of the package's own agents, trained in an environment, and then fills the slates of a run.
//
//   npm install fast-check       # `slatesim/testing` needs it
//   node examples/agent.ts       # Node 22.18 or later takes TypeScript as it is; Node 20: npx tsx examples/agent.ts
import {
  agentPolicy,
  drawsAt,
  InvalidInput,
  makeEnv,
  policies,
  scenarios,
  simulate,
  type CreateAgent,
  type LtsTypes,
  type Observation,
} from "slatesim";
import { checkAgent } from "slatesim/testing";

/** All that the agent needs of an observation. */
type Seen = Observation<unknown, { readonly educativeness: number }>;

const NAME = "mix-learner";
const EXPLORE = 0.2;

/** The state is plain data that is replaced, never changed: a snapshot is a copy of it. */
const createAgent: CreateAgent<Seen> = (spaces, { seed = 0, firstEpisode = 0, evalMode = false } = {}) => {
  const { slateSize } = spaces.actionSpace;
  const zeros = Array.from({ length: slateSize + 1 }, () => 0);
  let state = {
    agent: NAME,
    seed: String(seed),
    episode: firstEpisode,
    mix: 0, // of this episode
    total: 0, // of its rewards
    counts: zeros, // of each mix: episodes with it,
    means: zeros, // and their mean total
  };

  /** A random mix now and then; otherwise the best so far, untried ones first. */
  function chooseMix(): number {
    const draws = drawsAt({ seed: state.seed, user: state.episode }); // the same in every run
    if (!evalMode && draws.uniform() < EXPLORE) return draws.integer(slateSize + 1);
    const values = state.means.map((mean, mix) => (state.counts[mix] === 0 ? Infinity : mean));
    return values.indexOf(Math.max(...values));
  }

  /** As many of the most educational candidates as the mix says, and the least educational for the rest. */
  function fillSlate({ doc }: Seen): number[] {
    const positions = doc.map((_, position) => position);
    const ranked = positions.toSorted((a, b) => doc[b]!.educativeness - doc[a]!.educativeness);
    return [...ranked.slice(0, state.mix), ...ranked.slice(ranked.length - slateSize + state.mix)];
  }

  return {
    beginEpisode(observation) {
      state = { ...state, mix: chooseMix(), total: 0 };
      return fillSlate(observation);
    },
    step(reward, observation) {
      state = { ...state, total: state.total + reward };
      return fillSlate(observation);
    },
    endEpisode(reward) {
      const { mix, counts, means, episode } = state;
      const total = state.total + reward;
      const count = counts[mix]! + 1;
      const mean = means[mix]! + (total - means[mix]!) / count;
      const learnt = evalMode ? {} : { counts: counts.with(mix, count), means: means.with(mix, mean) };
      state = { ...state, ...learnt, episode: episode + 1, total };
    },
    snapshot: () => structuredClone(state),
    restore(snapshot) {
      const given = Object(snapshot) as typeof state;
      const isWhole = Object.keys(state).every((name) => Object.hasOwn(given, name));
      if (!isWhole || given.agent !== NAME || given.means.length !== zeros.length) {
        throw new InvalidInput([`"snapshot" expected one of a ${NAME} for slates of ${slateSize}`]);
      }
      state = structuredClone(given);
    },
  };
};

const world = scenarios["lts-tradeoff"];
await checkAgent(createAgent, () => makeEnv(world));
console.log("the agent has all properties");

const env = await makeEnv(world, { seed: 7 });
const agent = createAgent(env, { seed: 7 });
for (let user = 0; user < 200; user++) {
  let slate = agent.beginEpisode(env.reset({ user }).observation);
  for (let ended = false; !ended;) {
    const { reward, terminated, observation } = env.step(slate);
    ended = terminated;
    if (ended) agent.endEpisode(reward, observation);
    else slate = agent.step(reward, observation);
  }
}

// In a run every user has an agent of its own: each begins with what was learnt, and learns nothing more.
const learnt = agentPolicy<LtsTypes>("learnt", (spaces, seed) => {
  const trained = createAgent(spaces, { ...seed, evalMode: true });
  trained.restore(agent.snapshot());
  return trained;
});
for (const policy of [policies.random(), learnt]) {
  const { metrics } = await simulate(world, policy, { users: 1_000, firstUser: 1_000_000, seed: 7 });
  console.log(`${policy.name}: ${metrics.totalEngagement.mean.toFixed(0)} s of engagement per user`);
}
