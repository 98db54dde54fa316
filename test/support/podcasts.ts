import { choiceModels, defineWorld, metrics, spaces } from "../../src/index.js";

interface Podcast {
  readonly minutes: number;
  readonly topic: number;
  readonly quality: number;
}

interface Listener {
  readonly energy: number;
  readonly favourite: number;
}

const logit = choiceModels.multinomialLogit({ noClickLogit: 0 });

function scoreFor(favourite: number): (podcast: Podcast) => number {
  return ({ topic, quality }) => quality + (topic === favourite ? 1 : 0);
}

function meanMinutes(slate: readonly Podcast[]): (sum: number, probability: number, slot: number) => number {
  return (sum, probability, slot) => sum + probability * (slate[slot]?.minutes ?? 0);
}

/** A world as a user would write it: documents of three features, episodes of any length, metrics of its own. */
export const podcastWorld = defineWorld({
  name: "podcasts",
  version: 2,
  parameters: { effort: 0.2 },
  slateSize: 3,
  numCandidates: 8,
  documents: {
    space: new spaces.Dict({
      minutes: new spaces.Box({ low: 5, high: 95 }),
      topic: new spaces.Discrete(3),
      quality: new spaces.Box({ low: 0, high: 1 }),
    }),
    sample: (draws): Podcast => ({
      minutes: 5 + 90 * draws.uniform(),
      topic: draws.integer(3),
      quality: draws.uniform(),
    }),
    rank: ({ quality }) => quality,
  },
  users: {
    space: new spaces.Box({ low: 0, high: 2, shape: [1] }),
    sample: (draws): Listener => ({ energy: 1 + draws.uniform(), favourite: draws.integer(3) }),
    observe: ({ energy }, draws): readonly number[] => [Math.min(2, Math.max(0, energy + 0.05 * draws.normal()))],
    scoreDocument: ({ favourite }, podcast) => scoreFor(favourite)(podcast),
    transition: ({ energy, favourite }, { clicked }, draws) => {
      const change = clicked === null ? 0.3 : 0.2 - 0.25 * clicked.document.quality * draws.uniform();
      return { energy: Math.max(0, energy - change), favourite };
    },
    isTerminal: ({ energy }) => energy === 0,
    expectedReward: ({ favourite }, slate) => {
      return logit.probabilities(slate.map(scoreFor(favourite))).reduce(meanMinutes(slate), 0);
    },
  },
  choice: logit,
  responses: {
    space: new spaces.Dict({ click: new spaces.Discrete(2), minutes: new spaces.Box({ low: 0, high: 95 }) }),
    respond: (_listener, { minutes }, clicked) => ({ click: clicked ? 1 : 0, minutes: clicked ? minutes : 0 }),
  },
  reward: (responses) => responses.reduce((sum, { minutes }) => sum + minutes, 0),
  metrics: {
    clickThroughRate: metrics.clickThroughRate(),
    finalEnergy: metrics.last(({ state }) => state.energy, { series: "energy", label: "final energy" }),
    minutesPerClick: metrics.ratio(
      ({ reward }) => reward,
      ({ clicked }) => (clicked === undefined ? 0 : 1),
      { label: "minutes per click", unit: "min" },
    ),
    longest: metrics.episode({
      begin: () => 0,
      add: (longest: number, { clicked }) => Math.max(longest, clicked?.minutes ?? 0),
      value: (longest: number) => longest,
    }),
  },
});
