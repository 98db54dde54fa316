import { Bandit, choiceModels, GlmBandit, slateOptimizers, slateValue } from "../../src/index.js";
import { argumentsOf, under, type Calls } from "./hostileArguments.js";

const CHOICE = ["noClickLogit", "minNormalizer", "noClickMass", "attentionProbability", "scoreScaling"];
const scored = { scoreScaling: 0.1, minNormalizer: 0 };
export const choiceCalls: Calls = {
  ...Object.fromEntries(
    Object.entries(choiceModels).flatMap(([name, make]) =>
      Object.entries({
        [name]: make as never,
        ...under(
          name,
          argumentsOf(CHOICE, (part: object) => make({ ...scored, ...part } as never)),
        ),
      }),
    ),
  ),
  ...Object.fromEntries(
    Object.values({
      logit: choiceModels.multinomialLogit(),
      cascade: choiceModels.exponentialCascade({ scoreScaling: 0.1 }),
      proportional: choiceModels.multinomialProportional({ minNormalizer: 0 }),
    }).flatMap((model, i): [string, (hostile: never) => unknown][] => [
      [`model ${i} probabilities`, (hostile) => model.probabilities(hostile)],
      [`model ${i} weights`, (hostile) => model.weights([hostile])],
    ]),
  ),
};

export const slateCalls: Calls = {
  ...Object.fromEntries(
    Object.entries(slateOptimizers).flatMap(([name, optimize]): [string, (hostile: never) => unknown][] => [
      [name, (hostile) => optimize(hostile, hostile, hostile, hostile)],
      [`${name} weights`, (hostile) => optimize([hostile], 1, [1], 1)],
      [`${name} noClickWeight`, (hostile) => optimize([0], hostile, [1], 1)],
      [`${name} values`, (hostile) => optimize([1], 1, [hostile], 1)],
      [`${name} slateSize`, (hostile) => optimize([1], 1, [1], hostile)],
    ]),
  ),
  slateValue: (hostile) => slateValue([1], 1, [1], hostile),
  "slateValue slot": (hostile) => slateValue([1], 1, [1], [hostile]),
};

const bandit = new Bandit("ucb1", 2);
const glm = new GlmBandit("ucbGlm", 2);
export const banditCalls: Calls = {
  Bandit: (hostile) => new Bandit(hostile, hostile, hostile),
  "Bandit options": (hostile) => new Bandit("thompson", 2, hostile),
  "Bandit seed": (hostile) => new Bandit("thompson", 2, { seed: hostile, stream: hostile }),
  "Bandit.update": (hostile) => bandit.update(hostile, hostile),
  "Bandit.restore": (hostile) => bandit.restore(hostile),
  GlmBandit: (hostile) => new GlmBandit(hostile, hostile, hostile),
  "GlmBandit options": (hostile) => new GlmBandit("ucbGlm", 2, hostile),
  "GlmBandit.scores": (hostile) => glm.scores(hostile),
  "GlmBandit.scores of": (hostile) => glm.scores([hostile, [hostile, 1]]),
  "GlmBandit.update": (hostile) => glm.update(hostile, hostile),
  "GlmBandit.restore": (hostile) => glm.restore(hostile),
};
