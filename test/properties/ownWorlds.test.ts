import { describe, expect, test } from "vitest";
import { choiceModels, defineWorld, makeEnv, spaces, type Draws, type WorldDefinition } from "../../src/index.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { countingWorld, faultyWorld, filmWorld } from "../support/ownWorlds.js";

const documentsOf = async (resample: "step" | "episode" | "never"): Promise<string[]> => {
  const env = await makeEnv(filmWorld(resample, 2));
  const seen = [env.reset().observation.doc, env.step([0]).observation.doc, env.reset().observation.doc];
  return seen.map((doc) => JSON.stringify(doc));
};

describe("an own world", () => {
  test("lives by its functions, and ends where they say", async () => {
    const env = await makeEnv(countingWorld());
    const { observation } = env.reset();
    expect(observation).toEqual({ user: 0, doc: [0, 1, 2, 3], response: null });
    const rewards = [0, 1, 2, 3, 4].map(() => env.step([2, 2, 2].slice(0, 1)).reward);
    expect(rewards).toEqual([2, 6, 10, 14, 18]);
    expect(env.snapshot()).toMatchObject({ ended: true });
  });

  test("differs from user to user, and not from run to run", async () => {
    const env = await makeEnv(filmWorld(), { seed: 1 });
    const lengths = Array.from({ length: 20 }, () => {
      env.reset();
      for (let steps = 1; ; steps++) if (env.step([0, 1]).terminated) return steps;
    });
    expect(new Set(lengths).size).toBeGreaterThan(3);
    const again = await makeEnv(filmWorld(), { seed: 1 });
    again.reset({ user: 7 });
    for (let step = 1; step < lengths[7]!; step++) expect(again.step([0, 1]).terminated).toBe(false);
    expect(again.step([0, 1]).terminated).toBe(true);
  });

  test("keeps its candidates as long as it says", async () => {
    const [drawn, once, shared] = [await documentsOf("step"), await documentsOf("episode"), await documentsOf("never")];
    expect(new Set(drawn).size).toBe(3);
    expect([once[0] === once[1], once[0] === once[2]]).toEqual([true, false]);
    expect(new Set(shared).size).toBe(1);
  });

  test("has no step for a life that is over where it begins", async () => {
    const env = await makeEnv(faultyWorld({ users: { isTerminal: () => true } }));
    env.reset();
    expect(await mistakesOf(() => env.step([0]))).toEqual([
      '"step" expected an open episode, got one that has ended: call reset',
    ]);
  });

  test("is known by a hash over what can be said of it", () => {
    const hashes = [filmWorld(), filmWorld("episode"), filmWorld("step", 9), countingWorld()].map(({ hash }) => hash);
    expect(new Set(hashes).size).toBe(4);
    expect(filmWorld().hash).toBe(hashes[0]);
    expect(hashes[0]).toMatch(/^[0-9a-f]{16}$/);
  });

  test("draws for every slot's response alone", async () => {
    const responses = { space: new spaces.Box({ low: 0, high: 1 }), respond: uniformly };
    const env = await makeEnv(defineWorld({ ...walk(), responses }));
    env.reset();
    const [alone, first] = [env.fork(), env.fork()];
    const both = env.step([2, 1]).observation.response!;
    expect(both[0]).not.toBe(both[1]);
    expect(alone.step([2]).observation.response).toEqual(both.slice(0, 1));
    expect(first.step([0, 2]).observation.response).toEqual(both); // the noise belongs to the slot
  });

  test("stays as it was defined, whatever becomes of the definition", async () => {
    const [changed, kept] = [walk(), walk()];
    const worlds = [changed, kept].map((definition) => defineWorld(definition));
    Object.assign(changed, { timeBudget: 50, resample: "never", slateSize: 1, reward: () => 7 });
    Object.assign(changed.users, { transition: () => 40, isTerminal: () => true });
    Object.assign(changed.documents, { sample: () => 0, observe: () => 0 });
    const lives = worlds.map(async (world) => {
      const env = await makeEnv(world);
      return [env.reset(), env.step([2, 1]), env.step([0]), env.step([0])];
    });
    expect(await lives[0]).toEqual(await lives[1]);
  });

  test("may be put together from objects with fields of their own", async () => {
    class Walker {
      readonly space = new spaces.Discrete(100);
      private readonly pace: number;
      constructor(pace: number) {
        this.pace = pace;
      }
      sample(): number {
        return this.pace;
      }
      observe(place: number): number {
        return place;
      }
      scoreDocument(): number {
        return this.pace;
      }
      transition(place: number): number {
        return place + this.pace;
      }
    }
    const env = await makeEnv(defineWorld({ ...walk(), users: new Walker(3) }));
    env.reset();
    expect([env.step([0]), env.step([0])].map(({ observation }) => observation.user)).toEqual([6, 9]);
  });

  test("with other numbers has another hash, however they look in JSON", async () => {
    const hashes = [NaN, Infinity, -Infinity, null, 0, -0, "NaN"].map((parameters) => faultyWorld({ parameters }).hash);
    expect(new Set(hashes).size).toBe(hashes.length);
    for (const parameters of [() => 1, 1n, new Map(), { nested: [undefined] }] as never[]) {
      const [mistake] = await mistakesOf(() => faultyWorld({ parameters }));
      expect(mistake).toMatch(/^"parameters" expected plain data, got /);
    }
  });

  test("lists its documents in the order of their positions, however far its ids have come", async () => {
    const env = await makeEnv(countingWorld());
    env.reset();
    const snapshot = env.snapshot() as { state: { life: object } };
    for (const time of [3e8, 2 ** 30 - 1, 2 ** 31]) {
      env.restore({ ...snapshot, state: { ...snapshot.state, time } } as never);
      const { observation, info } = env.step([3]);
      const ids = [4, 5, 6, 7].map((number) => 4 * time + number);
      expect([observation.doc, info.documentIds]).toEqual([ids, ids]); // documents that are their own ids
    }
  });

  test("without its parts is refused with every mistake", async () => {
    const definition = {
      name: "",
      slateSize: 3,
      numCandidates: 2,
      resample: "daily",
      timeBudget: 0,
      documents: { space: spaces, sample: () => 0, observe: 5 },
      users: null,
      choice: choiceModels,
      responses: { space: new spaces.Discrete(2), respond: 1 },
      rewards: () => 0,
    };
    expect(await mistakesOf(() => defineWorld(definition as never))).toEqual([
      '"rewards" is not a part of a world (did you mean "reward"?)',
      '"name" expected a text that is not empty, got ""',
      '"numCandidates" expected an integer in [3, 32768], got 2',
      '"resample" expected one of "step", "episode", "never", got "daily"',
      '"timeBudget" expected an integer in [1, 65536], got 0',
      '"reward" expected a function, got undefined',
      expect.stringMatching(/^"documents.space" expected a space, got /),
      '"documents.observe" expected a function, got 5',
      '"users" expected an object, got null',
      expect.stringMatching(/^"choice.probabilities" expected a function, got /),
      '"responses.respond" expected a function, got 1',
    ]);
  });
});

function uniformly(_place: number, _document: number, _clicked: boolean, draws: Draws): number {
  return draws.uniform();
}

/** A new definition every time: of users who go a step at every step. */
function walk(): WorldDefinition<number, number, number, number, number> {
  return {
    name: "walk",
    slateSize: 2,
    numCandidates: 3,
    timeBudget: 3,
    documents: { space: new spaces.Discrete(2), sample: (draws) => draws.integer(2) },
    users: {
      space: new spaces.Discrete(100),
      sample: () => 0,
      observe: (place) => place,
      scoreDocument: (_place, document) => document,
      transition: (place) => place + 1,
    },
    choice: choiceModels.multinomialLogit(),
    responses: { space: new spaces.Discrete(2), respond: (_place, document) => document },
    reward: (responses) => responses.length,
  };
}
