// Worlds and agents of modules, in the calling thread and in workers. Modules import the built package, so these tests do, too.
import { describe, expect, test } from "vitest";
import {
  agentPolicy,
  compare,
  importAgent,
  importPolicy,
  InvalidInput,
  importWorld,
  metrics,
  policies,
  simulate,
  trace,
  type Comparison,
  type Run,
  type RunPolicy,
} from "slatesim";
import { mistakesOf as complaintsOf } from "../support/mistakesOf.js";

const modules = new URL("../support/moduleWorlds.mjs", import.meta.url);

const world = await importWorld(modules, "small");
const createAgent = await importAgent(modules, "turning");
const options = { users: 17_000, steps: 1, seed: 3 };

const turning = agentPolicy("turning", createAgent);
const lastFirst = (await importPolicy(modules, "lastFirst")) as RunPolicy;

const mistakesOf = (call: () => unknown) => complaintsOf(call, InvalidInput);

function untimed<R extends Run | Comparison>({ timing: _timing, ...rest }: R): Omit<R, "timing"> {
  return rest;
}

describe("a module's world in workers", () => {
  test.each([
    ["a built-in policy and agents", 3, 33_000, [policies.mix(1), turning]],
    ["batch policies", 2, 17_000, [policies.random(), lastFirst]],
  ] as const)("has the same bits as in the calling thread, under %s", async (_, workers, users, rivals) => {
    const asked = { users, firstUser: 1000, steps: 1, seed: "shared" };
    const [alone, shared] = [await compare(world, rivals, asked), await compare(world, rivals, { ...asked, workers })];
    expect(untimed(shared)).toEqual(untimed(alone));
    expect([alone.timing.workers, shared.timing.workers]).toEqual([1, workers]);
    expect(alone.policies[0]!.digest).not.toBe(alone.policies[1]!.digest);
  });

  test("is refused when it is another than it was when the run began", async () => {
    await importWorld(modules, "changing");
    const changed = await importWorld(modules, "changing");
    const run = () => simulate(changed, policies.first(), { ...options, workers: 2 });
    const rule = `"changing" to be the world of hash ${changed.hash}, as when the run began`;
    expect(await mistakesOf(run)).toEqual([expect.stringMatching(`^"\\S+/moduleWorlds.mjs" expected ${rule}, got `)]);
  });

  test("stays in the calling thread beside metrics or agents that are values", async () => {
    const shared = { ...options, workers: 2 };
    const clicks = metrics.sum(({ clicked }) => (clicked === undefined ? 0 : 1));
    const value = agentPolicy("value", (spaces, at) => createAgent(spaces, at));
    const alone = [
      await simulate(world, policies.first(), { ...shared, metrics: { clicks } }),
      await simulate(world, value, shared),
    ];
    expect(alone.map(({ timing }) => timing.workers)).toEqual([1, 1]);
  });
});

describe("importWorld", () => {
  test("takes a function that returns a world, built in or not", async () => {
    const kale = await importWorld(modules, "kale");
    expect([kale.scenario, kale.timeBudget, kale.userDefined]).toEqual(["choc-kale", 5, false]);
    const [alone, shared] = [
      await simulate(kale, policies.random(), options),
      await simulate(kale, policies.random(), { ...options, workers: 2 }),
    ];
    expect(untimed(shared)).toEqual(untimed(alone));
    expect([shared.engine, shared.timing.workers]).toEqual(["kernel", 2]);
  });

  test("reports every mistake of a world that a module defines", async () => {
    const told = await mistakesOf(() => importWorld(modules, "mistaken"));
    const start = `"world module" expected a module that can be loaded, got "${modules.href}": `;
    expect(told.slice(0, 2)).toEqual([
      `${start}"name" expected a text that is not empty, got ""`,
      `${start}"version" expected an integer in [1, 4294967295], got 0`,
    ]);
    expect(told.every((mistake) => mistake.startsWith(start))).toBe(true);
  });
});

describe("importAgent", () => {
  test("makes policies whose episodes are those of the function itself", async () => {
    const value = agentPolicy("value", (spaces, at) => createAgent(spaces, at));
    const [imported, own] = [turning, value].map((policy) => trace(world, policy, { user: 5, seed: 1 }).steps);
    expect(imported).toEqual(own);
    expect(imported!.map(({ slate }) => slate)).toEqual([[0], [1], [0]]);
  });
});

describe.each([
  [
    "world",
    importWorld,
    "a world made by `defineWorld` or `makeWorld` of this package, a compiled world file, or a function",
  ],
  ["agent", importAgent, "a function that creates an agent, got "],
] as const)("a %s module", (kind, load, rule) => {
  test.each([
    ["is not there", "./nowhere.mjs", "default", `"${kind} module" expected a module that can be loaded, got "`],
    ["lacks the export", modules.href, "nobody", `"${modules.href}" expected "nobody" to be ${rule}`],
    ["exports something else", modules.href, "noWorld", `"${modules.href}" expected "noWorld" to be ${rule}`],
  ])("is refused where it %s", async (_, url, name, start) => {
    const [mistake, ...others] = await mistakesOf(() => load(new URL(url, import.meta.url), name));
    expect(mistake!.slice(0, start.length)).toBe(start);
    expect(others).toEqual([]);
  });

  test("is refused as data that is no JavaScript, which is what a bundler makes of TypeScript", async () => {
    expect(await mistakesOf(() => load("data:video/mp2t;base64,ZXhwb3J0"))).toEqual([
      expect.stringMatching(`^"${kind} module" expected JavaScript .* got "data:video/mp2t;base64,ZXhwb3J0"$`),
    ]);
    expect(await mistakesOf(() => load("data:text/javascript;charset=utf-8,export default 3"))).toEqual([
      expect.stringContaining('expected "default" to be '),
    ]);
  });

  test.each(["moduleWorlds.mjs", "", 3, null])("is refused at %j, which is no address", async (url) => {
    expect(await mistakesOf(() => load(url as string))).toEqual([
      expect.stringMatching(/^"url" expected an absolute /),
    ]);
  });
});
