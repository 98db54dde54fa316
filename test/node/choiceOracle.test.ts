// RecSim's choice models, recorded: odds, chances, picks at given uniforms, and what it refuses.
import { describe, expect, test } from "vitest";
import type { ChoiceModel } from "../../src/choice/choiceModel.js";
import { choiceModels } from "../../src/choice/choiceModels.js";
import { chooseByInverseCdf, multinomialLogit } from "../../src/choice/multinomialLogit.js";
import { InvalidInput } from "../../src/index.js";
import { expectAllRecorded, expectFields, type Recorded } from "../support/agreement.js";
import { readOracle } from "../support/oracle.js";

interface Params {
  readonly no_click_mass?: number;
  readonly min_normalizer: number;
  readonly attention_prob?: number;
  readonly score_scaling: number;
}

interface Case {
  readonly model: string;
  readonly params: Params;
  readonly raw_scores: readonly number[];
  readonly educativeness?: readonly number[];
  readonly scores: readonly Recorded[];
  readonly score_no_click: Recorded;
  readonly choice_probabilities: readonly Recorded[];
  readonly choices_u_index: readonly (readonly [number, number | null])[];
  readonly error?: string;
}

interface Recording {
  readonly softmax: readonly { readonly input: readonly number[]; readonly output: readonly number[] }[];
  readonly cases: readonly Case[];
}

const recording = readOracle<Recording>({ softmax: 5, cases: 148 }, "choice-models");
const { cases } = recording;

function modelOf({ model, params }: Case): ChoiceModel {
  const { no_click_mass: noClick, min_normalizer: minNormalizer, score_scaling: scoreScaling } = params;
  const attention = params.attention_prob === undefined ? {} : { attentionProbability: params.attention_prob };
  const noClickMass = noClick === undefined ? {} : { noClickMass: noClick };
  switch (model) {
    case "MultinomialLogitChoiceModel":
      return choiceModels.multinomialLogit(noClick === undefined ? {} : { noClickLogit: noClick });
    case "MultinomialProportionalChoiceModel":
      return choiceModels.multinomialProportional({ minNormalizer, ...noClickMass });
    case "ExponentialCascadeChoiceModel":
      return choiceModels.exponentialCascade({ scoreScaling, ...attention });
    case "ProportionalCascadeChoiceModel":
      return choiceModels.proportionalCascade({ scoreScaling, minNormalizer, ...attention });
    default:
      throw new Error(`unknown model ${model}`);
  }
}

test("every kind of case is recorded, with uniforms to pick by", () => {
  expectFields(cases, { choices_u_index: 118, error: 30, educativeness: 12 });
  const uniforms = cases.filter(({ error }) => !error).flatMap((each) => each.choices_u_index);
  expect(uniforms.length).toBeGreaterThanOrEqual(708);
});

/** The document that a uniform picks, null for no click. */
function pick(weights: readonly number[], uniform: number): number | null {
  const index = chooseByInverseCdf(weights, uniform);
  return index === weights.length - 1 ? null : index;
}

describe("choice models, recorded", () => {
  test.each(cases.filter(({ error }) => !error))("%#: $model $params", (recorded) => {
    const { raw_scores: scores, educativeness, scores: odds, score_no_click: noClick } = recorded;
    if (educativeness) expect(scores).toEqual(educativeness.map((k) => 1 - k));
    const model = modelOf(recorded);
    const weights = model.weights(scores);
    const probabilities = model.probabilities(scores);
    expectAllRecorded(weights, [...odds, noClick], "weights");
    expectAllRecorded(probabilities, recorded.choice_probabilities, "probabilities");
    for (const [uniform, index] of recorded.choices_u_index) {
      expect(pick(weights, uniform), `picked by weights at ${uniform}`).toBe(index);
      expect(pick(probabilities, uniform), `picked by probabilities at ${uniform}`).toBe(index);
    }
  });

  test.each(cases.filter(({ error }) => error))("%#, refused: $model $params $raw_scores", (recorded) => {
    const { raw_scores: scores } = recorded;
    if (scores.length === 0) expect(modelOf(recorded).probabilities(scores)).toEqual([1]);
    else expect(() => modelOf(recorded).probabilities(scores)).toThrow(InvalidInput);
  });

  test.each(recording.softmax)("softmax of $input", ({ input, output }) => {
    expectAllRecorded(multinomialLogit(input, -Infinity), [...output, 0], "softmax");
  });
});
