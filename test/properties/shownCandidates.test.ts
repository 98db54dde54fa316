// What every environment shows of its candidates: a list in the order of their positions, with the ids beside it.
import fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import {
  longTermSatisfaction,
  makeBatchEnv,
  makeEnv,
  makeMultiUserEnv,
  scenarios,
  spaces,
  type CorpusDocument,
  type Environment,
  type Observation,
  type CustomWorld,
  type World,
} from "../../src/index.js";
import { CORPUS_STREAM, WORLD_STREAM, wordSource } from "../../src/random/address.js";
import { seedKey } from "../../src/random/seedKey.js";
import { checkEnv } from "../../src/testing/index.js";
import { worlds } from "../support/arbitraries.js";
import { atReset, stepwise } from "../support/brokenEnvs.js";
import { filmWorld, ownWorlds } from "../support/ownWorlds.js";

const named: readonly (readonly [string, World])[] = Object.entries({ ...scenarios, ...ownWorlds });

/** The candidates that draws of that stream make, as shown after so many steps, and their ids. */
function candidatesOf(world: World, seed: number, stream: number, user: number, step: number) {
  const key = seedKey(seed);
  const candidates = world.open(key).candidates(wordSource(key, stream, user));
  const doc = candidates.documents(step).map((document) => world.observeDocument(document));
  return { doc, documentIds: doc.map((_, position) => candidates.firstId(step) + position) };
}

async function expectCandidates(world: World, seed: number, user: number): Promise<void> {
  const env = await makeEnv(world, { seed, user });
  let { observation, info, ended } = { ...env.reset(), ended: false };
  for (let step = 0; step < 4 && !ended; step++) {
    const { doc } = observation;
    expect({ doc, documentIds: info.documentIds }).toStrictEqual(candidatesOf(world, seed, WORLD_STREAM, user, step));
    const result = env.step([step % world.numCandidates]);
    ({ observation, info } = result);
    ended = result.terminated;
  }
}

describe.each(named)("%s", (_, world) => {
  test("shows one user its candidates by position, and their ids", async () => {
    await expectCandidates(world, 3, 8);
  });

  test("shows several users their candidates by position, and their ids", async () => {
    const env = await makeMultiUserEnv(world, { users: 2, seed: 3, user: 8 });
    let { observation, info } = env.reset();
    for (let step = 0; step < 3; step++) {
      const shown = { doc: observation.doc, documentIds: info.documentIds };
      expect(shown).toStrictEqual(candidatesOf(world, 3, CORPUS_STREAM, 8, step));
      expect(env.observationSpace.contains(observation)).toBe(true);
      ({ observation, info } = env.step([[0], [step]]));
    }
  });

  test("changes nothing where somebody writes over the list, a document or the ids", async () => {
    const [clean, written] = await Promise.all([makeEnv(world, { seed: 3 }), makeEnv(world, { seed: 3 })]);
    const [cleanGroup, writtenGroup] = await Promise.all([
      makeMultiUserEnv(world, { users: 1, seed: 3 }),
      makeMultiUserEnv(world, { users: 1, seed: 3 }),
    ]);
    writeOver(clean.reset() && written.reset());
    writeOver(cleanGroup.reset() && writtenGroup.reset());
    for (let step = 0; step < 2; step++) {
      const [result, group] = [written.step([1]), writtenGroup.step([[1]])];
      expect(result).toStrictEqual(clean.step([1]));
      expect(group).toStrictEqual(cleanGroup.step([[1]]));
      writeOver(result);
      writeOver(group);
    }
  });
});

test("any long-term satisfaction world shows its candidates by position, and their ids", async () => {
  const asked = fc.asyncProperty(worlds, fc.integer(), fc.nat(), expectCandidates);
  await fc.assert(asked, { numRuns: 30 });
});

test("batches of own worlds show lists, too", async () => {
  const world = filmWorld();
  const batch = await makeBatchEnv(world, { users: 3, seed: 5, user: 2 });
  const [shown, stepped] = [batch.reset().observation, batch.step(Int32Array.of(0, 1, 0, 1, 0, 1)).observation];
  for (const [step, observations] of [shown, stepped].entries()) {
    const expected = [2, 3, 4].map((user) => candidatesOf(world, 5, WORLD_STREAM, user, step).doc);
    expect(observations.map(({ doc }) => doc)).toStrictEqual(expected);
  }
});

