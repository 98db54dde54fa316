import { batchView, fillSlates } from "../../../policies/callPolicy.js";
import type { Key } from "../../../random/seedKey.js";
import { SlateCheck } from "../../../spaces/slateCheck.js";
import { TILE_USERS } from "../../../statistics/blocks.js";
import { BlockTally, type TallyShape } from "../../../statistics/blockTally.js";
import type { BlockEngine, EngineOptions } from "../../../world/blockEngine.js";
import type { BatchPolicy } from "../../../world/policy.js";
import { sharedParameters } from "../plainParameters.js";
import type { Parameters } from "../parameters.js";
import type { LongTermSatisfactionWorld, LtsBatchObservation } from "../types.js";
import { modelsUnder } from "../userModel.js";
import {
  controlledEstimates,
  expectedEstimates,
  noEstimates,
  type BatchUsers,
  type SimulatePilots,
} from "./batchEstimates.js";
import { KernelBatch, type KernelRows } from "./kernelBatch.js";
import type { KernelExports } from "./kernelExports.js";

/** Maximal number of candidates in the rows of a tile, so that they stay in the second-level cache. */
const TILE_CANDIDATES = 16_384;
const MAX_TILE = 1024;

/** Simulates blocks in WebAssembly, step by step, with slates from a policy in TypeScript. */
export function batchEngine(
  kernel: KernelExports,
  world: LongTermSatisfactionWorld<Parameters>,
  policy: BatchPolicy<LtsBatchObservation>,
  options: EngineOptions,
): BlockEngine {
  const { key, steps, estimator, layout, weights } = options;
  const { slateSize, numCandidates, parameters } = world;
  const tileUsers = Math.min(MAX_TILE, Math.ceil(TILE_CANDIDATES / numCandidates / TILE_USERS) * TILE_USERS);
  const batch = new KernelBatch(kernel, parameters, key, tileUsers);
  const check = new SlateCheck({ slateSize, numCandidates, allowRepeats: false });
  const rowsFor = (users: number): KernelRows => (users === tileUsers ? batch.rows : batch.rowsOf(users));
  const fill = ({ rows, onSlates }: BatchUsers, user: Uint32Array, step: number, userKey: Key): void => {
    fillSlates(policy, batchView(user, step, rows.observation, userKey), rows.slates, check);
    recordEducativeness(rows, slateSize, onSlates);
  };
  const simulatePilots: SimulatePilots = ({ firstUser, users: count }, pilotKey, before) => {
    const user = numbersFrom(firstUser, count);
    const users = usersOf(rowsFor(count), user, 0);
    batch.useKey(pilotKey);
    batch.begin(firstUser, count);
    for (let step = 0; step < steps; step++) {
      fill(users, user, step, pilotKey);
      before(users, step);
      batch.step(step);
    }
    batch.useKey(key);
  };
  const estimates = {
    sampled: () => noEstimates,
    expected: () => expectedEstimates(slateSize, modelsUnder(parameters, key)),
    controlled: () => controlledEstimates(sharedParameters(parameters)!, policy, options, tileUsers, simulatePilots),
  }[estimator]();
  const simulateTile = (firstUser: number, rows: KernelRows): void => {
    const { observation, exposures, satisfactions, digests } = rows;
    const { choice, engagement } = observation;
    const user = numbersFrom(firstUser, choice.length);
    const places = Array.from(user, () => tally.openUser());
    const first = places[0]!;
    const users = usersOf(rows, user, first);
    batch.begin(firstUser, user.length);
    estimates.begin(users, tally);
    for (let step = 0; step < steps; step++) {
      fill(users, user, step, key);
      estimates.before(users, step, tally);
      batch.step(step);
      for (let index = 0; index < choice.length; index++) {
        const slot = choice[index]!;
        tally.addStep(first + index, step, slot, engagement[index]!);
        tally.addToSeries(first + index, step, 1, satisfactions[index]!);
        if (slot < slateSize) tally.addToRatio(first + index, step, 0, users.onSlates[index * slateSize + slot]!, 1);
      }
      estimates.after(users, step, tally);
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
    simulate: (firstUser, users) => simulateTile(firstUser, rowsFor(users)),
    sums: () => tally.sums(),
  };
}

function usersOf(rows: KernelRows, user: Uint32Array, first: number): BatchUsers {
  return { rows, user, first, onSlates: new Float64Array(rows.slates.length) };
}

function numbersFrom(first: number, count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, index) => first + index);
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
