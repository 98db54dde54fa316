import type { CorpusDocument } from "./parameters.js";
import type { LtsResponse, LtsUser } from "./shownLife.js";
import type { World } from "../../world/world.js";
import type { Episode } from "../../world/episode.js";
import type { LtsBatchObservation } from "./kernel/kernelBatch.js";

/** Rows for so many lanes, for lives that no kernel leads. */
export function laneRows({ numCandidates }: World, lanes: number): LtsBatchObservation {
  const positions = Array.from({ length: numCandidates });
  return {
    educativeness: positions.map(() => new Float64Array(lanes)),
    clusterId: positions.map(() => new Uint8Array(lanes)),
    satisfaction: new Float64Array(lanes),
    choice: new Int32Array(lanes),
    engagement: new Float64Array(lanes),
  };
}

/** Writes what one life shows into its lane. `choice` and `engagement` are the last step's: -1 and 0 before the first. */
export function showLane(
  rows: LtsBatchObservation,
  lane: number,
  { life, documents }: Episode<LtsUser, CorpusDocument, LtsResponse>,
  choice: number,
  engagement: number,
): void {
  (documents as readonly CorpusDocument[]).forEach(({ educativeness, clusterId }, position) => {
    rows.educativeness[position]![lane] = educativeness;
    rows.clusterId[position]![lane] = clusterId;
  });
  rows.satisfaction[lane] = life.observe()[0]!;
  rows.choice[lane] = choice;
  rows.engagement[lane] = engagement;
}
