import { batchView, fillSlates } from "../../../policies/callPolicy.js";
import { SlateCheck } from "../../../spaces/slateCheck.js";
import { TILE_USERS } from "../../../statistics/blocks.js";
import { BlockTally, type TallyShape } from "../../../statistics/blockTally.js";
import type { BlockEngine, EngineOptions } from "../../../world/blockEngine.js";
import type { BatchPolicy } from "../../../world/policy.js";
import type { LongTermSatisfactionWorld, LtsBatchObservation } from "../types.js";
import { ltsModel } from "../model.js";
import { KernelBatch, type KernelRows } from "./kernelBatch.js";
import type { KernelExports } from "./kernelExports.js";

/** Maximal number of candidates in the rows of a tile, so that they stay in the second-level cache. */
const TILE_CANDIDATES = 16_384;
const MAX_TILE = 1024;

/** Simulates blocks in WebAssembly, step by step, with slates from a policy in TypeScript. */
export function batchEngine(
  kernel: KernelExports,
  world: LongTermSatisfactionWorld,
  policy: BatchPolicy<LtsBatchObservation>,
  { key, steps, estimator, layout, weights }: EngineOptions,
): BlockEngine {
  const { slateSize, numCandidates, parameters } = world;
  const tileUsers = Math.min(MAX_TILE, Math.ceil(TILE_CANDIDATES / numCandidates / TILE_USERS) * TILE_USERS);
  const batch = new KernelBatch(kernel, parameters, key, tileUsers);
  const check = new SlateCheck({ slateSize, numCandidates, allowRepeats: false });
  const { expectedEngagement } = ltsModel(parameters);
  const slate = Array.from({ length: slateSize }, () => 0); // one for all: a new list a user would cost more than the rest
  const addExpected = (step: number, first: number, onSlates: Float64Array, satisfaction: Float64Array): void => {
    for (let index = 0, at = 0; index < satisfaction.length; index++) {
      for (let slot = 0; slot < slateSize; slot++) slate[slot] = onSlates[at++]!;
      tally.expectReward(first + index, step, expectedEngagement(slate, satisfaction[index]!));
    }
  };
  const simulateTile = (firstUser: number, rows: KernelRows): void => {
    const { slates, observation, exposures, satisfactions, digests } = rows;
    const { choice, engagement } = observation;
    const user = Uint32Array.from(choice, (_, index) => firstUser + index);
    const places = Array.from(user, () => tally.openUser());
    const first = places[0]!;
    const onSlates = new Float64Array(slates.length);
    batch.begin(firstUser, user.length);
    for (let step = 0; step < steps; step++) {
      fillSlates(policy, batchView(user, step, observation, key), slates, check);
      recordEducativeness(rows, slateSize, onSlates);
      if (estimator === "expected") addExpected(step, first, onSlates, satisfactions);
      batch.step(step);
      for (let index = 0; index < choice.length; index++) {
        const slot = choice[index]!;
        tally.addStep(first + index, step, slot, engagement[index]!);
        tally.addToSeries(first + index, step, 1, satisfactions[index]!);
        if (slot < slateSize) tally.addToRatio(first + index, step, 0, onSlates[index * slateSize + slot]!, 1);
      }
    }
    for (let index = 0; index < choice.length; index++) {
      tally.closeUser(first + index, [satisfactions[index]!, exposures[index]!], digests[index]!);
    }
  };
  const shape: TallyShape = { layout, slateSize, steps, estimator, weights, lanes: 2 };
  let tally = new BlockTally(shape);
  return {
    tileUsers,
    begin: () => {
      tally = new BlockTally(shape);
    },
    simulate: (firstUser, users) => simulateTile(firstUser, users === tileUsers ? batch.rows : batch.rowsOf(users)),
    sums: () => tally.sums(),
  };
}

/** Copies the educativeness of the slates before the step, which replaces the candidates. */
function recordEducativeness(
  { slates, observation: { educativeness } }: KernelRows,
  slateSize: number,
  onSlates: Float64Array,
): void {
  for (let at = 0, index = 0; at < slates.length; index++) {
    for (const end = at + slateSize; at < end; at++) onSlates[at] = educativeness[slates[at]!]![index]!;
  }
}
