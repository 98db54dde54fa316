// The myopic agents of SlateQ in interest evolution, slates of 3 of 10, beside what others found. Prints the table.
import { expect, test } from "vitest";
import { agentPolicy, agents, compare, policies, type SlateOptimizerName } from "../../src/index.js";
import type { Figure } from "../support/figures.js";
import { interestChoice, interestEvolution, interestScore } from "../support/interestEvolution.js";
import { expectAll } from "./expectAll.js";

const own = { score: interestScore, choice: interestChoice };
const byQuality = (optimizer: SlateOptimizerName) =>
  agentPolicy(optimizer, agents.myopicSlate({ ...own, value: "quality", optimizer }));

/** Minutes watched; the difference of a mean from one of RecSim 0.2.4 has the standard errors of both. */
const found: Readonly<Record<string, Pick<Figure, "exact" | "standardError" | "allowance">>> = {
  random: { exact: 160.5, standardError: 0.21 },
  // The paper's agents have learnt who clicks what, ours knows it: that is worth a percent at most.
  myopic: { exact: 166.3, standardError: 0, allowance: 1.7 },
};

test("users watch as long as in RecSim and in the paper, and longer by slates of a larger value", async () => {
  const variants = [
    policies.random(),
    agentPolicy("myopic", agents.myopicSlate(own)),
    byQuality("topK"),
    byQuality("exact"),
  ];
  const compared = await compare(interestEvolution(3, 10), variants, { users: 4000, steps: 3000 });
  const totals = compared.policies.map(({ policy, metrics: { totalReward } }) => ({ name: policy, ...totalReward }));
  for (const { name, mean } of totals) console.log(`${name.padEnd(10)} ${mean.toFixed(2)}`);
  const figures = totals.flatMap(({ name, mean, standardError }): Figure[] => {
    const there = found[name];
    return there === undefined
      ? []
      : [{ ...there, name, simulated: mean, standardError: Math.hypot(standardError, there.standardError) }];
  });
  expectAll(figures, 2);
  expect(compared.ranking.order).toEqual(["exact", "topK", "myopic", "random"]);
  expect(compared.ranking.inconclusive).toEqual([]);
});
