import { InvalidInput } from "../check/invalidInput.js";
import { expectedMistake, numberMistake, objectMistake } from "../check/mistakes.js";
import { isArray, isList } from "../check/lists.js";
import { reading, readOnce } from "../check/readOnce.js";
import { refuse } from "../check/refuse.js";
import { printedAs, shortName } from "../check/shortName.js";
import type { Observation } from "../spaces/observation.js";
import { isSpace } from "../spaces/records.js";
import { shownCopy } from "../spaces/shownCopy.js";
import { Slate } from "../spaces/slate.js";
import { answer } from "../spaces/space.js";
import type { Agent, AgentOptions, AgentSpaces, CreateAgent, CreateInnerAgent } from "./agent.js";
import { agentOptionMistakes, OPTION_NAMES } from "./drawing.js";

/**
 * The door in front of every agent of the package: refuses spaces, options, rewards and observations that no environment
 * has, so that the agent behind it trusts them. `name` is how the agent calls itself.
 */
export function validatedAgent<Obs extends Observation>(
  name: string,
  open: (spaces: AgentSpaces<Obs>, options: AgentOptions) => Agent<Obs>,
): CreateAgent<Obs> {
  return (givenSpaces, givenOptions = {}) => {
    const spaces = readOnce("spaces", givenSpaces, ["observationSpace", "actionSpace"]);
    const options = readOnce("options", givenOptions, OPTION_NAMES);
    refuse([...spacesMistakes(spaces), ...agentOptionMistakes(options)]);
    const agent = open(spaces, options);
    const atIt: Agent<Obs> = {
      beginEpisode(observation) {
        const seen = observationOnce(observation);
        refuse(observationMistakes(seen));
        return agent.beginEpisode(seen);
      },
      step(reward, observation) {
        const seen = observationOnce(observation);
        if (!isLegal(reward, seen)) refuse([rewardMistake(reward), ...observationMistakes(seen)]);
        return agent.step(reward, seen);
      },
      endEpisode(reward, observation) {
        const seen = observationOnce(observation);
        refuse([rewardMistake(reward), ...observationMistakes(seen)]);
        agent.endEpisode(reward, seen);
      },
      snapshot: () => agent.snapshot(),
      restore: (snapshot) => agent.restore(snapshot),
    };
    validatedAgents.add(atIt);
    return printedAs(atIt, shortName("Agent", name));
  };
}

/** Agents that write into nothing that they are shown, and show legal slates. */
const validatedAgents = new WeakSet<object>();

/** An observation whose parts are as they are now, whatever its getters say next. */
function observationOnce<Obs extends Observation>(observation: Obs): Obs {
  if (objectMistake("observation", observation) !== undefined) return observation;
  try {
    const { user, doc, response } = observation;
    return { ...observation, user, doc, response };
  } catch (error) {
    return reading("observation", "user, doc and response", observation, () => {
      throw error;
    });
  }
}

const METHODS = ["beginEpisode", "step", "endEpisode", "snapshot", "restore"] as const;

/**
 * The agent that somebody's `create` makes. One of the caller's own is shown copies, as others are shown the same, and its slates
 * are looked over. Throws `InvalidInput`, under the name of `field`, where it makes none.
 */
export function openAgent<Obs extends Observation>(
  field: string,
  create: CreateAgent<Obs> | CreateInnerAgent,
  spaces: AgentSpaces<Obs>,
  options?: AgentOptions,
): Agent<Obs> {
  const agent: Partial<Agent<Obs>> | null | undefined = (create as CreateAgent<Obs>)(spaces, options);
  const legal = answer(() => METHODS.every((name) => typeof agent?.[name] === "function"));
  refuse([legal ? undefined : expectedMistake(field, `a maker of agents, with ${METHODS.join(", ")}`, agent)]);
  return validatedAgents.has(agent!) ? (agent as Agent<Obs>) : apart(field, agent as Agent<Obs>, spaces.actionSpace);
}

function apart<Obs extends Observation>(field: string, agent: Agent<Obs>, actionSpace: Slate): Agent<Obs> {
  const read = (slate: ArrayLike<number>): number[] => {
    try {
      return [...actionSpace.read(slate)];
    } catch (error) {
      throw new InvalidInput((error as InvalidInput).errors.map((mistake) => `${field}: ${mistake}`));
    }
  };
  const copy = (observation: Obs): Obs => shownCopy(observation, "observation");
  return {
    beginEpisode: (observation) => read(agent.beginEpisode(copy(observation))),
    step: (reward, observation) => read(agent.step(reward, copy(observation))),
    endEpisode: (reward, observation) => agent.endEpisode(reward, copy(observation)),
    snapshot: () => agent.snapshot(),
    restore: (snapshot) => agent.restore(snapshot),
  };
}

function spacesMistakes(spaces: AgentSpaces): (string | undefined)[] {
  const noObject = objectMistake("spaces", spaces);
  if (noObject !== undefined) return [noObject];
  const { observationSpace, actionSpace } = spaces;
  return [
    isSpace(observationSpace) ? undefined : expectedMistake("observationSpace", "a space", observationSpace),
    answer(() => actionSpace instanceof Slate) ? undefined : expectedMistake("actionSpace", "a Slate", actionSpace),
  ];
}

/** The same as no mistakes, without a list of them: agents are asked at every step. */
function isLegal(reward: unknown, { user, doc, response }: Observation): boolean {
  const answered = response === null || isList(response);
  return Number.isFinite(reward) && user !== undefined && isArray(doc) && answered;
}

function rewardMistake(reward: unknown): string | undefined {
  return numberMistake("reward", reward, {});
}

/** What all observations have in common; of the parts, agents look at those that they need. */
function observationMistakes(observation: Observation): (string | undefined)[] {
  const noObject = objectMistake("observation", observation);
  if (noObject !== undefined) return [noObject];
  const { user, doc, response } = observation;
  const answered = response === null || isList(response);
  return [
    user === undefined ? expectedMistake("observation.user", "what the user shows", user) : undefined,
    isArray(doc) ? undefined : expectedMistake("observation.doc", "a list of candidates", doc),
    answered ? undefined : expectedMistake("observation.response", "a list of responses, or null", response),
  ];
}
