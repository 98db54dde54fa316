// Leads a batch and as many single environments side by side, and expects the same of both, bit for bit.
import fc from "fast-check";
import { expect } from "vitest";
import {
  InvalidInput,
  makeBatchEnv,
  type AutoresetMode,
  type BatchEnv,
  type BatchReset,
  type BatchStep,
  type LtsBatchObservation,
  type Observation,
  type ObservationOf,
  type Seed,
  type World,
} from "../../src/index.js";
import type { CompiledBatchObservation } from "../../src/worlds/compiled/index.js";
import type { LtsTypes } from "../../src/worlds/longTermSatisfaction/types.js";
import { wordSource } from "../../src/random/address.js";
import { Draws } from "../../src/random/draws.js";
import { seedKey } from "../../src/random/seedKey.js";
import { compiledLanes } from "./compiledLanes.js";
import { VectorEnv, type LaneStep, type LaneView } from "./vectorEnv.js";

const deeds = ["step", "stepInto", "reset some", "reset all", "reset to user", "break a slate"] as const;

/** What is done to a batch, one deed after the other; `dice` decides on the numbers. */
export const scripts = fc.record({
  autoreset: fc.constantFrom<AutoresetMode>("nextStep", "sameStep", "disabled"),
  users: fc.integer({ min: 1, max: 7 }),
  user: fc.oneof(fc.nat(2 ** 31), fc.constantFrom(0, 2 ** 32 - 1000)),
  maxSteps: fc.option(fc.integer({ min: 1, max: 5 })),
  allowRepeats: fc.boolean(),
  deeds: fc.array(fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...deeds) }, fc.constantFrom("step", "stepInto")), {
    minLength: 4,
    maxLength: 24,
  }),
  dice: fc.integer(),
});

type Script = typeof scripts extends fc.Arbitrary<infer T> ? T : never;

export async function follow(world: World, seed: Seed, script: Script): Promise<void> {
  const { autoreset, users, user, maxSteps, allowRepeats, dice } = script;
  const chance = (turn: number, lane = -1): number =>
    new Draws(wordSource(seedKey(dice), lane, turn), 0).integer(2 ** 31);
  const options = { seed, user, allowRepeats, ...(maxSteps === null ? {} : { maxSteps }) };
  const batch: BatchEnv<unknown> = await makeBatchEnv(world, { ...options, users, autoreset });
  const vector = await VectorEnv.open(world, users, autoreset, options);
  const all = Array.from({ length: users }, () => true);
  let last: BatchStep<unknown> | undefined;
  let shown: unknown;
  const expectViews = (reset: BatchReset<unknown>, views: readonly LaneView[]): void => {
    shown = reset.observation;
    expectShown(world, reset, views);
  };
  vector.goTo(user);
  expectViews(batch.reset(), vector.reset(all));
  script.deeds.forEach((deed, turn) => {
    const resetSome = (some: readonly boolean[]): void => {
      if (some.includes(true))
        expectViews(batch.reset({ resetMask: Uint8Array.from(some, Number) }), vector.reset(some));
    };
    if (deed === "reset all") return expectViews(batch.reset(), vector.reset(all));
    if (deed === "reset some") return resetSome(all.map((_, lane) => chance(turn, lane) % 3 === 0));
    if (deed === "reset to user") {
      vector.goTo(chance(turn));
      return expectViews(batch.reset({ user: chance(turn) }), vector.reset(all));
    }
    if (autoreset === "disabled") resetSome(vector.looking.map((looking) => !looking));
    const slates = all.map((_, lane) => someSlate(world, chance(turn, lane), allowRepeats && chance(turn) % 2 === 0));
    if (deed === "break a slate") {
      const before = lanesOf(world, shown, users);
      refuseBroken(batch, slates, vector.looking, chance(turn));
      expect(lanesOf(world, shown, users)).toEqual(before);
    }
    // What is not looked at may be anything.
    const flat = Int32Array.from(slates.flatMap((slate, lane) => (vector.looking[lane] ? slate : slate.map(() => -7))));
    last = deed === "stepInto" && last !== undefined ? batch.stepInto(flat, last) : batch.step(flat);
    shown = last.observation;
    expectLived(world, last, vector.step(slates));
  });
}

