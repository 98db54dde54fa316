import { choiceModels, defineWorld, exp, logistic, spaces } from "../package.js";

interface Viewer {
  readonly exposure: number;
  readonly satisfaction: number;
}

function viewer(exposure: number): Viewer {
  return { exposure, satisfaction: logistic(0.01 * exposure) };
}

/** The same model as a world file: the same operations at the same addresses, so the same bits. */
export const NOTEBOOK_FILE = "src/playground/editor/patience.world.ts";

/** The world of the notebook's code as a user would write it: with the scenario "lts-notebook" it has distributions in common. */
export const notebookWorld = defineWorld({
  name: "notebook",
  slateSize: 3,
  numCandidates: 10,
  timeBudget: 60,
  documents: {
    space: new spaces.Dict({ educativeness: new spaces.Box({ low: 0, high: 1 }), clusterId: new spaces.Discrete(4) }),
    sample: (draws) => ({ educativeness: draws.uniform(), clusterId: draws.integer(4) }),
    rank: ({ educativeness }) => educativeness,
  },
  users: {
    space: new spaces.Box({ low: -1, high: 2, shape: [1] }),
    sample: (draws) => viewer((draws.uniform() - 0.5) / (1 - 0.9)),
    observe: ({ satisfaction }, draws) => [satisfaction + Math.max(-1, Math.min(1, 0.1 * draws.normal()))],
    scoreDocument: (_viewer, { educativeness }) => 1 - educativeness,
    transition: (before, { clicked }, draws) => {
      if (clicked === null) return before;
      return viewer(0.9 * before.exposure - 2 * (clicked.document.educativeness - 0.5) + 0.05 * draws.normal());
    },
  },
  choice: choiceModels.multinomialLogit(),
  responses: {
    space: new spaces.Dict({
      click: new spaces.Discrete(2),
      engagement: new spaces.Box({ low: 0, high: Infinity }),
      clusterId: new spaces.Discrete(4),
    }),
    respond: ({ satisfaction }, { educativeness: k, clusterId }, clicked, draws) => ({
      click: clicked ? 1 : 0,
      engagement: clicked ? exp(satisfaction * (5 * k + 4 * (1 - k)) + draws.normal()) : 0,
      clusterId,
    }),
  },
  reward: (responses) => responses.reduce((sum, { click, engagement }) => (click === 1 ? sum + engagement : sum), 0),
});
