import { isRising, scoresMistakes, type ChoiceModel } from "../choice/choiceModel.js";
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

/** How a greedy agent scores documents. */
export interface GreedyOptions<User, Document> {
  /** What the agent takes the user to score a document with: a finite number. */
  readonly score: (document: Document, user: User) => number;
  /** How the agent takes the user to choose. Default: RecSim's, a multinomial logit with no click at 5. */
  readonly choice?: ChoiceModel;
}

/**
 * Shows what is most likely to be clicked, if all candidates were on one slate (RecSim's GreedyPCTRAgent). Of chances that are
 * the same, as those of scores far below the largest are all 0, the higher score comes first; of equals the earlier one.
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
      const falling = (one: number, other: number): number =>
        compareFalling(chances[one]!, chances[other]!) || compareFalling(scores[one]!, scores[other]!);
      return positions.toSorted(falling).slice(0, slateSize);
    }),
  );
}

const DEFAULT_CHOICE = choiceModels.multinomialLogit({ noClickLogit: 5 });

/** The scores themselves where chances rise with them; they have to be scores that the model knows. */
function chancesToRankBy(choice: ChoiceModel, scores: readonly number[]): readonly number[] {
  if (!isRising(choice)) return chancesOf(choice, scores);
  choice.weights(scores);
  return scores;
}

/** A model may be the caller's own, and nothing can be ranked by what are no numbers. */
function chancesOf(choice: ChoiceModel, scores: readonly number[]): readonly number[] {
  const chances: unknown = listOnce("choice.probabilities", choice.probabilities(scores));
  const legal = isArray(chances) && chances.length === scores.length + 1 && chances.every(Number.isFinite);
  refuse([legal ? undefined : expectedMistake("choice.probabilities", `${scores.length + 1} numbers`, chances)]);
  return chances as readonly number[];
}

/** Their difference may be no number. */
function compareFalling(one: number, other: number): number {
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
