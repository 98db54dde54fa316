import { KernelBatch, type KernelRows } from "./kernelBatch.js";
import { SlateCheck } from "../../../spaces/slateCheck.js";
import type { Key } from "../../../random/seedKey.js";
import { userModel } from "../user.js";
import type { LongTermSatisfactionWorld } from "../world.js";
import { batchView, fillSlates, type BatchPolicy } from "../../../policies/batchPolicy.js";
import { BlockTally, type UserSums } from "../../../statistics/blockTally.js";
import type { Estimator } from "../../../statistics/estimator.js";
import { PART_USERS, type BlockEngine } from "../../../statistics/blocks.js";

/** Up to so many candidates lie in the rows of a part, so that they stay in the second-level cache. */
const PART_CANDIDATES = 16_384;
const LARGEST_PART = 1024;

/** Lives blocks in WebAssembly, step by step, with slates from a policy in TypeScript. */
export async function batchEngine(
  world: LongTermSatisfactionWorld,
  policy: BatchPolicy,
  key: Key,
  steps: number,
  estimator: Estimator,
): Promise<BlockEngine> {
  const { slateSize, numCandidates } = world;
  const partUsers = Math.min(LARGEST_PART, Math.ceil(PART_CANDIDATES / numCandidates / PART_USERS) * PART_USERS);
  const batch = await KernelBatch.load(world, key, partUsers);
  const check = new SlateCheck({ slateSize, numCandidates, allowRepeats: false });
  const { expectedEngagement } = userModel(world.parameters);
  const slate = Array.from({ length: slateSize }, () => 0); // one for all: a new list a lane would cost more than the rest
  const addExpected = (sums: readonly UserSums[], shown: Float64Array, satisfactions: Float64Array): void => {
    for (let lane = 0, at = 0; lane < sums.length; lane++) {
      for (let slot = 0; slot < slateSize; slot++) slate[slot] = shown[at++]!;
      sums[lane]!.expectedEngagement += expectedEngagement(slate, satisfactions[lane]!);
    }
  };
  const livePart = (firstUser: number, rows: KernelRows, tally: BlockTally): void => {
    const { slates, observation, exposures, satisfactions, digests } = rows;
    const { choice, engagement } = observation;
    const user = Uint32Array.from(choice, (_, lane) => firstUser + lane);
    const sums = Array.from(user, () => tally.openUser());
    const shown = new Float64Array(slates.length);
    batch.begin(firstUser, user.length);
    for (let step = 0; step < steps; step++) {
      fillSlates(policy, batchView(user, step, observation, key), slates, check);
      noteShown(rows, slateSize, shown);
      if (estimator === "expected") addExpected(sums, shown, satisfactions);
      batch.step(step);
      for (let lane = 0; lane < sums.length; lane++) {
        const slot = choice[lane]!;
        const clicked = slot < slateSize ? shown[lane * slateSize + slot]! : 0;
        tally.addStep(sums[lane]!, step, slot, clicked, engagement[lane]!, satisfactions[lane]!);
      }
    }
    sums.forEach((life, lane) => tally.closeUser(life, exposures[lane]!, satisfactions[lane]!, digests[lane]!));
  };
  let tally = new BlockTally(slateSize, steps, estimator);
  return {
    partUsers,
    begin: () => {
      tally = new BlockTally(slateSize, steps, estimator);
    },
    live: (firstUser, users) => livePart(firstUser, users === partUsers ? batch.rows : batch.rowsOf(users), tally),
    totals: () => tally.totals(),
  };
}

/** Notes the educativeness on the slates: the step puts the next candidates in their place. */
function noteShown(
  { slates, observation: { educativeness } }: KernelRows,
  slateSize: number,
  shown: Float64Array,
): void {
  for (let at = 0, lane = 0; at < slates.length; lane++) {
    for (const end = at + slateSize; at < end; at++) shown[at] = educativeness[slates[at]!]![lane]!;
  }
}