test("the space of candidates says by position what is wrong", () => {
  const space = new spaces.CandidateSet(new spaces.Box({ low: 0, high: 1 }), 3);
  expect(space.flatten([0.25, 1, 0])).toEqual([0.25, 1, 0]);
  const wrong: [unknown, string][] = [
    [[0, 1, 2], `"value[2]" expected one of the documents' space, got 2`],
    [[0, ...Array(1), "x"], `"value[1]" expected one of the documents' space, got undefined`],
    [[0, 1], '"value" expected a list of 3 documents, got [0,1]'],
    [{ 0: 0, 1: 1, 2: 1 }, '"value" expected a list of 3 documents, got {"0":0,"1":1,"2":1}'],
    [Float64Array.of(0, 1, 1), '"value" expected a list of 3 documents, got '],
  ];
  for (const [value, mistake] of wrong) {
    expect(space.contains(value)).toBe(false);
    expect(() => space.flatten(value as number[])).toThrow(mistake);
  }
});

describe("checkEnv says what is wrong with an environment that", () => {
  test.each<[string, () => Promise<Environment>, string]>([
    [
      "shows candidates by their ids",
      atReset(({ observation }) => ({ observation: { ...observation, doc: { ...observation.doc } } })),
      "the candidates are no list",
    ],
    [
      "shows a candidate too few",
      stepwise(({ observation }) => ({ observation: { ...observation, doc: observation.doc.slice(1) } })),
      "the number of candidates",
    ],
    [
      "does not say which candidates it shows",
      stepwise(({ info: { documentIds: _lost, ...info } }) => ({ info })),
      "the ids of the candidates are no list",
    ],
    [
      "has ids for some of the candidates",
      stepwise(({ info }) => ({ info: { ...info, documentIds: info.documentIds.slice(1) } })),
      "the number of ids of candidates",
    ],
    [
      "has ids that are no whole numbers",
      stepwise(({ info }) => ({ info: { ...info, documentIds: info.documentIds.map((id) => id + 0.5) } })),
      "the number of ids that are different whole numbers",
    ],
    [
      "gives two candidates one id",
      atReset(({ info }) => ({ info: { ...info, documentIds: [1, ...info.documentIds.slice(1)] } })),
      "the number of ids that are different whole numbers",
    ],
  ])("%s", async (_, open, sentence) => {
    const failure = await checkEnv(open, { seed: 1, numRuns: 6 }).catch((error: Error) => error);
    const law = "candidates are a list in the order of their positions, each with an id\n";
    expect((failure as Error).message.split("\n\n").find((part) => part.startsWith(law))).toContain(sentence);
  });
});

test("types know the documents of a list", async () => {
  const env = await makeEnv(longTermSatisfaction());
  expectTypeOf(env.reset().observation.doc).toEqualTypeOf<readonly CorpusDocument[]>();
  expectTypeOf<Observation<number, string>["doc"]>().toEqualTypeOf<readonly string[]>();
  expectTypeOf(filmWorld()).toExtend<CustomWorld>();
});

/** Writes over everything in the list and the ids. */
function writeOver(shown: {
  observation: { doc: readonly unknown[] };
  info: { documentIds: readonly number[] };
}): void {
  const doc = shown.observation.doc as unknown[];
  for (const document of doc) if (typeof document === "object" && document !== null) clear(document);
  doc.splice(1, 2);
  (shown.info.documentIds as number[]).fill(-1);
}

function clear(document: object): void {
  for (const name of Object.keys(document)) Reflect.set(document, name, 0);
}

test("a step offers the documents of its own slate only, also after a longer one", async () => {
  const env = await makeEnv(longTermSatisfaction(), { seed: 4 });
  env.reset();
  for (let turn = 0; turn < 20; turn++) {
    env.step([0, 1, 2]);
    const { response } = env.step([5]).observation;
    expect(response!.map(({ click }) => click)).toEqual([1]); // who never declines clicks the only one
  }
});
