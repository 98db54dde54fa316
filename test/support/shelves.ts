// A small world whose values are sums over few slates, and targets for it.
import { choiceModels, defineWorld, spaces } from "../../src/index.js";
import {
  stochasticPolicy,
  type LoggedStep,
  type SlateProbability,
  type ValueModel,
} from "../../src/evaluation/index.js";

const CANDIDATES = 4;
export const SHELF_STEPS = 2;
/** Mean taste of a user before the first step. */
const MEAN_TASTE = 1.5;

const worth = (position: number): number => position / CANDIDATES;
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/**
 * Slates of 2 of 4 documents over two steps. The response to the document at position p is the user's taste times p/4, plus noise. The first
 * slot's response is its reward, and half of the second's, times `1 + interaction·first response`. The document in the first slot adds to the
 * taste of the next step.
 */
export function shelvesWorld(interaction = 0) {
  return defineWorld({
    name: "shelves",
    slateSize: 2,
    numCandidates: CANDIDATES,
    timeBudget: SHELF_STEPS,
    parameters: { interaction },
    documents: { space: new spaces.Discrete(CANDIDATES), sample: (_draws, id): number => id % CANDIDATES },
    users: {
      space: new spaces.Box({ low: 0, high: 10 }),
      sample: (draws) => ({ taste: MEAN_TASTE - 0.5 + draws.uniform() }),
      observe: ({ taste }): number => taste,
      scoreDocument: () => 1,
      transition: ({ taste }, { slate: [first] }) => ({ taste: taste + worth(first!) }),
      expectedReward: ({ taste }, slate) => {
        const [first, second] = slate.map((position) => taste * worth(position));
        return first! + 0.5 * second! * (1 + interaction * first!);
      },
    },
    choice: choiceModels.multinomialLogit({ noClickLogit: 0 }),
    responses: {
      space: new spaces.Box({ low: -100, high: 100 }),
      respond: ({ taste }, position, _clicked, draws): number => taste * worth(position) + 0.1 * draws.normal(),
    },
    reward: (responses) => sum(shelfRewards(interaction)(responses)),
  });
}

/** Splits a reward among the slots. */
export function shelfRewards(interaction = 0): (responses: readonly number[]) => readonly number[] {
  return ([first, second]) => [first!, 0.5 * second! * (1 + interaction * first!)];
}

/** Every slate of so many different positions out of so many. */
export function allSlates(slateSize: number, numCandidates: number): readonly (readonly number[])[] {
  if (slateSize === 0) return [[]];
  const positions = Array.from({ length: numCandidates }, (_, position) => position);
  return allSlates(slateSize - 1, numCandidates).flatMap((slate) =>
    positions.filter((position) => !slate.includes(position)).map((position) => slate.concat(position)),
  );
}

/** Slates with probabilities in proportion to weights. */
export function inProportion(
  slates: readonly (readonly number[])[],
  weightOf: (slate: readonly number[]) => number,
): readonly SlateProbability[] {
  const total = sum(slates.map(weightOf));
  return slates.map((slate) => ({ slate, probability: weightOf(slate) / total }));
}

const SLATES = allSlates(2, CANDIDATES);
/** Prefers documents of high position, above all in the first slot. */
export const PREFERRED = inProportion(SLATES, ([first, second]) => (1 + first!) * (2 + second!));
const AVOIDED = inProportion(SLATES, ([first, second]) => (5 - first!) * (6 - second!));

/** The same probabilities for everyone. */
export function preferring(world: ReturnType<typeof shelvesWorld>) {
  return stochasticPolicy(world, { name: "preferring", slateProbabilities: () => PREFERRED });
}

/** Other probabilities for users of much taste, and at the second step. */
export function choosy(world: ReturnType<typeof shelvesWorld>) {
  return stochasticPolicy(world, {
    name: "choosy",
    slateProbabilities: ({ user }, _user, step) => (user > MEAN_TASTE === (step === 0) ? PREFERRED : AVOIDED),
  });
}

const meanOver = (of: (slate: readonly number[]) => number): number =>
  sum(PREFERRED.map(({ slate, probability }) => probability * of(slate)));
const MEAN_FIRST = meanOver(([first]) => worth(first!));
const MEAN_WORTH = meanOver(([first, second]) => worth(first!) + 0.5 * worth(second!));

/** Exact value of `preferring` from a user of that taste on, without interaction. */
export function valueOf(taste = MEAN_TASTE, step = 0): number {
  if (step === SHELF_STEPS) return 0;
  return taste * MEAN_WORTH + valueOf(taste + MEAN_FIRST, step + 1); // rewards and tastes are linear in the taste
}

/** The exact model of `preferring`, without interaction. */
export const exactModel: ValueModel = {
  q: ({ context, slate: [first, second] }, _user, step) => {
    const taste = tasteOf(context);
    return taste * (worth(first!) + 0.5 * worth(second!)) + valueOf(taste + worth(first!), step + 1);
  },
  v: ({ context }, _user, step) => valueOf(tasteOf(context), step),
};

function tasteOf(context: LoggedStep["context"]): number {
  return (context as { readonly user: number }).user;
}
