import type { Episode } from "../world/episode.js";
import type { ControlVariates } from "../world/controlVariates.js";
import type { WorldTypes } from "../world/worldTypes.js";

/** Numbers of features and terms. */
export type ControlShape = Pick<ControlVariates, "numFeatures" | "numTerms">;

/** Length of a step's row: [mean reward, means of the next features, features, terms], all before the step. */
export function rowLength({ numFeatures, numTerms }: ControlShape): number {
  return 1 + 2 * numFeatures + numTerms;
}

/** Writes the row of the user's next step. */
export function writeRow<T extends WorldTypes>(
  control: ControlVariates<T>,
  { user, documents }: Episode<T>,
  slate: readonly T["document"][],
  row: Float64Array,
): void {
  const { numFeatures, numTerms } = control;
  row[0] = user.expectedReward!(slate);
  control.writeNextMeans(user, slate, row, 1);
  control.writeFeatures(user, row, 1 + numFeatures);
  if (numTerms > 0) control.writeTerms(user, documents, slate, row, 1 + 2 * numFeatures);
}
