// Worlds and agents as somebody's own module has them.
import { agents, choiceModels, defineWorld, makeWorld, spaces } from "slatesim";

/** A world that costs little; `more` is part of its documents. */
function smallWorld(name, version, more = {}) {
  return defineWorld({
    name,
    version,
    slateSize: 1,
    numCandidates: 2,
    timeBudget: 3,
    documents: { space: new spaces.Discrete(9), sample: (draws) => draws.integer(9), ...more },
    users: {
      space: new spaces.Discrete(9),
      sample: (draws) => draws.integer(9),
      observe: (mood) => mood,
      scoreDocument: (mood, document) => (mood === document ? 2 : 1),
      transition: (mood) => mood,
    },
    choice: choiceModels.multinomialLogit({ noClickLogit: 0 }),
    responses: { space: new spaces.Discrete(9), respond: (_mood, document, clicked) => (clicked ? document : 0) },
    reward: ([document]) => document,
  });
}

export const small = smallWorld("small", 1, { rank: (document) => document });

let calls = 0;

/** A world without a ranking, another one every time that it is asked for, as if the module had changed meanwhile. */
export const changing = () => smallWorld("changing", ++calls);

export const kale = () => makeWorld("choc-kale", { timeBudget: 5 });

/** Has two mistakes, beside all the parts that it lacks. */
export const mistaken = () => defineWorld({ name: "", version: 0 });

export const noWorld = { scenario: "none" };

/** An agent that learns, for any world with numbers as observations of users. */
export const learner = agents.tabularQ({ bounds: [0, 2], numBins: 4 });

/** An agent whose first document moves on by one every step, and which keeps nothing. */
export const turning = ({ actionSpace: { slateSize, numCandidates } }) => {
  let step = 0;
  const slate = () => Array.from({ length: slateSize }, (_, slot) => (step + slot) % numCandidates);
  return {
    beginEpisode() {
      step = 0;
      return slate();
    },
    step() {
      step += 1;
      return slate();
    },
    endEpisode() {},
    snapshot: () => null,
    restore() {},
  };
};

/** A policy for any world: the last positions first. */
export const lastFirst = {
  name: "last first",
  fillSlates({ user }, slates) {
    const slateSize = slates.length / user.length;
    for (let at = 0; at < slates.length; at++) slates[at] = slateSize - 1 - (at % slateSize);
  },
};
