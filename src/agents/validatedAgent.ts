import { InvalidInput } from "../check/invalidInput.js";
import { expectedMistake, numberMistake, objectMistake } from "../check/mistakes.js";
import { isArray, isList } from "../check/lists.js";
import { readOnce, unreadable } from "../check/readOnce.js";
import { refuse } from "../check/refuse.js";
import { printedAs, shortName } from "../check/shortName.js";
import type { Observation } from "../spaces/observation.js";
import { isSpace } from "../spaces/records.js";
import { observedCopy } from "../spaces/observedCopy.js";
import { Slate } from "../spaces/slate.js";
import { answer } from "../spaces/space.js";
import type { Agent, AgentOptions, AgentSpaces, CreateAgent, CreateInnerAgent } from "./agent.js";
import { agentOptionMistakes, OPTION_NAMES } from "./drawing.js";

/**
 * Adds validation to an agent of slatesim: refuses spaces, options, rewards and observations that no environment has, so that
 * the agent itself can trust them. `name` is printed by `console.log`.
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
    const validated = validating(agent, observationOnce);
    validatedAgents.set(validated, agent as Agent<never>);
    return printedAs(validated, shortName("Agent", name));
  };
}

/** The agents of slatesim, which do not write into observations and return valid slates, by what their makers return. */
const validatedAgents = new WeakMap<object, Agent<never>>();

/** `read` reads the parts of an observation before they are checked. */
function validating<Obs extends Observation>(agent: Agent<Obs>, read: (observation: Obs) => Obs): Agent<Obs> {
  const legal = (observation: Obs, reward = 0): Obs => {
    const parts = read(observation);
    if (!isLegal(reward, parts)) refuse([rewardMistake(reward), ...observationMistakes(parts)]);
    return parts;
  };
  return {
    beginEpisode: (observation) => agent.beginEpisode(legal(observation)),
    step: (reward, observation) => agent.step(reward, legal(observation, reward)),
    endEpisode: (reward, observation) => agent.endEpisode(reward, legal(observation, reward)),
    ...(agent.slatePropensity && { slatePropensity: () => agent.slatePropensity!() }),
    snapshot: () => agent.snapshot(),
    restore: (snapshot) => agent.restore(snapshot),
  };
}

/** Returns the agent for callers whose observations have no getters: one of slatesim then takes no copies of them. */
export function forPlainObservations<Given extends object>(agent: Given): Given {
  const inner = validatedAgents.get(agent);
  return inner === undefined ? agent : (validating(inner, (observation) => observation) as unknown as Given);
}

/** Reads the parts of an observation once, so that getters cannot change them afterwards. */
function observationOnce<Obs extends Observation>(observation: Obs): Obs {
  if (objectMistake("observation", observation) !== undefined) return observation;
  try {
    const { user, doc, response } = observation;
    return { ...observation, user, doc, response };
  } catch (error) {
    throw unreadable("observation", "user, doc and response", observation, error);
  }
}

const METHODS = ["beginEpisode", "step", "endEpisode", "snapshot", "restore"] as const;

/**
 * Creates an agent by `create`. A user-defined agent receives copies of observations, because other code reads the same ones, and its
 * slates are validated. Throws `InvalidInput`, under the name of `field`, if `create` returns no agent.
 */
export function openAgent<Obs extends Observation>(
  field: string,
  create: ((spaces: AgentSpaces<Obs>, options: AgentOptions) => Agent<Obs>) | CreateInnerAgent,
  spaces: AgentSpaces<Obs>,
  options: AgentOptions = {},
): Agent<Obs> {
  const agent: Partial<Agent<Obs>> | null | undefined = (create as CreateAgent<Obs>)(spaces, options);
  refuse([noAgentMistake(field, agent, METHODS)]);
  return validatedAgents.has(agent!)
    ? (agent as Agent<Obs>)
    : checkedCopy(field, agent as Agent<Obs>, spaces.actionSpace);
}

/** Returns an error that names the missing methods, unless what a maker of agents returned has them all. */
export function noAgentMistake(field: string, made: unknown, methods: readonly string[]): string | undefined {
  const rule = `a function that returns an agent, with ${methods.join(", ")}`;
  if (objectMistake(field, made) !== undefined) return expectedMistake(field, rule, made);
  const missing = methods.filter((name) => !answer(() => typeof Reflect.get(made as object, name) === "function"));
  return missing.length === 0 ? undefined : `"${field}" expected ${rule}, got one without ${missing.join(", ")}`;
}

function checkedCopy<Obs extends Observation>(field: string, agent: Agent<Obs>, actionSpace: Slate): Agent<Obs> {
  const readSlate = (slate: ArrayLike<number>): number[] => {
    try {
      return [...actionSpace.read(slate)];
    } catch (error) {
      throw new InvalidInput((error as InvalidInput).errors.map((mistake) => `${field}: ${mistake}`));
    }
  };
  const copy = (observation: Obs): Obs => observedCopy(observation, "observation");
  return {
    beginEpisode: (observation) => readSlate(agent.beginEpisode(copy(observation))),
    step: (reward, observation) => readSlate(agent.step(reward, copy(observation))),
    endEpisode: (reward, observation) => agent.endEpisode(reward, copy(observation)),
    ...(agent.slatePropensity && { slatePropensity: () => agent.slatePropensity!() }),
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

/** Returns whether there are no errors, without allocating a list of them, because this runs at every step. */
function isLegal(reward: unknown, observation: Observation): boolean {
  if (objectMistake("observation", observation) !== undefined) return false;
  const { user, doc, response } = observation;
  const answered = response === null || isList(response);
  return Number.isFinite(reward) && user !== undefined && isArray(doc) && answered;
}

function rewardMistake(reward: unknown): string | undefined {
  return numberMistake("reward", reward, {});
}

/** Checks the form that all observations share; agents check the parts that they read. */
function observationMistakes(observation: Observation): (string | undefined)[] {
  const noObject = objectMistake("observation", observation);
  if (noObject !== undefined) return [noObject];
  const { user, doc, response } = observation;
  const answered = response === null || isList(response);
  return [
    user === undefined ? expectedMistake("observation.user", "an observation of the user", user) : undefined,
    isArray(doc) ? undefined : expectedMistake("observation.doc", "a list of candidates", doc),
    answered ? undefined : expectedMistake("observation.response", "a list of responses, or null", response),
  ];
}
