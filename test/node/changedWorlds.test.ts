// Compiled worlds with other values of some parameters: as `compiledWorld` makes them, and as they are sent to threads and queues.
import fc from "fast-check";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { changedWorld, compiledWorld, importWorld, policies, simulate, type World } from "../../src/index.js";
import { receivedRun, sentRun } from "../../src/queue/sentRun.js";
import { variantOf, type Study } from "../../src/studies/study.js";
import { receivedWorld, sentWorld } from "../../src/workers/sentWorld.js";
import { cachedWorld } from "../../src/worldFiles/worldCache.js";
import { changesOf } from "../../src/worlds/compiled/changedWorld.js";
import type { CompiledProgram } from "../../src/worlds/compiled/compiledProgram.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { podcastWorld } from "../support/podcasts.js";

const folder = mkdtempSync(join(tmpdir(), "slatesim-changed-"));
const demand = { seed: "s", steps: 3, estimator: "sampled", discount: 1, warmUp: 0, metrics: [] } as const;
let program: CompiledProgram;
let exported: World;

beforeAll(async () => {
  vi.stubEnv("XDG_CACHE_HOME", join(folder, "cache"));
  const path = fileURLToPath(new URL("../../examples/people.world.ts", import.meta.url));
  const { module } = await cachedWorld(readFileSync(path, "utf8"), path, (work) => work());
  const url = pathToFileURL(join(folder, "people.mjs")).href;
  writeFileSync(join(folder, "people.mjs"), module);
  program = ((await import(url)) as { readonly program: CompiledProgram }).program;
  exported = await importWorld(url, "program");
}, 60_000);

afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const changes = fc.record(
  {
    boredomDiscount: fc.double({ min: 0, max: 1, noNaN: true }),
    patience: fc.constantFrom(15, 16, 40.5),
    slateSize: fc.integer({ min: 1, max: 4 }),
    numCandidates: fc.integer({ min: 4, max: 12 }),
  },
  { requiredKeys: [] },
);

async function studyOf(world: World): Promise<Study> {
  return { ...demand, variants: [await variantOf(world, policies.random(), demand)] };
}

const digestOf = async (world: World) => (await simulate(world, policies.random(), { users: 70, steps: 9 })).digest;

test("a changed world is the one that compiledWorld makes, in any number of changes, also where it is sent", async () => {
  const own = { boredomDiscount: 0.8, patience: 15, slateSize: 3, numCandidates: 10 };
  await fc.assert(
    fc.asyncProperty(changes, changes, async (first, second) => {
      const all = { ...own, ...first, ...second };
      const { slateSize, numCandidates, ...parameters } = all;
      const expected = compiledWorld(program, { parameters, slateSize, numCandidates });
      const world = changedWorld(changedWorld(exported, first), second);
      expect([world.hash, world.parameters]).toEqual([expected.hash, expected.parameters]);
      expect(await digestOf(world)).toBe(await digestOf(expected));
      const different = Object.entries(all).filter(([name, value]) => !Object.is(value, own[name as keyof typeof own]));
      expect(changesOf(world) ?? {}).toEqual(Object.fromEntries(different));
      const received = await receivedWorld(structuredClone(sentWorld(world)!));
      expect([received.hash, await digestOf(received)]).toEqual([expected.hash, await digestOf(expected)]);
    }),
    { numRuns: 20 },
  );
});

test("a queue's workers receive the changes; a run with others is another run", async () => {
  const [patient, others] = [
    changedWorld(exported, { patience: 40 }),
    [exported, changedWorld(exported, { patience: 41 })],
  ];
  const run = sentRun([await studyOf(patient)], folder);
  const [received] = await receivedRun(run, folder);
  expect(received!.variants[0]!.world.hash).toBe(patient.hash);
  for (const world of others) expect(sentRun([await studyOf(world)], folder).id).not.toBe(run.id);
});

test("what is sent with other changes than its hash is refused", async () => {
  const sent = { ...sentWorld(changedWorld(exported, { patience: 40 }))!, changes: { patience: 41 } };
  expect(await mistakesOf(() => receivedWorld(sent))).toEqual([
    expect.stringMatching(/"program" to be the world of hash [0-9a-f]{16}, as when the run began/),
  ]);
});

test("a parameter of the name of a size hides it", () => {
  const { fields } = program.records.Parameters!;
  const hiding = { ...fields[0]!, name: "slateSize", initial: 7 };
  const records = { ...program.records, Parameters: { ...program.records.Parameters!, fields: [...fields, hiding] } };
  const world = changedWorld(compiledWorld({ ...program, records }), { slateSize: 90, numCandidates: 11 });
  expect(world).toMatchObject({ slateSize: 3, numCandidates: 11, parameters: { slateSize: 90, patience: 15 } });
});

test("worlds of other kinds, and what is no record of numbers, are refused", async () => {
  expect(await mistakesOf(() => changedWorld(podcastWorld as unknown as World, { patience: 1 }))).toEqual([
    '"world" expected the world of a world file, whose parameters can be changed, got "podcasts"',
  ]);
  expect(await mistakesOf(() => changedWorld(3 as never, null as never))).toEqual([
    expect.stringMatching(/^"world" expected one of /),
    '"parameters" expected an object, got null',
  ]);
  expect(await mistakesOf(() => changedWorld(exported, { patience: Infinity, x: true }))).toEqual([
    expect.stringMatching(/^"parameter" expected one of "boredomDiscount", .*, got "x"$/),
    '"patience" expected a finite number, got Infinity',
  ]);
});

test("compiledWorld tells an unknown option beside unknown parameters and wrong values", async () => {
  const wrong = { parameters: { patiense: 1, boredomDiscount: NaN }, numCandidate: 2, slateSize: 0 } as never;
  expect(await mistakesOf(() => compiledWorld(program, wrong))).toEqual([
    '"numCandidate" is not an option of a compiled world (did you mean "numCandidates"?)',
    '"slateSize" expected an integer in [1, 16384], got 0',
    '"patiense" is not a parameter (did you mean "patience"?)',
    '"boredomDiscount" expected a finite number, got NaN',
  ]);
  expect(await mistakesOf(() => compiledWorld(program, { parameters: 3, numCandidates: 0 } as never))).toEqual([
    '"parameters" expected an object, got 3',
    '"numCandidates" expected an integer in [3, 32768], got 0',
  ]);
  expect(compiledWorld(program, { slateSize: undefined, parameters: undefined } as never).slateSize).toBe(3);
});
