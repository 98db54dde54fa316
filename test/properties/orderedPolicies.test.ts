// Policies that rank candidates by the user's score of them or by a field, in every world.
import { describe, expect, test } from "vitest";
import {
  compare,
  interestEvolution,
  interestExploration,
  longTermSatisfaction,
  makeWorld,
  parsePolicy,
  policies,
  scenarios,
  simulate,
  trace,
  type BuiltInPolicy,
  type World,
} from "../../src/index.js";
import { seedKey } from "../../src/random/seedKey.js";
import { Episode } from "../../src/world/episode.js";
import { differing } from "../support/differingWorlds.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { ownWorlds } from "../support/ownWorlds.js";

/** Numeric fields of documents, by world. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  "interest evolution": ["clusterId", "quality"],
  "interest exploration": ["clusterId", "quality"],
  "films drawn every step": ["length", "genre"],
  "films drawn once a user": ["length", "genre"],
  "films drawn once for all": ["length", "genre"],
  counting: [], // documents are numbers
  podcasts: ["minutes", "topic", "quality"],
};

const worlds: Readonly<Record<string, World>> = {
  ...(scenarios as Readonly<Record<string, World>>),
  "lts of users who differ": makeWorld("lts-tradeoff", differing["state and engagement"]!) as World,
  "interest evolution": interestEvolution(),
  "interest exploration": interestExploration(),
  ...ownWorlds,
};

/** Positions by falling numbers, of equals the earlier first. */
function descending(numbers: readonly number[]): number[] {
  return numbers.map((_, position) => position).toSorted((a, b) => numbers[b]! - numbers[a]! || a - b);
}

const SEED = "orders";

/** Calls `visit` with the episode before each of a user's steps under a policy, and the slate that is shown. */
function replay(world: World, policy: BuiltInPolicy, user: number, visit: (episode: Episode, slate: number[]) => void) {
  const { steps } = trace(world, policy, { user, seed: SEED, steps: Math.min(world.timeBudget, 6) });
  const key = seedKey(SEED);
  const episode = new Episode(world, world.open(key), key, user);
  for (const { slate } of steps) {
    visit(episode, [...slate]);
    episode.step(slate);
  }
  return steps.length;
}

const first = { users: 130, seed: SEED };

describe.each(Object.entries(worlds))("the world %s", (name, world) => {
  const steps = Math.min(world.timeBudget, 6);

  test.runIf(world.hasScores)("shows the highest scores under greedy, which are the likeliest clicks", () => {
    for (const user of [0, 1, 64]) {
      const taken = replay(world, policies.greedy(), user, (episode, slate) => {
        const scores = episode.documents.map((document) => episode.user.score(document));
        expect(slate).toEqual(descending(scores).slice(0, world.slateSize));
      });
      expect(taken).toBeGreaterThan(0);
    }
    for (const { probabilities } of trace(world, policies.greedy(), { user: 3, seed: SEED, steps }).steps) {
      const clicks = probabilities.slice(0, -1);
      expect(clicks.toSorted((a, b) => b - a)).toEqual(clicks);
    }
  });

  test("shows the highest values of a field under greedy(field), with mix(m, field) the lowest, too", () => {
    const fields = FIELDS[name] ?? ["educativeness", "clusterId"];
    expect(world.documentFields.names).toEqual(fields);
    for (const field of fields) {
      const expected = (episode: Episode): number[] =>
        descending(episode.documents.map((document) => Number(Reflect.get(document as object, field))));
      replay(world, policies.greedy(field), 7, (episode, slate) => {
        expect(slate).toEqual(expected(episode).slice(0, world.slateSize));
      });
      replay(world, policies.mix(1, field), 7, (episode, slate) => {
        const order = expected(episode);
        expect(slate).toEqual([order[0]!, ...order.toReversed()].slice(0, world.slateSize));
      });
    }
  });

  test.runIf(world.rank !== undefined)("has one digest by the rank and by the field that is the rank", async () => {
    const field = world.documentFields.names.includes("quality") ? "quality" : "educativeness";
    const options = { ...first, steps };
    for (const [byRank, byField] of [
      [policies.mix(1), policies.mix(1, field)],
      [policies.mostEducational(), policies.greedy(field)],
    ] as const) {
      const [ranked, ordered] = [await simulate(world, byRank, options), await simulate(world, byField, options)];
      expect(ordered.digest).toBe(ranked.digest);
      expect(ordered.metrics.totalReward.mean).toBe(ranked.metrics.totalReward.mean);
    }
  });
});

