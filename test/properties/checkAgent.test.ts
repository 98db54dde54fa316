// Every property of checkAgent is violated by one agent at least.
import { describe, expect, test } from "vitest";
import { makeEnv, type CreateAgent } from "../../src/index.js";
import { checkAgent } from "../../src/testing/index.js";
import { broken, smallWorld as small } from "../support/brokenAgents.js";
import { mistakesOf } from "../support/mistakesOf.js";

let calls = 0;

const breakers: Record<string, CreateAgent[]> = {
  "slates are in the action space, and observations stay as they were": [
    broken(() => ({ step: () => [0, 0] })),
    broken((sound) => ({
      step(reward, observation) {
        (observation as { user: unknown }).user = 0;
        return sound.step(reward, observation);
      },
    })),
  ],
  "the same episodes give the same slates": [broken(() => ({ step: () => [calls++ % 3] }))],
  "a snapshot is plain data and resumes as the original": [
    broken(() => {
      const live = { agent: "broken", steps: 0 };
      return { step: () => [live.steps++ % 3], snapshot: () => live, restore: () => {} };
    }),
    broken(() => {
      let own = { agent: "broken", steps: 0 };
      return {
        step: () => [own.steps++ % 3],
        snapshot: () => ({ ...own }),
        restore: (snapshot) => void (own = snapshot as typeof own), // and counts in somebody else's snapshot
      };
    }),
  ],
  "a snapshot in the middle of an episode resumes there": [
    broken(() => {
      let step = 0; // in no snapshot, and 0 whenever an episode begins
      return { beginEpisode: () => [(step = 0)], step: () => [++step % 3] };
    }),
  ],
  "anything but a snapshot of this agent is refused and changes nothing": [
    broken(() => ({ restore: () => {} })),
    broken((sound) => ({
      restore(snapshot) {
        if (Object.hasOwn(Object(snapshot), "agent"))
          sound.restore({ ...(sound.snapshot() as object), ...Object(snapshot) });
        else throw new Error("foreign");
      },
    })),
    broken(() => {
      let steps = 0;
      return {
        beginEpisode: () => [(steps += 1) % 3],
        snapshot: () => ({ agent: "broken", steps }),
        restore(snapshot) {
          const given = (snapshot ?? { steps: 99 }) as { agent?: string; steps?: number };
          steps = given.steps ?? steps; // before it is looked at; the next that is refused puts it right
          if (given.agent === undefined || given.steps === undefined) throw new Error("foreign");
        },
      };
    }),
  ],
};

describe("checkAgent finds an agent that violates a property:", () => {
  test.each(Object.entries(breakers))("%s", async (property, creators) => {
    for (const create of creators) {
      await expect(checkAgent(create, () => makeEnv(small), { seed: 1 })).rejects.toThrow(`\n\n${property}\n`);
    }
  });
});

test("what makes no agents is refused, and slates that are none by what they are", async () => {
  expect(
    await mistakesOf(() =>
      checkAgent(
        () => null as never,
        () => makeEnv(small),
      ),
    ),
  ).toEqual([
    '"create" expected a function that returns an agent, with beginEpisode, step, endEpisode, snapshot, restore, got null',
  ]);
  const none = broken(() => ({ beginEpisode: () => undefined as never }));
  await expect(checkAgent(none, () => makeEnv(small), { numRuns: 2 })).rejects.toThrow(
    '"slate" expected a list of positions, got undefined',
  );
});
