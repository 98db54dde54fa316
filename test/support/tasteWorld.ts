import { choiceModels, defineWorld, spaces, type ControlModel } from "../../src/index.js";

interface Taste {
  readonly taste: number;
  readonly left: boolean;
}

const KEPT = 0.8;
const NOISE = 0.1;
/** Probability that a user leaves after a step. */
const LEAVES = 0.05;

/** Mean of what a click on the first document of two leaves of the taste, and of its square. */
const meanNext = (taste: number, document: number): number => KEPT * taste + 0.2 * document;

/**
 * A custom world with control variates: users always click the first document, whose number adds to a taste that fades, and whom chance
 * makes leave. Rewards are the taste before the step, plus the document and noise.
 */
export function tasteWorld(control: Partial<ControlModel<Taste, number>> = {}) {
  return defineWorld({
    name: "tastes",
    slateSize: 1,
    numCandidates: 3,
    timeBudget: 12,
    documents: {
      space: new spaces.Box({ low: 0, high: 1 }),
      sample: (draws): number => draws.uniform(),
      rank: (k) => k,
    },
    users: {
      space: new spaces.Box({ low: -10, high: 10 }),
      sample: (draws): Taste => ({ taste: draws.uniform(), left: false }),
      observe: ({ taste }) => taste,
      scoreDocument: () => 1,
      transition: ({ taste }, { clicked }, draws) => ({
        taste: meanNext(taste, clicked!.document) + NOISE * draws.normal(),
        left: draws.uniform() < LEAVES,
      }),
      isTerminal: ({ left }) => left,
      expectedReward: ({ taste }, [first]) => taste + first!,
    },
    choice: choiceModels.multinomialProportional({ minNormalizer: 0, noClickMass: 0 }),
    responses: {
      space: new spaces.Box({ low: -100, high: 100 }),
      respond: ({ taste }, document, _clicked, draws): number => taste + document + draws.normal(),
    },
    reward: ([response]) => response!,
    controlVariates: {
      initialMeans: [1, 1 / 2, 1 / 3],
      features: ({ taste }) => [1, taste, taste * taste],
      nextFeatures({ taste }, [document]) {
        const mean = meanNext(taste, document!);
        return [1, mean, mean * mean + NOISE * NOISE].map((moment) => (1 - LEAVES) * moment);
      },
      numTerms: 2,
      terms: (_state, candidates) => {
        const sum = candidates.reduce((total, document) => total + document, 0);
        return [sum - 1.5, Math.max(...candidates) - 0.75];
      },
      ...control,
    },
  });
}

/** Exact mean of the total reward under a policy whose documents have that mean. */
export function exactTasteReturn(meanDocument: number): number {
  let [total, taste, stays] = [0, 0.5, 1];
  for (let step = 0; step < 12; step++) {
    total += stays * (taste + meanDocument);
    taste = meanNext(taste, meanDocument);
    stays *= 1 - LEAVES;
  }
  return total;
}
