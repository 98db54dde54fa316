// Lives through the kernel's observe mode, with slates filled out here: what `simulate` does not report.
import { selectSlate } from "../../src/policies/selectSlate.js";
import type { BuiltInPolicy, LongTermSatisfactionWorld } from "../../src/index.js";
import { doubles, enterWorld, prepareBatch } from "../../src/worlds/longTermSatisfaction/kernel/enterWorld.js";
import { POLICY_STREAM, wordSource } from "../../src/random/address.js";
import { seedKey, type Key } from "../../src/random/seedKey.js";
import type { KernelExports } from "../../src/worlds/longTermSatisfaction/kernel/kernelExports.js";
import { instantiate } from "../../src/worlds/longTermSatisfaction/kernel/kernelProgram.js";
import { PowerSums } from "./figures.js";

const BATCH = 4096;

export interface Observed {
  /** After each step, over users. */
  readonly exposures: readonly PowerSums[];
  readonly firstLogEngagement: PowerSums;
  /** Over all clicks. */
  readonly clickedEducativeness: PowerSums;
}

/** Lives the same users in worlds that differ in their equations only, so that one slate serves them all. */
export async function observePopulation(
  worlds: readonly LongTermSatisfactionWorld[],
  policy: BuiltInPolicy,
  { users, seed }: { users: number; seed: string },
): Promise<Observed[]> {
  const key = seedKey(seed);
  const lanes = await Promise.all(worlds.map((world) => openLane(world, key)));
  const { timeBudget } = worlds[0]!.parameters;
  for (let first = 0; first < users; first += BATCH) {
    const count = Math.min(BATCH, users - first);
    for (const { kernel } of lanes) {
      kernel.reset(first, count);
      kernel.observe(first, count, 0);
    }
    for (let time = 0; time < timeBudget; time++) {
      const slates = slatesOf(lanes[0]!, policy, { key, first, count, time });
      for (const lane of lanes) stepLane(lane, slates, { first, count, time });
    }
  }
  return lanes.map(({ observed }) => observed);
}

interface Lane {
  readonly kernel: KernelExports;
  readonly world: LongTermSatisfactionWorld;
  readonly observed: Observed;
}

async function openLane(world: LongTermSatisfactionWorld, key: Key): Promise<Lane> {
  const kernel = await instantiate();
  enterWorld(kernel, world.parameters, key);
  prepareBatch(kernel, world.parameters, key, BATCH);
  const exposures = Array.from({ length: world.parameters.timeBudget }, () => new PowerSums());
  const observed = { exposures, firstLogEngagement: new PowerSums(), clickedEducativeness: new PowerSums() };
  return { kernel, world, observed };
}

interface Moment {
  readonly first: number;
  readonly count: number;
  readonly time: number;
}

function stepLane({ kernel, world, observed }: Lane, slates: Int32Array, { first, count, time }: Moment): void {
  const { slateSize } = world.parameters;
  new Int32Array(kernel.memory.buffer, kernel.slatesPointer(), slates.length).set(slates);
  // Before the step: it puts the next candidates in their place.
  const shown = educativenessOnSlates(kernel, world, slates);
  kernel.step(first, count, time);
  const exposures = doubles(kernel, kernel.exposuresPointer(), BATCH);
  const engagements = doubles(kernel, kernel.engagementsPointer(), BATCH);
  const choices = new Int32Array(kernel.memory.buffer, kernel.choicesPointer(), BATCH);
  for (let user = 0; user < count; user++) {
    observed.exposures[time]!.add(exposures[user]!);
    observed.clickedEducativeness.add(shown[user * slateSize + choices[user]!]!);
    if (time === 0) observed.firstLogEngagement.add(Math.log(engagements[user]!));
  }
}

/** f64[users][slateSize] */
function educativenessOnSlates(
  kernel: KernelExports,
  world: LongTermSatisfactionWorld,
  slates: Int32Array,
): Float64Array {
  const { slateSize, numCandidates } = world.parameters;
  const stride = kernel.batchStride();
  const shown = doubles(kernel, kernel.educativenessPointer(), stride * numCandidates);
  return Float64Array.from(slates, (position, i) => shown[position * stride + Math.floor(i / slateSize)]!);
}

/** i32[users][slateSize] */
function slatesOf({ kernel, world }: Lane, policy: BuiltInPolicy, moment: Moment & { key: Key }): Int32Array {
  const { slateSize, numCandidates } = world.parameters;
  const { key, first, count, time } = moment;
  const slates = new Int32Array(BATCH * slateSize);
  if (policy.rule === "mix") {
    const stride = kernel.batchStride();
    const shown = doubles(kernel, kernel.educativenessPointer(), stride * numCandidates);
    const sign = policy.fromTop === 0 ? 1 : -1;
    for (let user = 0; user < count; user++)
      lowest({ shown, stride, numCandidates }, user, sign, slates, user * slateSize, slateSize);
    return slates;
  }
  // A policy that does not look may show the whole batch the same slate: each user's documents are independent of it.
  const unseen = Array.from({ length: numCandidates }, () => 0);
  const slate = selectSlate(policy, unseen, slateSize, wordSource(key, POLICY_STREAM, first), time);
  return slates.map((_, i) => slate[i % slateSize]!);
}

/** Positions of the `size` candidates with the lowest sign·k, rising: insertion into the part of the slate filled so far. */
function lowest(
  { shown, stride, numCandidates }: { shown: Float64Array; stride: number; numCandidates: number },
  user: number,
  sign: number,
  slates: Int32Array,
  start: number,
  size: number,
): void {
  for (let position = 0; position < numCandidates; position++) {
    const k = sign * shown[position * stride + user]!;
    let slot = start + Math.min(position, size);
    while (slot > start && sign * shown[slates[slot - 1]! * stride + user]! > k) {
      if (slot < start + size) slates[slot] = slates[slot - 1]!;
      slot -= 1;
    }
    if (slot < start + size) slates[slot] = position;
  }
}
