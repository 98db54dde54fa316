import type { ActiveUser } from "../../world/episode.js";
import type { Parameters } from "./parameters.js";
import type { LtsBatchObservation, LtsTypes } from "./types.js";

/** Allocates rows for users who are simulated in TypeScript. */
export function rowsFor(numCandidates: number, users: number): LtsBatchObservation {
  const positions = Array.from({ length: numCandidates });
  return {
    educativeness: positions.map(() => new Float64Array(users)),
    clusterId: positions.map(() => new Uint8Array(users)),
    satisfaction: new Float64Array(users),
    choice: new Int32Array(users),
    engagement: new Float64Array(users),
  };
}

/** Returns the observation of a batch, in the rows that a kernel's batch has, too. */
export function observeBatch(
  numCandidates: number,
  slateSize: number,
  users: readonly ActiveUser<LtsTypes<Parameters>>[],
): LtsBatchObservation {
  const rows = rowsFor(numCandidates, users.length);
  users.forEach((active, index) => writeUser(rows, index, active, slateSize));
  return rows;
}

/** Writes the observation of one user into the rows. */
export function writeUser(
  rows: LtsBatchObservation,
  index: number,
  { episode, reward, responses }: Pick<ActiveUser<LtsTypes<Parameters>>, "episode" | "reward" | "responses">,
  slateSize: number,
): void {
  episode.documents.forEach(({ educativeness, clusterId }, position) => {
    rows.educativeness[position]![index] = educativeness;
    rows.clusterId[position]![index] = clusterId;
  });
  const clicked = responses === null ? -1 : responses.findIndex(({ click }) => click === 1);
  rows.satisfaction[index] = episode.user.observe()[0]!;
  rows.choice[index] = responses !== null && clicked < 0 ? slateSize : clicked;
  rows.engagement[index] = reward;
}

/** Copies an observation into an earlier copy, or else into new rows; returns the copy. */
export function copyInto(earlier: LtsBatchObservation | undefined, observed: LtsBatchObservation): LtsBatchObservation {
  const copy = earlier ?? rowsFor(observed.educativeness.length, observed.choice.length);
  observed.educativeness.forEach((row, position) => copy.educativeness[position]!.set(row));
  observed.clusterId.forEach((row, position) => copy.clusterId[position]!.set(row));
  copy.satisfaction.set(observed.satisfaction);
  copy.choice.set(observed.choice);
  copy.engagement.set(observed.engagement);
  return copy;
}
