import { PilotSums, type Coefficients } from "../../../control/coefficients.js";
import { rowLength } from "../../../control/controlRow.js";
import { initialValue } from "../../../control/controlledReturn.js";
import { pilotSeed, pilotUsers } from "../../../control/pilots.js";
import { seedKey } from "../../../random/seedKey.js";
import { TILE_USERS } from "../../../statistics/blocks.js";
import type { EngineOptions } from "../../../world/blockEngine.js";
import type { LtsControl } from "../ltsControl.js";
import { doubles } from "./enterWorld.js";
import type { KernelExports } from "./kernelExports.js";

/** Prepares a kernel for the estimator "controlled": fits the coefficients to pilot users, and writes them. */
export function prepareControl(
  kernel: KernelExports,
  control: LtsControl,
  { seed, key, steps, weights }: EngineOptions,
): void {
  const { documents, scale, noiseVariance } = control;
  const ends = documents.of === "ranking" ? documents.groups.length : 0;
  kernel.prepareControl(documents.numGroups, documents.fromTop, ends, steps);
  const { numGroups, groups, means, squareMeans } = documents;
  const sizes = Array.from({ length: numGroups }, (_, group) => groups.filter((each) => each === group).length);
  new Int32Array(kernel.memory.buffer, kernel.groupSizesPointer(), numGroups).set(sizes);
  doubles(kernel, kernel.groupMeansPointer(), 2 * numGroups).set(means.flatMap((mean, i) => [mean, squareMeans[i]!]));
  const numbers = doubles(kernel, kernel.controlNumbersPointer(), 4);
  numbers.set([scale, noiseVariance, 3 * noiseVariance]);
  const pilotKey = seedKey(pilotSeed(seed));
  kernel.setKey(pilotKey.key0, pilotKey.key1);
  const sums = sumsOfPilots(kernel, new PilotSums(control, weights), control, steps);
  kernel.setKey(key.key0, key.key1);
  const coefficients = sums.fit();
  writeCoefficients(kernel, coefficients);
  numbers[3] = initialValue(control, coefficients);
}

function sumsOfPilots(kernel: KernelExports, sums: PilotSums, control: LtsControl, steps: number): PilotSums {
  const row = new Float64Array(rowLength(control));
  const rows = doubles(kernel, kernel.controlRowsPointer(), row.length * TILE_USERS);
  for (let firstUser = 0; firstUser < pilotUsers(steps); firstUser += TILE_USERS) {
    kernel.openPilots(firstUser, TILE_USERS);
    for (let step = 0; step < steps; step++) {
      kernel.stepPilots(step, TILE_USERS);
      for (let user = 0; user < TILE_USERS; user++) {
        for (let i = 0; i < row.length; i++) row[i] = rows[i * TILE_USERS + user]!;
        sums.add(step, row);
      }
    }
  }
  return sums;
}

function writeCoefficients(kernel: KernelExports, { features, terms }: Coefficients): void {
  doubles(kernel, kernel.featureCoefficientsPointer(), features.length).set(features);
  doubles(kernel, kernel.termCoefficientsPointer(), terms.length).set(terms);
}
