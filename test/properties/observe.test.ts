import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { longTermSatisfaction, policies, type LongTermSatisfactionWorld } from "../../src/index.js";
import { doubles, enterWorld, prepareBatch } from "../../src/worlds/longTermSatisfaction/kernel/enterWorld.js";
import { UserDigest } from "../../src/statistics/userDigest.js";
import { selectSlate } from "../../src/policies/selectSlate.js";
import { POLICY_STREAM, wordSource } from "../../src/random/address.js";
import { seedKey, type Seed } from "../../src/random/seedKey.js";
import type { LtsUser } from "../../src/worlds/longTermSatisfaction/ltsUser.js";
import type { LtsTypes } from "../../src/worlds/longTermSatisfaction/types.js";
import { Episode } from "../../src/world/episode.js";
import type { KernelExports } from "../../src/worlds/longTermSatisfaction/kernel/kernelExports.js";
import { instantiate } from "../../src/worlds/longTermSatisfaction/kernel/kernelProgram.js";
import { seeds, users, worlds } from "../support/arbitraries.js";

describe("the kernel's observe mode", () => {
  test("shows and simulates, index by index, the episodes of its twin under any slates from outside", async () => {
    const batch = fc.record({ from: users, count: fc.integer({ min: 1, max: 140 }), choose: fc.func(fc.nat()) });
    await fc.assert(
      fc.asyncProperty(worlds, seeds, batch, async (world, seed, { from, count, choose }) => {
        const firstUser = Math.min(from, 2 ** 32 - count);
        const { kernel, twins } = await openBatch(world, seed, firstUser, count);
        kernel.observe(firstUser, count, 0);
        twins.forEach((twin, lane) => compareShown(kernel, world, twin, lane));
        for (let time = 0; time < world.parameters.timeBudget; time++) {
          const slates = twins.map((_, lane) => someSlate(world, choose(lane, time)));
          new Int32Array(kernel.memory.buffer, kernel.slatesPointer(), slates.flat().length).set(slates.flat());
          kernel.step(firstUser, count, time);
          twins.forEach((twin, lane) => compareStep(kernel, twin, slates[lane]!, lane));
          twins.forEach((twin, lane) => compareShown(kernel, world, twin, lane));
        }
      }),
      { numRuns: 60 },
    );
  });

  test("ranks drawn documents as the rule mix does", async () => {
    const drawn = worlds.filter(({ parameters }) => parameters.resample !== "never");
    const batch = fc.record({ from: users, count: fc.integer({ min: 1, max: 70 }), part: fc.nat() });
    await fc.assert(
      fc.asyncProperty(drawn, seeds, batch, async (world, seed, { from, count, part }) => {
        const { slateSize } = world.parameters;
        const firstUser = Math.min(from, 2 ** 32 - count);
        const { kernel, twins } = await openBatch(world, seed, firstUser, count);
        const policy = policies.mix(part % (slateSize + 1));
        kernel.observe(firstUser, count, 0);
        kernel.rankSlates(part % (slateSize + 1), count);
        const slates = new Int32Array(kernel.memory.buffer, kernel.slatesPointer(), count * slateSize);
        twins.forEach(({ episode }, lane) => {
          const words = wordSource(seedKey(seed), POLICY_STREAM, firstUser + lane);
          const ranks = episode.documents.map(({ educativeness }) => educativeness);
          const expected = selectSlate(policy, ranks, slateSize, words, 0);
          expect([...slates.subarray(lane * slateSize, (lane + 1) * slateSize)]).toEqual(expected);
        });
      }),
      { numRuns: 60 },
    );
  });

  test("ranks equal documents by their positions", async () => {
    const world = longTermSatisfaction({ slateSize: 3, numCandidates: 9 });
    const { kernel } = await openBatch(world, 0, 0, 1);
    const stride = kernel.batchStride();
    const shown = doubles(kernel, kernel.educativenessPointer(), stride * 9);
    [0.5, 0.25, 0.5, 0.75, 0.25, 0, 0.75, 0, 0.75].forEach((k, position) => (shown[position * stride] = k));
    const slateOf = (mostEducational: number): number[] => {
      kernel.rankSlates(mostEducational, 1);
      return [...new Int32Array(kernel.memory.buffer, kernel.slatesPointer(), 3)];
    };
    expect(slateOf(3)).toEqual([3, 6, 8]);
    expect(slateOf(0)).toEqual([7, 5, 4]);
    expect(slateOf(1)).toEqual([3, 7, 5]);
  });
});

interface Twin {
  readonly episode: Episode<LtsTypes>;
  readonly user: LtsUser;
  readonly digest: UserDigest;
}

async function openBatch(world: LongTermSatisfactionWorld, seed: Seed, firstUser: number, count: number) {
  const kernel = await instantiate();
  const key = seedKey(seed);
  enterWorld(kernel, world.parameters, key);
  prepareBatch(kernel, world.parameters, key, count);
  kernel.reset(firstUser, count);
  const opened = world.open(key);
  const twins = Array.from({ length: count }, (_, lane): Twin => {
    const episode = new Episode(world, opened, key, firstUser + lane);
    return { episode, user: episode.user as LtsUser, digest: new UserDigest(firstUser + lane) };
  });
  return { kernel, twins };
}

/** Distinct positions, another set for every `number`. */
function someSlate({ parameters: { slateSize, numCandidates } }: LongTermSatisfactionWorld, number: number): number[] {
  return Array.from({ length: slateSize }, (_, slot) => (number + slot) % numCandidates);
}

function compareShown(
  kernel: KernelExports,
  world: LongTermSatisfactionWorld,
  { episode, user }: Twin,
  lane: number,
): void {
  const { numCandidates } = world.parameters;
  const stride = kernel.batchStride();
  const { documents } = episode;
  const column = (rows: ArrayLike<number>): number[] => {
    return Array.from({ length: numCandidates }, (_, position) => rows[position * stride + lane]!);
  };
  const shown = doubles(kernel, kernel.educativenessPointer(), stride * numCandidates);
  expectSame(
    column(shown),
    documents.map((document) => document.educativeness),
  );
  expectSame([doubles(kernel, kernel.observationsPointer(), stride)[lane]], user.observe());
  const clusters = new Uint8Array(kernel.memory.buffer, kernel.clustersPointer(), stride * numCandidates);
  expectSame(
    column(clusters),
    documents.map((document) => document.clusterId),
  );
}

function compareStep(kernel: KernelExports, { episode, user, digest }: Twin, slate: number[], lane: number): void {
  const { choice } = episode.step(slate);
  const { engagement } = user.describeStep();
  digest.foldReward(engagement, 0, 0);
  digest.foldState(user.exposure, choice, user.timeBudget);
  const stride = kernel.batchStride();
  expectSame(
    [
      new Int32Array(kernel.memory.buffer, kernel.choicesPointer(), stride)[lane],
      doubles(kernel, kernel.engagementsPointer(), stride)[lane],
      doubles(kernel, kernel.exposuresPointer(), stride)[lane],
      doubles(kernel, kernel.satisfactionsPointer(), stride)[lane],
      new BigUint64Array(kernel.memory.buffer, kernel.digestsPointer(), stride)[lane],
    ],
    [choice, engagement, user.exposure, user.satisfaction, digest.value],
  );
}

/** The same to the last bit. Asked of millions of numbers: `expect` is only called to show where lists differ. */
function expectSame(actual: readonly unknown[], expected: readonly unknown[]): void {
  const same = actual.length === expected.length && actual.every((value, i) => Object.is(value, expected[i]));
  if (!same) expect(actual).toStrictEqual(expected);
}
