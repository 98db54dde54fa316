// Interest evolution beside what others found: minutes watched under random slates and under myopic ones. Prints the table.
import { describe, test } from "vitest";
import {
  agentPolicy,
  agents,
  choiceModels,
  interestEvolution,
  policies,
  simulate,
  type Run,
  type RunPolicy,
} from "../../src/index.js";
import type { Figure } from "../support/figures.js";
import { expectAll } from "./expectAll.js";

/** A published mean; without a standard error, how far off ours may be beside our own standard errors. */
interface Published {
  readonly slateSize: number;
  readonly numCandidates: number;
  readonly policy: RunPolicy;
  readonly users: number;
  readonly minutes: readonly Pick<Figure, "exact" | "standardError" | "allowance">[];
  readonly steps?: Pick<Figure, "exact" | "standardError" | "allowance">;
}

interface Observed {
  readonly interests: readonly number[];
}

/** Shows what is most likely to be clicked, from what users like: the paper's agents have to learn that. */
const myopic = agentPolicy(
  "myopic",
  agents.greedy<Observed, { readonly features: readonly number[] }>({
    score: ({ features }, { interests }) => interests[features.indexOf(1)]!,
    choice: choiceModels.multinomialProportional({ minNormalizer: -1, noClickMass: 1 }),
  }),
);
const random = policies.random();

/** Ie et al. 2019 (arXiv:1905.12767) give no errors: of 5,000 users, with the deviation of RecSim's episodes, they are 0.17. */
const published: readonly Published[] = [
  {
    slateSize: 3,
    numCandidates: 20,
    policy: random,
    users: 30_000,
    minutes: [
      { exact: 160.6, standardError: 0.17 },
      { exact: 160.71, standardError: 0.25 }, // RecSim 0.2.4
    ],
    steps: { exact: 71.2, standardError: 0.2 },
  },
  { slateSize: 3, numCandidates: 10, policy: random, users: 30_000, minutes: [{ exact: 160.5, standardError: 0.21 }] },
  {
    slateSize: 2,
    numCandidates: 10,
    policy: random,
    users: 30_000,
    minutes: [{ exact: 154.31, standardError: 0.21 }],
    steps: { exact: 83.9, standardError: 0.2 },
  },
  // Learnt click probabilities are less than known ones: that is worth a percent at most.
  {
    slateSize: 3,
    numCandidates: 10,
    policy: myopic,
    users: 2000,
    minutes: [{ exact: 166.3, standardError: 0, allowance: 1.7 }],
  },
];

function figuresOf({ slateSize, numCandidates, policy, minutes, steps }: Published, { metrics }: Run): Figure[] {
  const name = `${policy.name}, ${slateSize} of ${numCandidates}`;
  const figure = (
    what: string,
    found: { mean: number; standardError: number },
    there: Published["minutes"][number],
  ) => ({
    ...there,
    name: `${name}: ${what}`,
    simulated: found.mean,
    standardError: Math.hypot(found.standardError, there.standardError),
  });
  return [
    ...minutes.map((each) => figure("minutes", metrics.totalReward, each)),
    ...(steps ? [figure("steps", metrics.episodeLength, steps)] : []),
  ];
}

describe("interest evolution", () => {
  test("users watch as long as in RecSim and in the paper", async () => {
    const figures: Figure[] = [];
    for (const each of published) {
      const { slateSize, numCandidates, policy, users } = each;
      const run = await simulate(interestEvolution({ slateSize, numCandidates }), policy, { users, seed: "published" });
      figures.push(...figuresOf(each, run));
    }
    expectAll(figures, 7);
  });
});
