import { isArray } from "../check/lists.js";
import {
  expectedMistake,
  numberMistake,
  objectMistake,
  oneOfMistake,
  unknownFieldMistakes,
} from "../check/mistakes.js";
import { listOnce, readOnce } from "../check/readOnce.js";
import { refuse } from "../check/refuse.js";
import { isLogitKind, scoresMistakes, type ChoiceModel } from "../choice/choiceModel.js";
import { optimizeBy, slateProblem, type SlateOptimizerName } from "../choice/slateOptimizers.js";
import { numbersMistakes, WEIGHT } from "../choice/validatedChoice.js";
import type { Observation } from "../spaces/observation.js";
import { answer } from "../spaces/space.js";
import type { CreateAgent } from "./agent.js";
import { candidateNumbers } from "./candidateFields.js";
import { stateless } from "./stateless.js";
import { validatedAgent } from "./validatedAgent.js";

/** Options of a myopic agent. */
export interface MyopicSlateOptions<User, Document> {
  /** The agent's estimate of the score that the user gives a document: a finite number. */
  readonly score: (document: Document, user: User) => number;
  /**
   * The agent's model of the user's choice, of the logit kind: `multinomialLogit`, `multinomialProportional`, or one of yours whose
   * odds of a document are the same on every slate. It is asked for the odds of all candidates at once.
   */
  readonly choice: ChoiceModel;
  /**
   * What a click on a document is worth, a finite number: the name of an observed field of documents, or a function. Default: 1, so that
   * slates have the largest probability of a click.
   */
  readonly value?: string | ((document: Document, user: User) => number);
  /** What fills the slate, see `slateOptimizers`: "topK", "greedy" or "exact". Default: "exact". */
  readonly optimizer?: SlateOptimizerName;
}

/**
 * Shows the slate whose click is worth most in expectation at this step, whatever comes after it (SlateQ's myopic agents, Ie et al.
 * 2019, with choices and values given instead of learnt). Slates are full. Throws `InvalidInput` for cascade models.
 */
export function myopicSlate<User = unknown, Document = unknown>(
  options: MyopicSlateOptions<User, Document>,
): CreateAgent<Observation<User, Document>> {
  const given = readOnce("options", options, OPTIONS);
  refuse(optionMistakes(given));
  const { score, choice, value = () => 1, optimizer = "exact" } = given;
  const optimize = optimizeBy[optimizer];
  const settings = { optimizer, value: typeof value === "string" ? value : null };
  return validatedAgent("myopicSlate", ({ actionSpace: { slateSize } }) =>
    stateless({ agent: "myopicSlate", settings }, ({ doc, user }) => {
      const documents = listOnce("observation.doc", doc);
      const [weights, noClickWeight] = oddsOf(
        choice,
        documents.map((document) => score(document, user)),
      );
      const values =
        typeof value === "string"
          ? candidateNumbers(documents, value)
          : documents.map((document) => value(document, user));
      refuse(numbersMistakes("value", values, {}));
      return optimize(slateProblem(weights, noClickWeight, values), Math.min(slateSize, documents.length));
    }),
  );
}

/** Returns the odds of all documents, and of no click; validates them, because a choice model may be user code. */
function oddsOf(choice: ChoiceModel, scores: readonly number[]): [weights: readonly number[], noClickWeight: number] {
  refuse(scoresMistakes(scores));
  const odds: unknown = listOnce("choice.weights", choice.weights(scores));
  const legal =
    isArray(odds) &&
    odds.length === scores.length + 1 &&
    odds.every((weight) => numberMistake("weight", weight, WEIGHT) === undefined) &&
    odds.some((weight) => weight !== 0);
  const rule = `${scores.length + 1} numbers in [0, Infinity), not all 0`;
  refuse([legal ? undefined : expectedMistake("choice.weights", rule, odds)]);
  const weights = odds as readonly number[];
  return [weights.slice(0, -1), weights.at(-1)!];
}

const OPTIONS = ["score", "choice", "value", "optimizer"];

function optionMistakes(options: object): (string | undefined)[] {
  const noObject = objectMistake("options", options);
  if (noObject !== undefined) return [noObject];
  const { score, choice, value = "", optimizer = "exact" } = options as Record<string, unknown>;
  return [
    ...unknownFieldMistakes("option of myopicSlate", options, OPTIONS),
    typeof score === "function" ? undefined : expectedMistake("score", "a function", score),
    choiceMistake(choice),
    typeof value === "string" || typeof value === "function"
      ? undefined
      : expectedMistake("value", "the name of a field, or a function", value),
    oneOfMistake("optimizer", optimizer, Object.keys(optimizeBy)),
  ];
}

function choiceMistake(choice: unknown): string | undefined {
  const hasWeights = answer(() => typeof (choice as Partial<ChoiceModel> | null)?.weights === "function");
  if (hasWeights && isLogitKind(choice as ChoiceModel)) return undefined;
  const rule =
    "a choice model with the same odds of a document on every slate (multinomialLogit, multinomialProportional)";
  return hasWeights
    ? `"choice" expected ${rule}, got a cascade, whose odds depend on the slots`
    : expectedMistake("choice", rule, choice);
}
