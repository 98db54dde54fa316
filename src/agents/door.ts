import { expectedMistake, numberMistake, objectMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import type { Observation } from "../spaces/observation.js";
import { isRecord, isSpace } from "../spaces/records.js";
import { Slate } from "../spaces/slate.js";
import type { Agent, AgentOptions, AgentSpaces, CreateAgent } from "./agent.js";
import { agentOptionMistakes } from "./drawing.js";

/**
 * The door in front of every agent of the package: refuses spaces, options, rewards and observations that no environment
 * has, so that the agent behind it trusts them.
 */
export function atDoor<Seen extends Observation>(
  open: (spaces: AgentSpaces<Seen>, options: AgentOptions) => Agent<Seen>,
): CreateAgent<Seen> {
  return (spaces, options = {}) => {
    refuse([...spacesMistakes(spaces), ...agentOptionMistakes(options)]);
    const agent = open(spaces, options);
    return {
      beginEpisode(observation) {
        refuse(observationMistakes(observation));
        return agent.beginEpisode(observation);
      },
      step(reward, observation) {
        refuse([rewardMistake(reward), ...observationMistakes(observation)]);
        return agent.step(reward, observation);
      },
      endEpisode(reward, observation) {
        refuse([rewardMistake(reward), ...observationMistakes(observation)]);
        agent.endEpisode(reward, observation);
      },
      snapshot: () => agent.snapshot(),
      restore: (snapshot) => agent.restore(snapshot),
    };
  };
}

const METHODS = ["beginEpisode", "step", "endEpisode", "snapshot", "restore"] as const;

/** The agent that somebody's `create` makes. Throws `InvalidInput`, under the name of `field`, where it makes none. */
export function openAgent<Seen extends Observation>(
  field: string,
  create: CreateAgent<Seen>,
  spaces: AgentSpaces<Seen>,
  options?: AgentOptions,
): Agent<Seen> {
  const agent: Partial<Agent<Seen>> | null | undefined = create(spaces, options);
  const legal = METHODS.every((name) => typeof agent?.[name] === "function");
  refuse([legal ? undefined : expectedMistake(field, `a maker of agents, with ${METHODS.join(", ")}`, agent)]);
  return agent as Agent<Seen>;
}

function spacesMistakes(spaces: AgentSpaces): (string | undefined)[] {
  const noObject = objectMistake("spaces", spaces);
  if (noObject !== undefined) return [noObject];
  const { observationSpace, actionSpace } = spaces;
  return [
    isSpace(observationSpace) ? undefined : expectedMistake("observationSpace", "a space", observationSpace),
    actionSpace instanceof Slate ? undefined : expectedMistake("actionSpace", "a Slate", actionSpace),
  ];
}

function rewardMistake(reward: unknown): string | undefined {
  return numberMistake("reward", reward, {});
}

/** What all observations have in common; of the parts, agents look at those that they need. */
function observationMistakes(observation: Observation): (string | undefined)[] {
  const noObject = objectMistake("observation", observation);
  if (noObject !== undefined) return [noObject];
  const { user, doc, response } = observation;
  const answered = response === null || Array.isArray(response);
  return [
    user === undefined ? expectedMistake("observation.user", "what the user shows", user) : undefined,
    isRecord(doc) ? undefined : expectedMistake("observation.doc", "candidates by id", doc),
    answered ? undefined : expectedMistake("observation.response", "a list of responses, or null", response),
  ];
}
