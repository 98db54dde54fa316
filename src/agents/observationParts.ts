import { InvalidInput } from "../check/invalidInput.js";
import { expectedMistake } from "../check/mistakes.js";
import { CandidateSet } from "../spaces/candidateSet.js";
import { Discrete } from "../spaces/discrete.js";
import type { Observation } from "../spaces/observation.js";
import { Dict } from "../spaces/records.js";
import { Nullable, Sequence } from "../spaces/sequence.js";
import type { Space } from "../spaces/space.js";
import type { AgentSpaces } from "./agent.js";

/** The spaces of the parts of an environment's observations. */
export interface ObservationParts {
  readonly user: Space<unknown>;
  readonly doc: Space<unknown>;
  readonly response: Space<unknown>;
}

/** Takes an observation space apart. Throws `InvalidInput` for one that no environment has. */
export function observationParts({ observationSpace }: AgentSpaces): ObservationParts {
  const parts: Partial<ObservationParts> = observationSpace instanceof Dict ? observationSpace.spaces : {};
  const { user, doc, response } = parts;
  if (user !== undefined && doc !== undefined && response !== undefined) return { user, doc, response };
  throw new InvalidInput([expectedMistake("observationSpace", "a Dict of user, doc and response", observationSpace)]);
}

/** Returns an error for a part of an observation that is not in its space. */
export function partMistake(
  parts: ObservationParts,
  observation: Observation,
  name: keyof ObservationParts,
): string | undefined {
  const value = observation[name];
  return parts[name].contains(value) ? undefined : expectedMistake(`observation.${name}`, "one of its space", value);
}

/** Returns the spaces with another one for the user. */
export function withUserSpace(spaces: AgentSpaces, user: Space<unknown>): AgentSpaces {
  const { doc, response } = observationParts(spaces);
  const observationSpace = new Dict({ user, doc, response }) as unknown as Space<Observation>;
  return { observationSpace, actionSpace: spaces.actionSpace };
}

/** Returns the number of clusters in the space of the responses' field `clusterId`. Throws `InvalidInput` if there is no such field. */
export function numClustersOf(spaces: AgentSpaces): number {
  const { response } = observationParts(spaces);
  const sequence = response instanceof Nullable ? response.space : response;
  const each: unknown = sequence instanceof Sequence ? sequence.space : undefined;
  const cluster: unknown = each instanceof Dict ? each.spaces["clusterId"] : undefined;
  if (cluster instanceof Discrete && cluster.start >= 0) return cluster.start + cluster.n;
  throw new InvalidInput([
    expectedMistake("observationSpace", "responses with a Discrete clusterId from 0 on", response),
  ]);
}

/** Returns the space of one document. Throws `InvalidInput` for a space of candidates that no environment has. */
export function documentSpaceOf(spaces: AgentSpaces): Space<unknown> {
  const { doc } = observationParts(spaces);
  if (doc instanceof CandidateSet) return doc.document as Space<unknown>;
  throw new InvalidInput([expectedMistake("observationSpace", "a CandidateSet as doc", doc)]);
}
