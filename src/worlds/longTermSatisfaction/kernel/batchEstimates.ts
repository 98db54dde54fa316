import { PilotSums, type Coefficients } from "../../../control/coefficients.js";
import { rowLength } from "../../../control/controlRow.js";
import { initialValue, stateValue, stepValue } from "../../../control/controlledReturn.js";
import { pilotSeed, pilotUsers, withPilots } from "../../../control/pilots.js";
import { seedKey, type Key } from "../../../random/seedKey.js";
import { splitUsers, type UserRange } from "../../../statistics/blocks.js";
import type { BlockTally } from "../../../statistics/blockTally.js";
import type { EngineOptions } from "../../../world/blockEngine.js";
import type { RunPolicy } from "../../../world/policy.js";
import { LtsControl } from "../ltsControl.js";
import { ltsModel, type LtsModel } from "../model.js";
import type { PlainParameters } from "../parameters.js";
import type { KernelRows } from "./kernelBatch.js";

/** Users of a batch, and the index in the block of the first of them. */
export interface BatchUsers {
  readonly rows: KernelRows;
  /** Educativeness of the slates: [index][slot]. */
  readonly onSlates: Float64Array;
  /** Their numbers. */
  readonly user: Uint32Array;
  readonly first: number;
}

/** Adds to the estimated returns of users in a batch, around each step. */
export interface BatchEstimates {
  begin(users: BatchUsers, tally: BlockTally): void;
  before(users: BatchUsers, step: number, tally: BlockTally): void;
  after(users: BatchUsers, step: number, tally: BlockTally): void;
}

/** Simulates pilot users, at most a tile; calls back before each step. */
export type SimulatePilots = (pilots: UserRange, key: Key, before: (users: BatchUsers, step: number) => void) => void;

/** The estimator "sampled": returns are what was drawn. */
export const noEstimates: BatchEstimates = { begin: () => {}, before: () => {}, after: () => {} };

/** The estimator "expected": mean engagement given state and slate, by the model of each user. */
export function expectedEstimates(slateSize: number, modelOf: (user: number) => LtsModel): BatchEstimates {
  let models: LtsModel[] = [];
  const meanEngagement = meanEngagementBy(slateSize, (index) => models[index]!);
  return {
    ...noEstimates,
    begin({ user }) {
      models = Array.from(user, modelOf);
    },
    before(users, step, tally) {
      for (let index = 0; index < users.rows.exposures.length; index++) {
        tally.expectReward(users.first + index, step, meanEngagement(users, index));
      }
    },
  };
}

function meanEngagementBy(
  slateSize: number,
  modelAt: (index: number) => LtsModel,
): (users: BatchUsers, index: number) => number {
  const slate = Array.from({ length: slateSize }, () => 0); // one for all: a new list a user would cost more than the rest
  return ({ rows, onSlates }, index) => {
    for (let slot = 0, at = index * slate.length; slot < slate.length; slot++) slate[slot] = onSlates[at++]!;
    return modelAt(index).expectedEngagement(slate, rows.satisfactions[index]!);
  };
}

/** The estimator "controlled": `ControlledReturn` on the rows of a batch. Its coefficients are fitted to pilot users. */
export function controlledEstimates(
  parameters: PlainParameters,
  policy: RunPolicy,
  { seed, steps, weights }: EngineOptions,
  tileUsers: number,
  simulate: SimulatePilots,
): BatchEstimates {
  const control = new LtsControl(parameters, policy);
  const rowOf = rowsOf(parameters, control);
  const powers = new Float64Array(control.numFeatures);
  const coefficients = fitted();
  const initial = initialValue(control, coefficients);
  return {
    begin({ rows, first }, tally) {
      rows.exposures.forEach((exposure, index) => tally.addToEstimate(first + index, initial - valueOf(exposure, 0)));
    },
    before(users, step, tally) {
      const weight = weights.perStep[step]!;
      for (let index = 0; index < users.rows.exposures.length; index++) {
        tally.addToEstimate(users.first + index, stepValue(coefficients, weight, rowOf(users, index), step));
      }
    },
    after({ rows, first }, step, tally) {
      rows.exposures.forEach((exposure, index) => tally.addToEstimate(first + index, -valueOf(exposure, step + 1)));
    },
  };

  function fitted(): Coefficients {
    const sums = new PilotSums(control, weights);
    const add = (users: BatchUsers, step: number): void => {
      for (let index = 0; index < users.rows.exposures.length; index++) sums.add(step, rowOf(users, index));
    };
    const pilots = { firstUser: 0, users: pilotUsers(steps) };
    withPilots(() => {
      for (const tile of splitUsers(pilots, tileUsers)) simulate(tile, seedKey(pilotSeed(seed)), add);
    });
    return sums.fit();
  }

  function valueOf(exposure: number, step: number): number {
    control.writePowers(exposure, powers, 0);
    return stateValue(coefficients, powers, step);
  }
}

/** Returns the row of the next step of the user at an index, as `writeRow` of src/control/controlRow.ts: one row for all. */
function rowsOf(parameters: PlainParameters, control: LtsControl): (users: BatchUsers, index: number) => Float64Array {
  const { slateSize, numCandidates } = parameters;
  const model = ltsModel(parameters);
  const meanEngagement = meanEngagementBy(slateSize, () => model);
  const row = new Float64Array(rowLength(control));
  const ranking = new Float64Array(numCandidates);
  return (users, index) => {
    const exposure = users.rows.exposures[index]!;
    const { educativeness } = users.rows.observation;
    row[0] = meanEngagement(users, index);
    control.writeMeans(exposure, users.onSlates.subarray(index * slateSize, (index + 1) * slateSize), row, 1);
    control.writePowers(exposure, row, 1 + control.numFeatures);
    if (control.numTerms === 0) return row;
    for (let position = 0; position < numCandidates; position++) ranking[position] = educativeness[position]![index]!;
    control.writeCentred(exposure, ranking.toSorted(), row, 1 + 2 * control.numFeatures);
    return row;
  };
}
