import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  agentNames,
  agentPolicy,
  makeWorld,
  parseAgent,
  simulate,
  trace,
  type BatchPolicy,
  type LtsRunPolicy,
  type Trace,
} from "../../src/index.js";
import { digestText, UserDigest } from "../../src/statistics/userDigest.js";
import { seeds, users, worlds } from "../support/arbitraries.js";
import { mistakesOf } from "../support/mistakesOf.js";

/** Orders the positions by numbers that hang on everything that is shown, and on draws. */
const curious: BatchPolicy = {
  name: "curious",
  fillSlates({ user, step, observation, draws }, slates) {
    const { educativeness, clusterId, satisfaction, choice, engagement } = observation;
    const slateSize = slates.length / user.length;
    for (let lane = 0; lane < user.length; lane++) {
      const seen = step + satisfaction[lane]! * 3 + choice[lane]! * 0.7 + (engagement[lane]! % 1);
      const sway = seen + draws(lane).uniform();
      const scores = educativeness.map((row, at) => ((row[lane]! + clusterId[at]![lane]! * 0.3) * (1 + sway) * 7) % 1);
      const positions = scores.map((_, at) => at).toSorted((a, b) => scores[a]! - scores[b]! || a - b);
      slates.set(positions.slice(0, slateSize), lane * slateSize);
    }
  },
};

/** Shows fewer documents step by step, down to none. */
const fading = agentPolicy("fading", ({ actionSpace }) => {
  let size = actionSpace.slateSize;
  const next = (): number[] => Array.from({ length: size }, (_, slot) => slot);
  const step = (): number[] => {
    size = Math.max(0, size - 1);
    return next();
  };
  return { beginEpisode: next, step, endEpisode: () => {} };
});

/** The digest that this life leaves in a run, where no click is the full slate's size. */
function digestOf({ user, parameters, steps }: Trace): string {
  const digest = new UserDigest(user);
  steps.forEach(({ slate, choice, engagement, exposure }, time) => {
    const slot = choice < slate.length ? choice : parameters.slateSize;
    digest.fold(slot, engagement, exposure, parameters.timeBudget - time - 1);
  });
  return digestText(digest.value);
}

describe("a life traced under a policy of one's own", () => {
  test.each<[string, LtsRunPolicy]>([
    ["batch policy", curious],
    ["agent policy", fading],
  ])("is the life that the user lives in a run: %s", async (_, policy) => {
    await fc.assert(
      fc.asyncProperty(worlds, seeds, users, async (world, seed, user) => {
        const life = trace(world, policy, { user, seed });
        const run = await simulate(world, policy, { users: 1, firstUser: user, seed });
        const last = life.steps.at(-1)!;
        expect(digestOf(life)).toBe(run.digest);
        expect(life.policy).toBe(policy.name);
        expect(last.satisfaction).toBe(run.metrics.finalSatisfaction.mean);
        expect(life.steps.map((step) => step.reward)).toEqual(run.metrics.perStep.engagement.mean);
      }),
      { numRuns: 50 },
    );
  });

  test.each(agentNames)("is that life for the agent %s, which is told of its end", async (name) => {
    const world = makeWorld("lts-tradeoff", { noClickLogit: 0.2, timeBudget: 20 });
    const ends: number[] = [];
    const policy: LtsRunPolicy = agentPolicy(name, (spaces, seed) => {
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
    const life = trace(world, policy, { user: 9, seed: "a" });
    const run = await simulate(world, policy, { users: 1, firstUser: 9, seed: "a" });
    expect(digestOf(life)).toBe(run.digest);
    expect(ends).toEqual([life.steps.at(-1)!.reward, life.steps.at(-1)!.reward]);
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
