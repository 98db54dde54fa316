import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { longTermSatisfaction, makeEnv, policies, scenarios, trace, type EnvOptions } from "../../src/index.js";
import { checkEnv } from "../../src/testing/index.js";
import { seeds, users, worldsWithPolicies } from "../support/arbitraries.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { ownWorlds } from "../support/ownWorlds.js";

const options: Record<string, EnvOptions> = {
  "as it comes": {},
  "with repeats": { allowRepeats: true },
  "cut off after 3 steps": { maxSteps: 3 },
};

describe.each(Object.entries({ ...scenarios, ...ownWorlds }))("an environment of %s", (_, world) => {
  test.each(Object.entries(options))("passes the check, %s", async (_name, given) => {
    await checkEnv(() => makeEnv(world, given), { numRuns: 8 });
  });
});

test("environments of any world pass the check", async () => {
  await fc.assert(
    fc.asyncProperty(worldsWithPolicies, ({ world }) => checkEnv(() => makeEnv(world), { numRuns: 1 })),
    { numRuns: 16 },
  );
});

describe("the life of a user", () => {
  test("is the one that the same user has in a run", async () => {
    await fc.assert(
      fc.asyncProperty(worldsWithPolicies, seeds, users, async ({ world, policy }, seed, user) => {
        const recorded = trace(world, policy, { seed, user });
        const env = await makeEnv(world, { seed, user });
        const { observation, info } = env.reset();
        expect(observation.user).toEqual([recorded.initial.observation]);
        const documentIds = recorded.steps[0]!.candidates.map(({ id }) => id);
        expect(info).toEqual({ seed: recorded.seed, user, step: 0, documentIds, choiceProbabilities: null });
        let seen = { observation, info };
        for (const [index, step] of recorded.steps.entries()) {
          const candidates = step.candidates.map(({ id, educativeness, clusterId }) => [id, educativeness, clusterId]);
          const shown = seen.observation.doc.map(({ educativeness, clusterId }, position) => {
            return [seen.info.documentIds[position], educativeness, clusterId];
          });
          expect(shown).toEqual(candidates);
          const result = env.step(step.slate);
          const responses = step.slate.map((position, slot) => {
            const click = slot === step.choice ? 1 : 0;
            const { clusterId } = step.candidates[position]!;
            return { click, engagement: click === 1 ? step.engagement : 0, clusterId };
          });
          expect(result.reward).toBe(step.reward);
          expect(result.observation.response).toEqual(responses);
          expect(result.observation.user).toEqual([step.observation]);
          expect(result.info.choiceProbabilities).toEqual(step.probabilities);
          expect(result.terminated).toBe(index === recorded.steps.length - 1);
          expect(result.truncated).toBe(false);
          seen = result;
        }
      }),
      { numRuns: 50 },
    );
  });

  test("goes from user to user, and begins anew with a new seed", async () => {
    const env = await makeEnv(longTermSatisfaction(), { seed: 3, user: 5 });
    const visited = [
      env.reset(),
      env.reset(),
      env.reset({ user: 90 }),
      env.reset(),
      env.reset({ seed: "b" }),
      env.reset(),
    ];
    expect(visited.map(({ info }) => [info.seed, info.user])).toEqual([
      ["3", 5],
      ["3", 6],
      ["3", 90],
      ["3", 91],
      ["b", 5],
      ["b", 6],
    ]);
  });
});

const world = longTermSatisfaction({ timeBudget: 4 });

/** How the steps of a life of four end. */
const endings = async (maxSteps?: number): Promise<string> => {
  const env = await makeEnv(world, maxSteps === undefined ? {} : { maxSteps });
  env.reset();
  const ends: string[] = [];
  for (let step = 0; step < Math.min(4, maxSteps ?? 4); step++) {
    const { terminated, truncated } = env.step([0]);
    ends.push([terminated && "terminated", truncated && "truncated"].filter(Boolean).join(" and ") || "on");
  }
  expect(await mistakesOf(() => env.step([0]))).toEqual([
    '"step" expected an open episode, got one that has ended: call reset',
  ]);
  return ends.join(" ");
};

describe("a step", () => {
  test("is truncated at the time limit, and terminated at the end, never both", async () => {
    expect(await endings()).toBe("on on on terminated");
    expect(await endings(2)).toBe("on truncated");
    expect(await endings(4)).toBe("on on on terminated");
  });

  test("is worth what a reward of one's own says", async () => {
    const env = await makeEnv(world, { reward: (responses) => responses.filter(({ click }) => click).length });
    env.reset();
    expect([env.step([0, 1]).reward, env.step([]).reward]).toEqual([1, 0]);
  });

  test("lives the same with another slate on the same noise", async () => {
    const env = await makeEnv(world, { seed: 1 });
    const shown = env.reset().observation.doc.map(({ educativeness }) => educativeness);
    const fork = env.fork();
    const [one, other] = [env.step([0]), fork.step([1])];
    expect(one.observation.doc).toEqual(other.observation.doc);
    const normalOf = (engagement: number, k: number): number => {
      const satisfaction = trace(world, policies.first(), { seed: 1, user: 0 }).initial.satisfaction;
      return Math.log(engagement) - satisfaction * (k * 4 + (1 - k) * 5);
    };
    expect(normalOf(one.reward, shown[0]!)).toBeCloseTo(normalOf(other.reward, shown[1]!), 10);
  });

  test("refuses slates by slot, rule and value", async () => {
    const env = await makeEnv(world);
    expect(await mistakesOf(() => env.step([0]))).toEqual([
      '"step" expected an open episode, got none: call reset first',
    ]);
    env.reset();
    const refused: [unknown, string][] = [
      [[0, 1, 2, 3], '"slate" expected at most 3 positions (slateSize), got [0,1,2,3]'],
      [[0, 10], '"slate[1]" expected an integer in [0, 9], got 10'],
      [[0.5], '"slate[0]" expected an integer in [0, 9], got 0.5'],
      [[4, 4], '"slate[1]" expected a position that is not on the slate yet, got 4'],
      ["012", '"slate" expected a list of positions, got "012"'],
    ];
    for (const [slate, mistake] of refused) expect(await mistakesOf(() => env.step(slate as never))).toEqual([mistake]);
    const lenient = await makeEnv(world, { allowRepeats: true });
    lenient.reset();
    expect(lenient.step([4, 4]).observation.response).toHaveLength(2);
  });
});

