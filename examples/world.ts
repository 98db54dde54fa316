// A world of your own: listeners choose from slates of podcasts. Episodes end when a listener has no energy left, so they differ
// in length. A podcast has three features, and runs report metrics that the world declares.
//
//   node examples/world.ts       # Node 22.18 or later takes TypeScript as it is; Node 20: npx tsx examples/world.ts
import { choiceModels, defineWorld, metrics, policies, simulate, spaces } from "slatesim";

interface Podcast {
  readonly minutes: number;
  readonly topic: number;
  readonly quality: number;
}

interface Listener {
  readonly energy: number;
  readonly favourite: number;
}

const TOPICS = 3;

const podcasts = defineWorld({
  name: "podcasts",
  version: 1, // count it up when one of the functions changes what it does
  slateSize: 3,
  numCandidates: 8,
  timeBudget: 200, // no episode is longer
  documents: {
    space: new spaces.Dict({
      minutes: new spaces.Box({ low: 5, high: 95 }),
      topic: new spaces.Discrete(TOPICS),
      quality: new spaces.Box({ low: 0, high: 1 }),
    }),
    sample: (draws): Podcast => ({
      minutes: 5 + 90 * draws.uniform(),
      topic: draws.integer(TOPICS),
      quality: draws.uniform(),
    }),
    rank: ({ quality }) => quality, // what most-educational, least-educational and mix(m) rank by
  },
  users: {
    space: new spaces.Box({ low: 0, high: 2 }),
    sample: (draws): Listener => ({ energy: 1 + draws.uniform(), favourite: draws.integer(TOPICS) }),
    observe: ({ energy }) => energy, // the favourite topic stays hidden from policies and agents
    scoreDocument: ({ favourite }, { topic, quality }) => quality + (topic === favourite ? 1 : 0),
    transition: ({ energy, favourite }, { clicked }) => {
      const tired = clicked === null ? 0.3 : 0.3 - 0.25 * clicked.document.quality;
      return { energy: Math.max(0, energy - tired), favourite };
    },
    isTerminal: ({ energy }) => energy === 0,
  },
  choice: choiceModels.multinomialLogit({ noClickLogit: 0 }),
  responses: {
    space: new spaces.Box({ low: 0, high: 95 }),
    respond: (_listener, { minutes }, clicked) => (clicked ? minutes : 0),
  },
  reward: (responses) => responses.reduce((sum, minutes) => sum + minutes, 0),
  metrics: {
    clickedQuality: metrics.clickedQuality(({ quality }: Podcast) => quality),
    topicDiversity: metrics.slateDiversity(({ topic }: Podcast) => topic),
    energy: metrics.mean(({ state }) => state.energy),
  },
});

const NAMES = ["totalReward", "episodeLength", "clickedQuality", "topicDiversity", "energy"] as const;

for (const policy of [policies.random(), policies.mostEducational()]) {
  const run = await simulate(podcasts, policy, { users: 2_000, seed: 1 });
  console.log(policy.name);
  for (const name of NAMES) {
    const { mean, ci95 } = run.metrics[name];
    console.log(`  ${name.padEnd(16)} ${mean.toFixed(3)} [${ci95.map((end) => end.toFixed(3)).join(", ")}]`);
  }
}
