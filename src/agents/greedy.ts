import { ranksByScore, scoresMistakes, type ChoiceModel } from "../choice/choiceModel.js";
import { choiceModels } from "../choice/choiceModels.js";
import { isArray } from "../check/lists.js";
import { expectedMistake, objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { listOnce, readOnce } from "../check/readOnce.js";
import { refuse } from "../check/refuse.js";
import type { Observation } from "../spaces/observation.js";
import { answer } from "../spaces/space.js";
import type { CreateAgent } from "./agent.js";
import { validatedAgent } from "./validatedAgent.js";
import { stateless } from "./stateless.js";

/** Options of a greedy agent. */
export interface GreedyOptions<User, Document> {
  /** The agent's estimate of the score that the user gives a document: a finite number. */
  readonly score: (document: Document, user: User) => number;
  /** The agent's model of the user's choice. Default: RecSim's, a multinomial logit with no click at 5. */
  readonly choice?: ChoiceModel;
}

/**
 * Shows the documents most likely to be clicked if all candidates were on one slate (RecSim's GreedyPCTRAgent). Ties of
 * probability, such as 0 for scores far below the largest: higher score first; ties of score: lower position first.
 */
export function greedy<User = unknown, Document = unknown>(
  options: GreedyOptions<User, Document>,
): CreateAgent<Observation<User, Document>> {
  const given = readOnce("options", options, ["score", "choice"]);
  refuse(optionMistakes(given));
  const { score, choice = DEFAULT_CHOICE } = given;
  return validatedAgent("greedy", ({ actionSpace: { slateSize } }) =>
    stateless({ agent: "greedy", settings: {} }, ({ doc, user }) => {
      const documents = listOnce("observation.doc", doc);
      const scores = documents.map((document) => score(document, user));
      refuse(scoresMistakes(scores));
      const chances = chancesToRankBy(choice, scores);
      const positions = scores.map((_, position) => position);
      const descending = (one: number, other: number): number =>
        compareDescending(chances[one]!, chances[other]!) || compareDescending(scores[one]!, scores[other]!);
      return positions.toSorted(descending).slice(0, slateSize);
    }),
  );
}

const DEFAULT_CHOICE = choiceModels.multinomialLogit({ noClickLogit: 5 });

/** Returns the scores themselves if probabilities increase with them; throws for scores that the model refuses. */
function chancesToRankBy(choice: ChoiceModel, scores: readonly number[]): readonly number[] {
  if (!ranksByScore(choice)) return chancesOf(choice, scores);
  choice.weights(scores);
  return scores;
}

/** Validates the probabilities, because a choice model may be user code and only numbers can be ranked. */
function chancesOf(choice: ChoiceModel, scores: readonly number[]): readonly number[] {
  const chances: unknown = listOnce("choice.probabilities", choice.probabilities(scores));
  const legal = isArray(chances) && chances.length === scores.length + 1 && chances.every(Number.isFinite);
  refuse([legal ? undefined : expectedMistake("choice.probabilities", `${scores.length + 1} numbers`, chances)]);
  return chances as readonly number[];
}

/** Compares without a difference, which may be NaN. */
function compareDescending(one: number, other: number): number {
  return one > other ? -1 : Number(one < other);
}

function optionMistakes(options: object): (string | undefined)[] {
  const noObject = objectMistake("options", options);
  if (noObject !== undefined) return [noObject];
  const { score, choice } = options as { score?: unknown; choice?: unknown };
  return [
    ...unknownFieldMistakes("option of greedy", options, ["score", "choice"]),
    typeof score === "function" ? undefined : expectedMistake("score", "a function", score),
    choice === undefined || isChoiceModel(choice) ? undefined : expectedMistake("choice", "a choice model", choice),
  ];
}

function isChoiceModel(choice: unknown): boolean {
  return answer(() => typeof (choice as Partial<ChoiceModel> | null)?.probabilities === "function");
}