describe("bad input", () => {
  test("to an environment is refused with every mistake", async () => {
    const given = { seed: "", user: -1, maxSteps: 0, reward: 1, allowRepeats: "no", sead: 1 };
    expect(await mistakesOf(() => makeEnv(world, given as never))).toEqual([
      '"sead" is not an environment option (did you mean "seed"?)',
      '"seed" expected a text that is not empty, or a finite number, got ""',
      '"user" expected an integer in [0, 4294967295], got -1',
      '"maxSteps" expected an integer in [1, 4294967295], got 0',
      '"reward" expected a function, got 1',
      '"allowRepeats" expected true or false, got "no"',
    ]);
    expect(await mistakesOf(() => makeEnv({ ...world } as never))).toHaveLength(1);
    const env = await makeEnv(world);
    expect(await mistakesOf(() => env.reset({ user: 2 ** 32, seed: NaN }))).toHaveLength(2);
    expect(await mistakesOf(() => env.reset({ usr: 1 } as never))).toEqual([
      '"usr" is not a reset option (did you mean "user"?)',
    ]);
  });

  test("after the last user, a reset is refused until another is asked for", async () => {
    const env = await makeEnv(world, { user: 2 ** 32 - 1 });
    env.reset();
    expect(await mistakesOf(() => env.reset())).toEqual([
      '"user" expected an integer in [0, 4294967295], got 4294967296',
    ]);
    expect(env.reset({ user: 0 }).info.user).toBe(0);
  });

  test("snapshots of other worlds, versions and things are refused, and change nothing", async () => {
    const env = await makeEnv(world);
    env.reset();
    env.step([0]);
    const snapshot = env.snapshot() as Record<string, unknown>;
    const foreign: [unknown, RegExp][] = [
      [null, /"snapshot" expected an object/],
      [{}, /"format" expected/],
      [{ ...snapshot, world: "0" }, /"world" expected "[0-9a-f]{16}", got "0"/],
      [{ ...snapshot, streamVersion: 1 }, /"streamVersion" expected/],
      [{ ...snapshot, user: -1, seed: "" }, /"seed" expected/],
      [{ ...snapshot, state: { time: 1, user: { exposure: null } } }, /"exposure" expected a finite number, got null/],
      [
        { ...snapshot, state: { time: 1, user: { exposure: 0, satisfaction: 1.5 } } },
        /"satisfaction" expected .* got 1.5/,
      ],
      [{ ...snapshot, state: { time: -1, user: {} } }, /"time" expected/],
      [{ ...snapshot, state: { time: 5, user: {} } }, /"time" expected an integer in \[0, 4\], got 5/],
    ];
    for (const [given, mistake] of foreign) {
      expect((await mistakesOf(() => env.restore(given as never))).join("\n")).toMatch(mistake);
      expect(env.snapshot()).toEqual(snapshot);
    }
  });

  test("a life at its end has ended, whatever its snapshot says", async () => {
    const env = await makeEnv(world);
    env.reset();
    for (let step = 0; step < 4; step++) env.step([0]);
    env.restore({ ...(env.snapshot() as object), ended: false });
    expect(await mistakesOf(() => env.step([0]))).toHaveLength(1);
  });

  test("a snapshot from before the first life begins with the users that it would have begun with", async () => {
    const [early, env] = [await makeEnv(world, { seed: 3, user: 5 }), await makeEnv(world)];
    env.reset();
    env.restore(early.snapshot());
    expect(await mistakesOf(() => env.step([0]))).toEqual([
      '"step" expected an open episode, got none: call reset first',
    ]);
    expect(env.reset()).toEqual(early.reset());
  });

  test("a life restored beyond the time limit has ended", async () => {
    const [env, brief] = [await makeEnv(world), await makeEnv(world, { maxSteps: 2 })];
    env.reset();
    for (const ended of [false, false, true, true]) {
      brief.restore(env.snapshot());
      expect(brief.snapshot()).toMatchObject({ ended });
      env.step([0]);
    }
  });

  test("options are heard once: whoever changes them later on changes nothing", async () => {
    const given = { maxSteps: 2, allowRepeats: false };
    const env = await makeEnv(world, given);
    Object.assign(given, { maxSteps: 9, allowRepeats: true, user: -1 });
    for (const one of [env, env.fork()]) {
      one.reset({ seed: 1 });
      expect(await mistakesOf(() => one.step([4, 4]))).toHaveLength(1);
      expect([one.step([0]).truncated, one.step([0]).truncated]).toEqual([false, true]);
    }
  });

  test("rewards of one's own that sums could not hold are refused", async () => {
    for (const worth of [NaN, Infinity, 1e101, "1", undefined] as never[]) {
      const env = await makeEnv(world, { reward: () => worth });
      env.reset();
      expect((await mistakesOf(() => env.step([0])))[0]).toMatch(
        /^"reward" expected a number in \[-1e\+100, 1e\+100\], got /,
      );
    }
  });
});
