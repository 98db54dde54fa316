import type { ChoiceModel } from "../choice/choiceModel.js";
import { choiceModels } from "../choice/choiceModels.js";
import { expectedMistake, objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import type { Json } from "../check/json.js";
import { refuse } from "../check/refuse.js";
import type { Observation } from "../spaces/observation.js";
import type { Agent, AgentSpaces, CreateAgent } from "./agent.js";
import { agentOptionMistakes } from "./drawing.js";
import { readSnapshot, takeSnapshot, type Owner } from "./snapshots.js";

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
  return (spaces, opening = {}) => {
    refuse(agentOptionMistakes(opening));
    return new GreedyAgent(spaces, options);
  };
}

class GreedyAgent<User, Document> implements Agent<Observation<User, Document>> {
  private readonly owner: Owner = { agent: "greedy", settings: {} };
  private readonly slateSize: number;
  private readonly score: GreedyOptions<User, Document>["score"];
  private readonly choice: ChoiceModel;

  constructor({ actionSpace }: AgentSpaces, { score, choice }: GreedyOptions<User, Document>) {
    this.slateSize = actionSpace.slateSize;
    this.score = score;
    this.choice = choice ?? choiceModels.multinomialLogit({ noClickLogit: 5 });
  }

  beginEpisode(observation: Observation<User, Document>): number[] {
    return this.slateFor(observation);
  }

  step(_reward: number, observation: Observation<User, Document>): number[] {
    return this.slateFor(observation);
  }

  endEpisode(): void {}

  snapshot(): Json {
    return takeSnapshot(this.owner, {});
  }

  restore(snapshot: Json): void {
    readSnapshot(snapshot, this.owner, {});
  }

  private slateFor({ doc, user }: Observation<User, Document>): number[] {
    const scores = Object.values(doc).map((document) => this.score(document, user));
    const chances = this.choice.probabilities(scores);
    const positions = scores.map((_, position) => position);
    return positions.toSorted((one, other) => chances[other]! - chances[one]!).slice(0, this.slateSize);
  }
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
