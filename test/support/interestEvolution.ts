import { choiceModels, defineWorld, spaces } from "../../src/index.js";

interface Video {
  readonly topic: number;
  readonly quality: number;
}

interface Viewer {
  /** By topic, in [-1, 1]. */
  readonly interests: readonly number[];
  /** Minutes left. */
  readonly budget: number;
}

const TOPICS = 20;
/** Topics whose mean quality goes from -3 to 0; that of the others goes from 0 to 3. */
const POOR_TOPICS = 14;
const MINUTES = 4;
/** How much of the minutes of a video of quality 1 a user gets back. */
const GAIN = 0.9 / 3.4;

export const interestChoice = choiceModels.multinomialProportional({ minNormalizer: -1, noClickMass: 1 });
export const interestScore = ({ topic }: Video, interests: readonly number[]): number => interests[topic]!;

function meanQuality(topic: number): number {
  const good = TOPICS - POOR_TOPICS;
  return topic < POOR_TOPICS ? -3 + (3 * topic) / (POOR_TOPICS - 1) : (3 * (topic - POOR_TOPICS)) / (good - 1);
}

/** RecSim's interest evolution, as SlateQ has it (Ie et al. 2019): rewards are minutes watched, until a user's time is over. */
export function interestEvolution(slateSize: number, numCandidates: number) {
  return defineWorld({
    name: "interest evolution",
    slateSize,
    numCandidates,
    timeBudget: 3000,
    documents: {
      space: new spaces.Dict({
        topic: new spaces.Discrete(TOPICS),
        quality: new spaces.Box({ low: -100, high: 100 }),
      }),
      sample: (draws): Video => {
        const topic = draws.integer(TOPICS);
        return { topic, quality: meanQuality(topic) + 0.1 * draws.normal() };
      },
    },
    users: {
      space: new spaces.Box({ low: -1, high: 1, shape: [TOPICS] }),
      sample: (draws): Viewer => ({
        interests: Array.from({ length: TOPICS }, () => 2 * draws.uniform() - 1),
        budget: 200,
      }),
      observe: ({ interests }): readonly number[] => interests,
      scoreDocument: ({ interests }, video) => interestScore(video, interests),
      transition({ interests, budget }, { clicked }, draws) {
        if (clicked === null) return { interests, budget: budget - 0.5 };
        const { topic, quality } = clicked.document;
        const before = interests[topic]!;
        const change = 0.3 * (1 - Math.abs(before)) * (1 - before);
        const after = before + (draws.uniform() < (before + 1) / 2 ? change : -change);
        return {
          interests: interests.with(topic, Math.max(-1, Math.min(1, after))),
          budget: budget - Math.min(budget, MINUTES) * (1 - GAIN * quality),
        };
      },
      isTerminal: ({ budget }) => budget <= 0,
    },
    choice: interestChoice,
    responses: {
      space: new spaces.Box({ low: 0, high: MINUTES }),
      respond: ({ budget }, _video, clicked): number => (clicked ? Math.max(0, Math.min(budget, MINUTES)) : 0),
    },
    reward: (minutes) => minutes.reduce((sum, each) => sum + each, 0),
  });
}
