// A world, a policy and an agent as somebody's own module has them.
import { choiceModels, defineWorld, metrics, spaces } from "slatesim";

/** Users who lose patience with what is not good. */
export const patience = defineWorld({
  name: "patience",
  slateSize: 2,
  numCandidates: 5,
  timeBudget: 9,
  documents: { space: new spaces.Box({ low: 0, high: 1 }), sample: (draws) => draws.uniform() },
  users: {
    space: new spaces.Box({ low: 0, high: 10 }),
    sample: (draws) => Math.min(10, Math.max(0.1, 2 + draws.normal())),
    observe: (left) => left,
    scoreDocument: (_left, quality) => 2 * quality,
    transition: (left, { clicked }) => Math.max(0, left - 1 + (clicked?.document ?? 0)),
    isTerminal: (left) => left === 0,
  },
  choice: choiceModels.multinomialLogit({ noClickLogit: 0 }),
  responses: {
    space: new spaces.Box({ low: 0, high: 1 }),
    respond: (_left, quality, clicked) => (clicked ? quality : 0),
  },
  reward: (responses) => responses.reduce((sum, quality) => sum + quality, 0),
  metrics: { clickThroughRate: metrics.clickThroughRate(), patienceLeft: metrics.last(({ state }) => state) },
});

/** For any world: other positions for every user, step and draw. */
export const turning = {
  name: "turning",
  fillSlates({ user, step, draws }, slates) {
    const slateSize = slates.length / user.length;
    for (let lane = 0; lane < user.length; lane++) {
      const first = draws(lane).integer(2) + user[lane] + step;
      for (let slot = 0; slot < slateSize; slot++) slates[lane * slateSize + slot] = (first + slot) % 5;
    }
  },
};

/** For any world: moves on by as much as it was rewarded. */
export const rewarded = ({ actionSpace: { slateSize, numCandidates } }) => {
  let sum = 0;
  const slate = () => Array.from({ length: slateSize }, (_, slot) => (Math.floor(sum) + slot) % numCandidates);
  return {
    beginEpisode() {
      sum = 0;
      return slate();
    },
    step(reward) {
      sum += reward;
      return slate();
    },
    endEpisode() {},
  };
};
