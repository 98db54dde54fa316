// What is merged must differ in nothing but its users, and what is compared must be told apart by its name.
import { describe, expect, test } from "vitest";
import {
  agentPolicy,
  agents,
  compare,
  longTermSatisfaction,
  mergeRuns,
  policies,
  scenarios,
  simulate,
  type BatchPolicy,
  type BuiltInPolicy,
  type LtsTypes,
  type Run,
  type RunOptions,
} from "../../src/index.js";
import { timingOf } from "../../src/montecarlo/timing.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { faultyWorld, filmWorld } from "../support/ownWorlds.js";

const world = longTermSatisfaction();
const sensitive = longTermSatisfaction({ sensitivity: 0.5 });
const first = policies.first();
const own = filmWorld();

const inOrder: BatchPolicy = {
  name: "in order",
  fillSlates: ({ user }, slates) => slates.forEach((_, at) => (slates[at] = at % (slates.length / user.length))),
};

function make(options: RunOptions, policy: BuiltInPolicy = first, inWorld = world): Promise<Run> {
  return simulate(inWorld, policy, options);
}

describe("mergeRuns sees that another", () => {
  const left = { users: 4, steps: 3, seed: "a" };
  const right = { ...left, firstUser: 4 };

  test.each<[string, () => Promise<Run>, string[]]>([
    ["policy", () => make(right, policies.random()), ['"policy" expected "first" in both runs, got "random"']],
    ["steps", () => make({ ...right, steps: 2 }), ['"steps" expected 3 in both runs, got 2']],
    ["seed", () => make({ ...right, seed: "b" }), ['"seed" expected "a" in both runs, got "b"']],
    [
      "engine",
      () => make({ ...right, engine: "reference" }),
      ['"engine" expected "kernel" in both runs, got "reference"'],
    ],
    [
      "estimator",
      () => make({ ...right, estimator: "expected" }),
      ['"estimator" expected undefined in both runs, got "expected"'],
    ],
    [
      "parameter",
      () => make(right, first, sensitive),
      [`"world" expected "${world.hash}" in both runs, got "${sensitive.hash}"`, "the runs' parameters differ"],
    ],
    [
      "scenario",
      () => make(right, first, scenarios["lts-tradeoff"]),
      [
        '"scenario" expected "lts" in both runs, got "lts-tradeoff"',
        `"world" expected "${world.hash}" in both runs, got "${scenarios["lts-tradeoff"].hash}"`,
        "the runs' parameters differ",
      ],
    ],
    ["user", () => make({ ...right, firstUser: 5 }), ['"firstUser" expected 4, the user after the first run, got 5']],
  ])("%s was run", async (_, other, mistakes) => {
    const run = await make(left);
    expect(await mistakesOf(async () => mergeRuns(run, await other()))).toEqual(mistakes);
    expect(await mistakesOf(async () => mergeRuns(run, await make(right)))).toEqual([]);
  });

  test("in custom worlds too", async () => {
    const run = await simulate(own, first, left);
    const others = [
      simulate(own, policies.random(), right),
      simulate(own, first, { ...right, steps: 2 }),
      simulate(own, first, { ...right, seed: "b" }),
      simulate(faultyWorld({}), first, right),
      simulate(faultyWorld({ name: "films" }), first, right),
      simulate(own, first, left),
    ];
    const told = others.map(async (other) => mistakesOf(async () => mergeRuns(run, await other)));
    expect((await Promise.all(told)).map((mistakes) => mistakes.map((each) => each.split(" ")[0]))).toEqual([
      ['"policy"'],
      ['"steps"'],
      ['"seed"'],
      ['"scenario"', '"world"', "the"],
      ['"world"', "the"],
      ['"firstUser"'],
    ]);
  });

  test("nothing in a run and the one right after it, whose times it adds up", async () => {
    const [a, b] = [await make({ ...left, firstUser: 7 }), await make({ ...left, firstUser: 11 })];
    const { timing, users, firstUser } = mergeRuns(a, b);
    expect([users, firstUser]).toEqual([8, 7]);
    const seconds = a.timing.seconds + b.timing.seconds;
    expect(timing).toMatchObject({ seconds, simulatedUsers: 8, workers: 1 });
    expect(timing.userStepsPerSecond).toBeCloseTo(24 / seconds, 6);
    const [c, d] = [await simulate(own, first, left), await simulate(own, first, right)];
    expect(mergeRuns(c, d).timing).toMatchObject({ seconds: c.timing.seconds + d.timing.seconds, simulatedUsers: 8 });
  });
});

test("a clock that has not moved gives no speed", () => {
  const pace = { seconds: 0, userSteps: 60, simulatedUsers: 1, workers: 1 };
  expect(timingOf(pace).userStepsPerSecond).toBe(0);
  expect(timingOf({ ...pace, seconds: 0.5 }).userStepsPerSecond).toBe(120);
});

describe("in a comparison", () => {
  const options = { users: 3, seed: 1, steps: 2 };
  const namesake = '"policies[1].name" expected one that no other has, got "first"';
  const calm = longTermSatisfaction({ sensitivity: 0 });

  test.each<[string, Parameters<typeof compare<LtsTypes>>[1], string[]]>([
    ["two worlds", [first, { policy: first, world: calm }], [namesake]],
    ["two worlds, said the other way round", [{ policy: first, world: calm }, first], [namesake]],
    ["two policies", [first, { policy: policies.random(), name: "first" }], [namesake]],
    [
      "two policies of one's own",
      [
        { ...inOrder, name: "first" },
        { ...inOrder, name: "first" },
      ],
      [namesake],
    ],
    ["one's own and another", [first, { ...inOrder, name: "first" }], [namesake]],
    ["one policy in one world", [first, policies.first()], []],
    ["one policy in equal worlds", [first, { policy: first, world: longTermSatisfaction() }], []],
    ["one policy of one's own", [inOrder, { policy: inOrder }], []],
    ["two worlds under two names", [first, { policy: first, world: calm, name: "calm" }], []],
  ])("one name stands for no two things: %s", async (_, rivals, mistakes) => {
    expect(await mistakesOf(() => compare(world, rivals, options))).toEqual(mistakes);
  });

  test("the kernel is named only where it simulated all, and is asked only for what it supports", async () => {
    const agent = agentPolicy("agent", agents.first());
    const rivals: [typeof first, typeof agent] = [first, agent];
    expect((await compare(world, [first, policies.random()], options)).engine).toBe("kernel");
    expect((await compare(world, rivals, options)).engine).toBe("reference");
    expect((await compare(world, rivals, { ...options, engine: "reference" })).engine).toBe("reference");
    expect(await mistakesOf(() => compare(world, rivals, { ...options, engine: "kernel" }))).toEqual([
      '"engine" expected "reference", which supports this world, policy and options, got "kernel"',
    ]);
  });

  test("a variant's world must have the steps", async () => {
    const short = longTermSatisfaction({ timeBudget: 5 });
    const rivals = [first, { policy: first, world: short, name: "short" }];
    expect(await mistakesOf(() => compare(world, rivals, { ...options, steps: 5 }))).toEqual([]);
    expect(await mistakesOf(() => compare(world, rivals, { ...options, steps: 6 }))).toEqual([
      'policies[1]: "timeBudget" expected 6 steps, as the comparison has, got 5',
    ]);
    expect(await mistakesOf(() => compare(world, rivals, { users: 3, seed: 1 }))).toHaveLength(1);
    expect(await mistakesOf(() => compare(short, [first, { policy: first, world, name: "x" }], options))).toEqual([]);
  });
});
