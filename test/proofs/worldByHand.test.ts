// Models written twice: as a world file, and by hand with `defineWorld`.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { changedWorld, choiceModels, defineWorld, policies, simulate, spaces, type World } from "../../src/index.js";
import { compileWorld, exp, logistic } from "../../src/worlds/compiled/index.js";
import { worldByHand, worldFile } from "../support/twiceWritten.js";
import { kernelPolicies, told } from "../support/worldReadings.js";

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

/** Runs of a world file in both engines have the bits of the same world by hand, under every policy of the kernel. */
async function expectSameBits(text: string, hand: World): Promise<void> {
  const compiled = await compileWorld(text);
  const options = { users: 150, steps: 12, seed: "twice" };
  for (const policy of kernelPolicies(compiled)) {
    const expected = await simulate(hand, policy, options);
    for (const engine of ["kernel", "reference"] as const) {
      const { digest, metrics } = await simulate(compiled, policy, { ...options, engine });
      expect(digest, `${policy.name}, ${engine}`).toBe(expected.digest);
      expect(metrics.totalReward).toEqual(expected.metrics.totalReward);
    }
  }
}

test.each([
  ["exponentialCascade(0.03)", choiceModels.exponentialCascade({ scoreScaling: 0.03 })],
  [
    "exponentialCascade(parameters.scoreScaling, parameters.attentionProbability)",
    choiceModels.exponentialCascade({ scoreScaling: 0.05, attentionProbability: 0.8 }),
  ],
  ["proportionalCascade(-1, 0.2)", choiceModels.proportionalCascade({ minNormalizer: -1, scoreScaling: 0.2 })],
  [
    "proportionalCascade(-1.5, parameters.scoreScaling, 0.6)",
    choiceModels.proportionalCascade({ minNormalizer: -1.5, scoreScaling: 0.05, attentionProbability: 0.6 }),
  ],
])("a world file with the choice %s has the bits of the same world by hand", async (choice, model) => {
  await expectSameBits(worldFile(choice), worldByHand(model));
});

test.each(["step", "episode", "never"] as const)(
  "a world file with resample %s has the bits of the same world by hand",
  async (resample) => {
    const model = choiceModels.multinomialLogit({ noClickLogit: 0.5 });
    await expectSameBits(
      worldFile("multinomialLogit(0.5)", `export const resample = "${resample}";`),
      worldByHand(model, resample),
    );
  },
);

/** Candidates that draw one by one, in a loop as long as a draw says. */
const LOOP = `document.quality = draws.uniform();
  while (document.quality < 0.7) document.quality += 0.1 * draws.uniform();`;

test.each(["episode", "never"] as const)(
  "candidates that draw one by one are the reference's, also under other sizes and after users whose episode ends at once: resample %s",
  async (resample) => {
    const text = worldFile("multinomialLogit()", `export const resample = "${resample}";`)
      .replace("document.quality = draws.uniform();", LOOP)
      .replace("return user.interest < -0.2", "return user.interest < 0.3");
    const world = changedWorld(await compileWorld(text), { slateSize: 4, numCandidates: 9 });
    for (const policy of kernelPolicies(world)) {
      const extent = { users: 4201, steps: 5 };
      const reference = await told(world, policy, "reference", extent);
      expect(reference).toMatch(/^\{/);
      expect(await told(world, policy, "kernel", extent)).toBe(reference);
    }
  },
);

/** Users of this world leave after 20 to 100 steps, and the kernel draws nothing for them any more. */
test.each(["step", "episode", "never"])(
  "users who leave change nothing for the others: resample %s",
  async (resample) => {
    const people = readFileSync(new URL("../../examples/people.world.ts", import.meta.url), "utf8");
    const world = await compileWorld(
      people.replace("export const choice", `export const resample = "${resample}";\n$&`),
    );
    for (const policy of kernelPolicies(world)) {
      const extent = { users: 70, steps: 200 };
      const reference = await told(world, policy, "reference", extent);
      expect(reference).toMatch(/^\{/);
      expect(await told(world, policy, "kernel", extent)).toBe(reference);
    }
  },
);

test("candidates that all users share and that cannot be drawn are refused by the kernel, too", async () => {
  const text = worldFile("multinomialLogit()", 'export const resample = "never";').replace(
    "draws.integer(3);\n}\nexport function sampleUser",
    "draws.integer(document.quality < 0.1 ? 0 : 3);\n}\nexport function sampleUser",
  );
  const world = changedWorld(await compileWorld(text), { numCandidates: 100 });
  const extent = { users: 5, steps: 2 };
  const reference = await told(world, policies.first(), "reference", extent);
  expect(reference).toContain("failed to sample the documents that all users share");
  expect(await told(world, policies.first(), "kernel", extent)).toBe(reference);
});

const SCORE = "return user.interest * document.quality + (document.topic == user.taste ? 0.5 : 0)";

test.each([
  ["exponentialCascade(0.5)", "document.quality > 0.5 ? -709 : -707", "digest"],
  ["exponentialCascade(0.5)", "document.quality", "at most 1 times scoreScaling (0.5)"],
  ["exponentialCascade(0)", "709", "at most 1 times scoreScaling (0)"],
  ["exponentialCascade(0.5)", "-1 / 0", "a finite number"],
  ["proportionalCascade(0.5, 1)", "document.quality", "a score of at least 0.5 (minNormalizer)"],
  ["proportionalCascade(0, 2)", "document.quality", "at most 1 times scoreScaling (2)"],
  ["proportionalCascade(0, 1)", "1", "digest"],
  ["proportionalCascade(0, 0)", "1 / 0", "a finite number"],
])("under %s a score of %s means the same in both engines: %s", async (choice, score, said) => {
  const world = await compileWorld(worldFile(choice).replace(SCORE, () => `return ${score}`));
  const extent = { users: 66, steps: 4 };
  const reference = await told(world, policies.random(), "reference", extent);
  expect(reference).toContain(said);
  expect(await told(world, policies.random(), "kernel", extent)).toBe(reference);
});
