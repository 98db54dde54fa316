import type { Observation } from "../spaces/observation.js";
import type { Agent } from "./agent.js";
import { readSnapshot, takeSnapshot, type SnapshotHeader } from "./snapshots.js";

/** Creates an agent without memory: its slate follows from the observation. */
export function stateless<Obs extends Observation>(
  header: SnapshotHeader,
  slateFor: (observation: Obs) => number[],
): Agent<Obs> {
  return {
    beginEpisode: slateFor,
    step: (_reward, observation) => slateFor(observation),
    endEpisode: () => {},
    slatePropensity: () => 1,
    snapshot: () => takeSnapshot(header, {}),
    restore: (snapshot) => void readSnapshot(snapshot, header, {}),
  };
}
