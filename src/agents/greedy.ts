import type { ChoiceModel } from "../choice/choiceModel.js";
import { choiceModels } from "../choice/choiceModels.js";
import { expectedMistake, objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import type { Observation } from "../spaces/observation.js";
import type { CreateAgent } from "./agent.js";
import { atDoor } from "./door.js";
import { stateless } from "./stateless.js";

export interface GreedyOptions<User, Document> {
  /** What the agent takes the user to score a document with: a finite number. */
  readonly score: (document: Document, user: User) => number;
  /** How the agent takes the user to choose. RecSim's, unless said otherwise: a multinomial logit with no click at 5. */
  readonly choice?: ChoiceModel;
}

/**
 * Shows what is most likely to be clicked, if all candidates were on one slate (RecSim's GreedyPCTRAgent); of equals the
 * earlier one.
 */
export function greedy<User = unknown, Document = unknown>(
  options: GreedyOptions<User, Document>,
): CreateAgent<Observation<User, Document>> {
  refuse(optionMistakes(options));
  const { score, choice = choiceModels.multinomialLogit({ noClickLogit: 5 }) } = options;
  return atDoor(({ actionSpace: { slateSize } }) =>
    stateless({ agent: "greedy", settings: {} }, ({ doc, user }) => {
      const scores = Object.values(doc).map((document) => score(document, user));
      const chances = choice.probabilities(scores);
      const positions = scores.map((_, position) => position);
      return positions.toSorted((one, other) => chances[other]! - chances[one]!).slice(0, slateSize);
    }),
  );
}

function optionMistakes(options: object): (string | undefined)[] {
  const noObject = objectMistake("options", options);
  if (noObject !== undefined) return [noObject];
  const { score, choice } = options as { score?: unknown; choice?: { probabilities?: unknown } };
  return [
    ...unknownFieldMistakes("option of greedy", options, ["score", "choice"]),
    typeof score === "function" ? undefined : expectedMistake("score", "a function", score),
    choice === undefined || typeof choice?.probabilities === "function"
      ? undefined
      : expectedMistake("choice", "a choice model", choice),
  ];
}
