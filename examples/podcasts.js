// A world of your own as a module: listeners choose from slates of podcasts. Episodes end when a listener has no energy left, so they
// differ in length. A podcast has three features, and runs report metrics that the world declares.
//
//   npx slatesim run --world examples/podcasts.js#podcasts --users 2000 --policy most-educational
//   npx slatesim compare --world examples/podcasts.js#podcasts --users 2000
//   npx slatesim train --world examples/podcasts.js#podcasts --agent random --iterations 2
import { choiceModels, defineWorld, metrics, spaces } from "slatesim";

/** @typedef {{ readonly minutes: number, readonly topic: number, readonly quality: number }} Podcast */
/** @typedef {{ readonly energy: number, readonly favourite: number }} Listener */

const TOPICS = 3;

export const podcasts = defineWorld({
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
    /** @returns {Podcast} */
    sample: (draws) => ({
      minutes: 5 + 90 * draws.uniform(),
      topic: draws.integer(TOPICS),
      quality: draws.uniform(),
    }),
    rank: ({ quality }) => quality, // what most-educational, least-educational and mix(m) rank by
  },
  users: {
    space: new spaces.Box({ low: 0, high: 2 }),
    /** @returns {Listener} */
    sample: (draws) => ({ energy: 1 + draws.uniform(), favourite: draws.integer(TOPICS) }),
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
    clickedQuality: metrics.clickedQuality((/** @type {Podcast} */ { quality }) => quality),
    topicDiversity: metrics.slateDiversity((/** @type {Podcast} */ { topic }) => topic),
    energy: metrics.mean(({ state }) => state.energy),
  },
});
