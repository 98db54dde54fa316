import {
  choiceModels,
  defineWorld,
  spaces,
  type UserModel,
  type World,
  type WorldDefinition,
} from "../../src/index.js";
import type { UserDigest } from "../../src/statistics/userDigest.js";

import { podcastWorld } from "./podcasts.js";

interface Film {
  readonly length: number;
  readonly genre: number;
}

interface Viewer {
  readonly taste: number;
  readonly patience: number;
}

interface Mood {
  readonly mood: number;
}

/** Users with tastes of their own, who lose patience with what they do not like and leave when there is none left. */
export function filmWorld(resample: "step" | "episode" | "never" = "step", timeBudget?: number) {
  return defineWorld({
    name: "films",
    slateSize: 2,
    numCandidates: 5,
    resample,
    ...(timeBudget === undefined ? {} : { timeBudget }),
    parameters: { patience: 3 },
    documents: {
      space: new spaces.Dict({ length: new spaces.Box({ low: 0, high: 3 }), genre: new spaces.Discrete(3) }),
      sample: (draws): Film => ({ length: 3 * draws.uniform(), genre: draws.integer(3) }),
    },
    users: {
      space: new spaces.Box({ low: 0, high: 4, shape: [1] }),
      sample: (draws): Viewer => ({ taste: draws.uniform(), patience: 3 + draws.uniform() }),
      observe: ({ patience }, draws): readonly number[] => [Math.max(0, Math.min(4, patience + 0.1 * draws.normal()))],
      scoreDocument: ({ taste }, { genre }) => taste * genre,
      transition: ({ taste, patience }, { clicked }, draws) => {
        const liked = clicked !== null && clicked.document.genre > 0;
        return { taste, patience: Math.max(0, patience - (liked ? 0.1 : 0.4 + draws.uniform())) };
      },
      isTerminal: ({ patience }) => patience === 0,
    },
    choice: choiceModels.multinomialLogit({ noClickLogit: 0 }),
    responses: {
      space: new spaces.Dict({ click: new spaces.Discrete(2), watched: new spaces.Box({ low: 0, high: 3 }) }),
      respond: (_viewer, { length }, clicked, draws) => ({
        click: clicked ? 1 : 0,
        watched: clicked ? length * draws.uniform() : 0,
      }),
    },
    reward: (responses) => responses.reduce((sum, { watched }) => sum + watched, 0),
  });
}

/** Nothing random but the ids: positions are their own documents, and what is clicked is always slot 0. */
export function countingWorld() {
  return defineWorld({
    name: "counting",
    slateSize: 3,
    numCandidates: 4,
    documents: {
      space: new spaces.Discrete(2 ** 32),
      sample: (_draws, id): number => id,
    },
    users: {
      space: new spaces.Discrete(2 ** 32),
      sample: () => ({ clicks: 0 }),
      observe: ({ clicks }): number => clicks,
      scoreDocument: () => 1,
      transition: ({ clicks }, { clicked }) => ({ clicks: clicks + (clicked ? 1 : 0) }),
      isTerminal: ({ clicks }) => clicks === 5,
    },
    choice: choiceModels.multinomialProportional({ minNormalizer: 0, noClickMass: 0 }),
    responses: {
      space: new spaces.Discrete(2 ** 32),
      respond: (_state, document, clicked): number => (clicked ? document : 0),
    },
    reward: (responses) => Math.max(0, ...responses),
  });
}

export const ownWorlds: Readonly<Record<string, World>> = {
  "films drawn every step": filmWorld(),
  "films drawn once a user": filmWorld("episode", 4),
  "films drawn once for all": filmWorld("never", 7),
  counting: countingWorld(),
  podcasts: podcastWorld as World,
};

/** A small world, sound but for what is replaced. */
export function faultyWorld({
  users = {},
  ...parts
}: Partial<Omit<WorldDefinition<Mood, number, number, number, number>, "users">> & {
  readonly users?: Partial<UserModel<Mood, number, number, number>>;
}) {
  return defineWorld<Mood, number, number, number, number>({
    name: "faulty",
    slateSize: 2,
    numCandidates: 4,
    timeBudget: 6,
    documents: { space: new spaces.Box({ low: 0, high: 1 }), sample: (draws) => draws.uniform() },
    users: {
      space: new spaces.Box({ low: 0, high: 1 }),
      sample: (draws) => ({ mood: draws.uniform() }),
      observe: ({ mood }) => mood,
      scoreDocument: (_state, document) => document,
      transition: ({ mood }, _event, draws) => ({ mood: 0.5 * mood + 0.5 * draws.uniform() }),
      ...users,
    },
    choice: choiceModels.multinomialLogit({ noClickLogit: 0 }),
    responses: { space: new spaces.Discrete(2), respond: (_state, _document, clicked) => (clicked ? 1 : 0) },
    reward: (responses) => responses.reduce((sum, click) => sum + click, 0),
    ...parts,
  });
}

/** Folds a step of a custom world into a digest, as runs do. */
export function foldStep(digest: UserDigest, slot: number, reward: number, state: readonly number[]): void {
  digest.foldReward(reward, slot, state.length);
  for (const number of state) digest.foldState(number);
}