describe("runs", () => {
  test("under the estimators agree with what is sampled, and one in threads has the same bits", async () => {
    const world = scenarios["lts-tradeoff"];
    const options = { users: 8_192, steps: 6, seed: SEED };
    for (const policy of [policies.greedy(), policies.mix(2, "clusterId")]) {
      const sampled = await simulate(world, policy, options);
      expect((await simulate(world, policy, { ...options, workers: 2 })).digest).toBe(sampled.digest);
      for (const estimator of ["expected", "controlled"] as const) {
        const { digest, metrics } = await simulate(world, policy, { ...options, estimator });
        expect(digest).toBe(sampled.digest);
        const [own, others] = [metrics.totalReward, sampled.metrics.totalReward];
        expect(Math.abs(own.mean - others.mean)).toBeLessThan(4 * others.standardError);
        expect(own.standardError).toBeLessThan(others.standardError);
      }
    }
  });

  test("are compared with each other by name", async () => {
    const { policies: compared } = await compare(
      interestEvolution(),
      [policies.greedy(), policies.greedy("quality"), policies.random()],
      { users: 400, seed: SEED },
    );
    expect(compared.map(({ policy }) => policy)).toEqual(["greedy", "greedy(quality)", "random"]);
  });
});

function refusal(world: World, policy: BuiltInPolicy) {
  return mistakesOf(() => simulate(world, policy, { ...first, steps: 2 }));
}

describe("refused", () => {
  const rule = '"policy" expected one that ranks by a numeric field of the documents';

  test("are fields that documents do not have, and vectors", async () => {
    expect(await refusal(scenarios.lts as World, policies.greedy("quality"))).toEqual([
      `${rule} (educativeness, clusterId), got "greedy(quality)"`,
    ]);
    expect(await refusal(interestEvolution(), policies.mix(9, "features"))).toEqual([
      `${rule} (clusterId, quality), got "mix(9, features)"`,
      '"policy" expected mix(m, field) with an integer m in [0, 2] (slateSize), got "mix(9, features)"',
    ]);
    expect(await refusal(ownWorlds["counting"]!, policies.greedy("constructor"))).toEqual([
      `${rule} (there are none), got "greedy(constructor)"`,
    ]);
  });

  test("are scores where users click the first slot, and orders that are none", async () => {
    const world = longTermSatisfaction({ equations: "chocKale" }) as World;
    expect(await refusal(world, policies.greedy())).toEqual([
      '"policy" expected another policy in a world whose users give no scores, as they click the first slot, got "greedy"',
    ]);
    const strange = { ...policies.greedy(), by: 5 } as unknown as BuiltInPolicy;
    expect(await refusal(scenarios.lts as World, strange)).toEqual([
      '"policy.by" expected "score" or { field }, got 5',
    ]);
    expect(await refusal(scenarios.lts as World, policies.greedy(7 as never))).toHaveLength(1);
    const unranked = { ...policies.first(), by: { field: "none" } }; // which says nothing
    const [run, plain] = [await simulate(interestEvolution(), unranked, first), policies.first()];
    expect(run.digest).toBe((await simulate(interestEvolution(), plain, first)).digest);
  });

  test.each(["greedy()", "greedy(a b)", "greedy(2, a)", "mix(a)", "mix(2,)", "mix(1000, a)", "Greedy", "greedy(1a)"])(
    "is the name %s",
    (text) => {
      expect(() => parsePolicy(text)).toThrow('"policy" expected');
    },
  );

  test("are not spaces about a field", () => {
    for (const text of ["mix(2,quality)", "mix( 2 , quality )"])
      expect(parsePolicy(text)).toEqual(policies.mix(2, "quality"));
    expect(parsePolicy("greedy( quality )")).toEqual(policies.greedy("quality"));
  });
});
