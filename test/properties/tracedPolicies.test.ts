import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  agentNames,
  agentPolicy,
  makeWorld,
  parseAgent,
  longTermSatisfaction,
  policies,
  simulate,
  trace,
  type BatchPolicy,
  type LtsTypes,
  type RunPolicy,
  type Trace,
  type TraceStep,
} from "../../src/index.js";
import { digestText, UserDigest } from "../../src/statistics/userDigest.js";
import { curious, seeds, users, worlds } from "../support/arbitraries.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { ownWorlds } from "../support/ownWorlds.js";
import { fading } from "../support/playing.js";

/** The digest that this episode leaves in a run, where no click is the full slate's size. */
function digestOf({ user, parameters, steps }: Trace<LtsTypes>): string {
  const digest = new UserDigest(user);
  steps.forEach(({ slate, choice, engagement, exposure }, time) => {
    const slot = choice < slate.length ? choice : parameters.slateSize;
    digest.foldReward(engagement, 0, 0);
    digest.foldState(exposure, slot, parameters.timeBudget - time - 1);
  });
  return digestText(digest.value);
}

/** The numbers of a plain state, as they lie in it. */
function numbersOf(state: unknown): number[] {
  if (typeof state === "number") return [state];
  return Object.entries(state as object)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, part]) => numbersOf(part));
}

describe("an episode traced under a policy of one's own", () => {
  test.each<[string, RunPolicy<LtsTypes>]>([
    ["batch policy", curious],
    ["agent policy", fading],
  ])("is the episode that the user has in a run: %s", async (_, policy) => {
    await fc.assert(
      fc.asyncProperty(worlds, seeds, users, async (world, seed, user) => {
        const episode = trace(world, policy, { user, seed });
        const run = await simulate(world, policy, { users: 1, firstUser: user, seed });
        const last = episode.steps.at(-1)!;
        expect(digestOf(episode)).toBe(run.digest);
        expect(episode.policy).toBe(policy.name);
        expect(last.satisfaction).toBe(run.metrics.finalSatisfaction.mean);
        expect(episode.steps.map((step) => step.reward)).toEqual(run.metrics.perStep.engagement.mean);
      }),
      { numRuns: 50 },
    );
  });

  test.each(agentNames)("is that episode for the agent %s, which is told of its end", async (name) => {
    const world = makeWorld("lts-tradeoff", { noClickLogit: 0.2, timeBudget: 20 });
    const ends: number[] = [];
    const policy: RunPolicy<LtsTypes> = agentPolicy(name, (spaces, seed) => {
      const agent = parseAgent(name)(spaces as never, seed);
      return {
        beginEpisode: (seen) => agent.beginEpisode(seen),
        step: (reward, seen) => agent.step(reward, seen),
        endEpisode: (reward, seen) => {
          ends.push(reward);
          agent.endEpisode(reward, seen);
        },
      };
    });
    const episode = trace(world, policy, { user: 9, seed: "a" });
    const run = await simulate(world, policy, { users: 1, firstUser: 9, seed: "a" });
    expect(digestOf(episode)).toBe(run.digest);
    expect(ends).toEqual([episode.steps.at(-1)!.reward, episode.steps.at(-1)!.reward]);
  });

  test.each(Object.entries(ownWorlds))("is that episode in a custom world: %s", async (_, world) => {
    const inOrder: BatchPolicy = {
      name: "in order",
      fillSlates: ({ user }, slates) =>
        slates.forEach((_position, at) => (slates[at] = at % (slates.length / user.length))),
    };
    for (const policy of [policies.first(), policies.random(), inOrder, fading]) {
      for (const user of [0, 7, 2 ** 32 - 1]) {
        const { steps, ...header } = trace(world, policy, { user, seed: "c", steps: 4 });
        const run = await simulate(world, policy, { users: 1, firstUser: user, seed: "c", steps: 4 });
        const digest = new UserDigest(user);
        for (const { slate, choice, reward, state } of steps as readonly (TraceStep & { state: unknown })[]) {
          const numbers = numbersOf(state);
          digest.foldReward(reward, choice < slate.length ? choice : world.slateSize, numbers.length);
          for (const number of numbers) digest.foldState(number);
        }
        expect(digestText(digest.value)).toBe(run.digest);
        expect(steps.map(({ reward }) => reward)).toEqual(run.metrics.perStep.reward.mean);
        expect(steps).toHaveLength(run.metrics.episodeLength.mean);
        expect(header).toMatchObject({ scenario: world.scenario, policy: policy.name, user, seed: "c" });
      }
    }
  });

  test("has all steps of the time budget unless told otherwise", () => {
    const long = longTermSatisfaction({ timeBudget: 70 });
    expect(trace(long, policies.first(), { user: 1 }).steps).toHaveLength(70);
    expect(trace(long, policies.first(), { user: 1, steps: 65 }).steps).toHaveLength(65);
  });

  test("names the policy, step and user when it cannot go on", async () => {
    const world = makeWorld("lts");
    const idle: BatchPolicy = { name: "idle", fillSlates: () => {} };
    expect(await mistakesOf(() => trace(world, idle, { user: 4, seed: 1 }))).toEqual([
      'policy "idle" at step 0: "slates[user 4][slot 0]" expected an integer in [0, 9], got -1',
    ]);
    const broken = agentPolicy("broken", () => {
      throw new Error("no agent");
    });
    expect(() => trace(world, broken, { user: 4, seed: 1 })).toThrow(
      'policy "broken" failed at step 0 for user 4: no agent',
    );
    expect(await mistakesOf(() => trace(world, { ...idle, name: "" }, { user: -1, seed: 1 }))).toHaveLength(2);
  });
});
