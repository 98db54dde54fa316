import type { ActiveUser } from "../../world/simulatedUser.js";
import type { LtsTypes } from "./types.js";

/**
 * What is observed of many users in the long-term satisfaction world: rows with one number for each. In a batch environment they
 * are windows on the batch's own memory, the same objects for good: to be read only, and written over by the next step or reset.
 */
export interface LtsBatchObservation {
  /** Of each candidate of each user, in [0, 1]: [position][index]. */
  readonly educativeness: readonly Float64Array[];
  /** Integers in [0, numClusters): [position][index]. */
  readonly clusterId: readonly Uint8Array[];
  /** Noisy satisfaction, in [-1, 2]: [index]. */
  readonly satisfaction: Float64Array;
  /** Slot of the last slate that was clicked, slateSize for no click; -1 where an episode has just begun: [index]. */
  readonly choice: Int32Array;
  /** Seconds spent on what was clicked; 0 without a click, and where an episode has just begun: [index]. */
  readonly engagement: Float64Array;
}

/** Rows for so many users who are simulated in TypeScript. */
function rowsFor(numCandidates: number, users: number): LtsBatchObservation {
  const positions = Array.from({ length: numCandidates });
  return {
    educativeness: positions.map(() => new Float64Array(users)),
    clusterId: positions.map(() => new Uint8Array(users)),
    satisfaction: new Float64Array(users),
    choice: new Int32Array(users),
    engagement: new Float64Array(users),
  };
}

/** The same rows that a kernel's batch has. */
export function observeBatch(
  numCandidates: number,
  slateSize: number,
  users: readonly ActiveUser<LtsTypes>[],
): LtsBatchObservation {
  const rows = rowsFor(numCandidates, users.length);
  users.forEach((active, index) => writeUser(rows, index, active, slateSize));
  return rows;
}

/** Writes what is observed of one user into the rows. */
export function writeUser(
  rows: LtsBatchObservation,
  index: number,
  { episode, reward, responses }: Omit<ActiveUser<LtsTypes>, "user">,
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
