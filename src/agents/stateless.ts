import type { Observation } from "../spaces/observation.js";
import type { Agent } from "./agent.js";
import { readSnapshot, takeSnapshot, type Owner } from "./snapshots.js";

/** An agent that remembers nothing: its slate follows from what it sees. */
export function stateless<Obs extends Observation>(
  owner: Owner,
  slateFor: (observation: Obs) => number[],
): Agent<Obs> {
  return {
    beginEpisode: slateFor,
    step: (_reward, observation) => slateFor(observation),
    endEpisode: () => {},
    snapshot: () => takeSnapshot(owner, {}),
    restore: (snapshot) => void readSnapshot(snapshot, owner, {}),
  };
}
