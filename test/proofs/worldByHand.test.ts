// The same model written twice: as a world file, and by hand with `defineWorld`.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { choiceModels, defineWorld, policies, simulate, spaces, type World } from "../../src/index.js";
import { compileWorld, exp, logistic } from "../../src/worlds/compiled/index.js";

const [DISCOUNT, SENSITIVITY, STDDEV] = [0.9, 0.01, 0.05];

function settled(exposure: number) {
  return { exposure, satisfaction: logistic(SENSITIVITY * exposure) };
}

const byHand = defineWorld({
  name: "by-hand",
  slateSize: 3,
  numCandidates: 10,
  timeBudget: 60,
  documents: {
    space: new spaces.Dict({ educativeness: new spaces.Box({ low: 0, high: 1 }), clusterId: new spaces.Discrete(4) }),
    sample: (draws) => ({ educativeness: draws.uniform(), clusterId: draws.integer(4) }),
    rank: ({ educativeness }) => educativeness,
  },
  users: {
    space: new spaces.Dict({}),
    sample: (draws) => settled((draws.uniform() - 0.5) / (1 - DISCOUNT)),
    observe: () => ({}),
    scoreDocument: (_state, { educativeness }) => 1 - educativeness,
    transition: (state, { clicked }, draws) => {
      const k = clicked!.document.educativeness;
      return settled(DISCOUNT * state.exposure - 2 * (k - 0.5) + STDDEV * draws.normal());
    },
  },
  choice: choiceModels.multinomialLogit(),
  responses: {
    space: new spaces.Dict({ engagement: new spaces.Box({ low: 0, high: Infinity }) }),
    respond: ({ satisfaction }, { educativeness: k }, isClicked, draws) => ({
      engagement: isClicked ? exp(satisfaction * (5 * k + 4 * (1 - k)) + draws.normal()) : 0,
    }),
  },
  reward: (responses) => responses.reduce((sum, { engagement }) => sum + engagement, 0),
});

test("a compiled world has the digest of the same world written by hand", async () => {
  const text = readFileSync(new URL("../../src/playground/editor/patience.world.ts", import.meta.url), "utf8");
  const compiled = await compileWorld(text);
  for (const policy of [policies.random(), policies.mix(1)]) {
    const options = { users: 300, seed: "twice" };
    const kernel = await simulate(compiled, policy, { ...options, engine: "kernel" });
    const hand = await simulate(byHand as unknown as World, policy, options);
    expect(kernel.digest).toBe(hand.digest);
    expect(kernel.metrics.totalReward).toEqual(hand.metrics.totalReward);
  }
});
