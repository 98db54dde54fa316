// Batches of compiled worlds: rows of numbers are what each environment shows, in batch environments and for batch policies.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  interestEvolution,
  interestExploration,
  simulate,
  type AgentPolicy,
  type BatchPolicy,
  type World,
} from "../../src/index.js";
import { hash64 } from "../../src/numeric/hash64.js";
import type { CompiledBatchObservation } from "../../src/worlds/compiled/index.js";
import { seeds } from "../support/arbitraries.js";
import { follow, scripts } from "../support/batchScripts.js";
import { compiledLanes, type CompiledLane } from "../support/compiledLanes.js";

const worlds: readonly World[] = [interestEvolution({ slateSize: 3, numCandidates: 4 }), interestExploration()];

/** Ranks the candidates by all bits of what is observed. */
function slateFor({ user, doc, response }: CompiledLane, slateSize: number): number[] {
  const keys = doc.map((document, position) => hash64(JSON.stringify([user, document, response, position])));
  return [...keys.keys()].toSorted((a, b) => (keys[a]! < keys[b]! ? -1 : 1)).slice(0, slateSize);
}

const inBatches: BatchPolicy = {
  name: "by all bits",
  fillSlates({ observation }, slates) {
    const lanes = compiledLanes(observation as CompiledBatchObservation);
    const slateSize = slates.length / lanes.length;
    lanes.forEach((lane, index) => slates.set(slateFor(lane, slateSize), index * slateSize));
  },
};

const oneByOne: AgentPolicy = {
  name: "by all bits",
  createAgent: ({ actionSpace: { slateSize } }) => ({
    beginEpisode: (observation) => slateFor(observation as CompiledLane, slateSize),
    step: (_reward, observation) => slateFor(observation as CompiledLane, slateSize),
    endEpisode: () => {},
  }),
};

describe.each(worlds)("$scenario", (world) => {
  test("a batch is so many single environments under Gymnasium's autoreset, whatever is done to it", async () => {
    await fc.assert(
      fc.asyncProperty(seeds, scripts, (seed, script) => follow(world, seed, script)),
      { numRuns: 30 },
    );
  });

  test("a batch policy sees what an agent sees", async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const options = { users: 5, steps: 9, seed };
        const [batch, agent] = [await simulate(world, inBatches, options), await simulate(world, oneByOne, options)];
        expect(batch.digest).toBe(agent.digest);
        expect(batch.metrics).toEqual(agent.metrics);
      }),
      { numRuns: 8 },
    );
  });
});
