// The myopic agents of SlateQ in interest evolution, slates of 3 of 10. Prints the table; test/proofs/interestWorlds.test.ts has others' figures.
import { expect, test } from "vitest";
import {
  agentPolicy,
  agents,
  choiceModels,
  compare,
  interestEvolution,
  policies,
  type MyopicSlateOptions,
  type SlateOptimizerName,
} from "../../src/index.js";

interface User {
  readonly interests: readonly number[];
}

interface Video {
  /** 1 at its cluster, else 0. */
  readonly features: readonly number[];
}

/** Mean quality by cluster: from -3 to 0 in 14 of them, from 0 to 3 in 6. */
const QUALITIES = Array.from({ length: 20 }, (_, cluster) =>
  cluster < 14 ? (3 * (cluster - 13)) / 13 : (3 * (cluster - 14)) / 5,
);

const own: MyopicSlateOptions<User, Video> = {
  score: ({ features }, { interests }) => interests[features.indexOf(1)]!,
  choice: choiceModels.multinomialProportional({ minNormalizer: -1, noClickMass: 1 }),
};

const value = ({ features }: Video): number => QUALITIES[features.indexOf(1)]!;
const byQuality = (optimizer: SlateOptimizerName) =>
  agentPolicy(optimizer, agents.myopicSlate({ ...own, value, optimizer }));

test("users watch longer by slates of a larger value", async () => {
  const variants = [
    policies.random(),
    agentPolicy("myopic", agents.myopicSlate(own)),
    byQuality("topK"),
    byQuality("exact"),
  ];
  const compared = await compare(interestEvolution({ slateSize: 3 }), variants, { users: 1000 });
  for (const { policy, metrics } of compared.policies)
    console.log(`${policy.padEnd(10)} ${metrics.totalReward.mean.toFixed(2)}`);
  expect(compared.ranking.order).toEqual(["exact", "topK", "myopic", "random"]);
  expect(compared.ranking.inconclusive).toEqual([]);
});