function someSlate({ slateSize, numCandidates }: World, number: number, repeats: boolean): number[] {
  return Array.from({ length: slateSize }, (_, slot) => (number + (repeats ? 0 : slot)) % numCandidates);
}

/** Breaks one slot of a slate that is looked at: the step is refused by name. */
function refuseBroken(
  batch: BatchEnv<unknown>,
  slates: readonly (readonly number[])[],
  looking: readonly boolean[],
  number: number,
): void {
  const { numCandidates, slateSize } = batch.actionSpace;
  const lane = looking.indexOf(true);
  if (lane < 0) return;
  const slot = number % slateSize;
  const broken = Int32Array.from(slates.flat());
  broken[lane * slateSize + slot] = [numCandidates, -1, 2 ** 31 - 1, -(2 ** 31)][number % 4]!;
  const sentence = `"slates[environment ${lane}][slot ${slot}]" expected an integer in [0, ${numCandidates - 1}]`;
  expect(() => batch.step(broken)).toThrow(InvalidInput);
  expect(() => batch.step(broken)).toThrow(sentence);
}

function expectShown(world: World, { observation, info }: BatchReset<unknown>, views: readonly LaneView[]): void {
  expect(lanesOf(world, observation, views.length)).toEqual(views.map((view) => laneOf(world, view.observation)));
  expect([...info.user]).toEqual(views.map(({ user }) => user));
  expect([...info.step]).toEqual(views.map(({ step }) => step));
}

function expectLived(world: World, result: BatchStep<unknown>, lanes: readonly LaneStep[]): void {
  expectShown(world, result, lanes);
  expect([...result.reward]).toEqual(lanes.map(({ reward }) => reward));
  expect([...result.terminated]).toEqual(lanes.map(({ terminated }) => Number(terminated)));
  expect([...result.truncated]).toEqual(lanes.map(({ truncated }) => Number(truncated)));
  const finals = lanes.map(({ finalObservation }) => finalObservation);
  if (finals.every((final) => final === null)) return expect(result.finalObservation).toBe(null);
  const seen = lanesOf(world, result.finalObservation, lanes.length);
  finals.forEach((final, lane) => final && expect(seen[lane]).toEqual(laneOf(world, final)));
}

/** What each lane of a batch shows: of compiled worlds and of the long-term satisfaction world column by column. */
function lanesOf(world: World, observation: unknown, users: number): unknown[] {
  if (world.userDefined) return observation as unknown[];
  if ("begun" in (observation as object)) return compiledLanes(observation as CompiledBatchObservation);
  const { educativeness, clusterId, satisfaction, choice, engagement } = observation as LtsBatchObservation;
  return Array.from({ length: users }, (_, lane) => ({
    educativeness: educativeness.map((row) => row[lane]),
    clusterId: clusterId.map((row) => row[lane]),
    satisfaction: satisfaction[lane],
    choice: choice[lane],
    engagement: engagement[lane],
  }));
}

/** The same of what a single environment shows. */
function laneOf(world: World, observation: Observation): unknown {
  if (world.userDefined || !Array.isArray(observation.user)) return observation; // only long-term satisfaction has a list
  const { user, doc, response } = observation as ObservationOf<LtsTypes>;
  const clicked = response?.findIndex(({ click }) => click === 1) ?? -1;
  return {
    educativeness: doc.map((document) => document.educativeness),
    clusterId: doc.map((document) => document.clusterId),
    satisfaction: user[0],
    choice: response !== null && clicked < 0 ? world.slateSize : clicked,
    engagement: response?.[clicked]?.engagement ?? 0,
  };
}
