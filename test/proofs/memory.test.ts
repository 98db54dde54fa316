// A run's memory does not grow with its users: at the end of 10^8 users it is what it was after 10^5.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { interestExploration, longTermSatisfaction, policies, simulate, type World } from "../../src/index.js";
import { BLOCK_USERS } from "../../src/statistics/blocks.js";
import { rewardWeights } from "../../src/statistics/rewardWeights.js";
import { enterWorld, prepareRollout } from "../../src/worlds/longTermSatisfaction/kernel/enterWorld.js";
import { seedKey } from "../../src/random/seedKey.js";
import { instantiate } from "../../src/worlds/longTermSatisfaction/kernel/kernelProgram.js";

const FEW = 100_000;
const MANY = 100_000_000;
/** What a block's totals take at least, in bytes, when somebody keeps them. */
const MIN_OF_A_BLOCK = 1000;
const KEY = seedKey("memory");

const worlds = [
  longTermSatisfaction(),
  longTermSatisfaction({ slateSize: 5, numCandidates: 50, noClickLogit: 0, timeBudget: 200 }),
  longTermSatisfaction({ slateSize: 32, numCandidates: 4096, resample: "episode", timeBudget: 2 }),
];

test.each(worlds)(
  "with $parameters.numCandidates candidates the kernel takes no more memory for the last of 10^8 users",
  async (world) => {
    const kernel = await instantiate();
    const { parameters, timeBudget: steps } = world;
    enterWorld(kernel, parameters, KEY);
    prepareRollout(kernel, parameters, KEY, policies.mix(1), {
      steps,
      estimator: "sampled",
      weights: rewardWeights(steps),
    });
    const simulateBlocks = (from: number, to: number): number => {
      for (let firstUser = from; firstUser < to; firstUser += BLOCK_USERS) {
        kernel.beginBlock();
        kernel.rollout(firstUser, Math.min(BLOCK_USERS, to - firstUser));
      }
      return kernel.memory.buffer.byteLength;
    };
    const blocks = Math.floor((MANY - FEW) / BLOCK_USERS);
    const afterFew = simulateBlocks(0, FEW);
    const afterMany = simulateBlocks(blocks * BLOCK_USERS, MANY);
    console.log(`kernel memory: ${afterFew} bytes after 10^5 users, ${afterMany} bytes after 10^8`);
    expect(afterMany).toBe(afterFew);
  },
);

const runs = [longTermSatisfaction(), interestExploration()].flatMap((world: World) =>
  [1, 2].map((workers) => ({ world, workers })),
);

test.each(runs)(
  "a run of $world.scenario with $workers workers does not keep what its blocks leave behind",
  async ({ world, workers }) => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const users = 4_000_000;
    const held: number[] = [];
    await simulate(world, policies.first(), {
      firstUser: MANY - users,
      users,
      steps: 15,
      seed: "memory",
      workers,
      onProgress: (done) => {
        if (done < FEW) return;
        collect();
        const { heapUsed, arrayBuffers } = process.memoryUsage();
        held.push(heapUsed + arrayBuffers);
      },
    });
    const blocks = users / BLOCK_USERS;
    expect(held.length).toBeGreaterThan(10); // of one look nothing grows
    // A look may find something on the stack that the next one does not, so the least of several is what is kept.
    // Blocks that are kept are two thirds of all by the first look of the last third.
    const third = Math.floor(held.length / 3);
    const first = Math.min(...held.slice(0, third));
    const growth = Math.min(...held.slice(-third)) - first;
    console.log(`held: ${first} bytes in the first third, ${growth} more in the last third of ${users} users`);
    expect(growth).toBeLessThan(blocks * MIN_OF_A_BLOCK * 0.5);
  },
);
