import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { agentPolicy, agents, drawsAt, longTermSatisfaction, simulate } from "../../src/index.js";
import { Draws } from "../../src/random/draws.js";
import { wordSource } from "../../src/random/address.js";
import { philoxByTheBook } from "../support/philoxByTheBook.js";
import { mistakesOf } from "../support/mistakesOf.js";

const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });

describe("draws", () => {
  test("are those of one Philox block each, whatever the calls before were", () => {
    fc.assert(
      fc.property(
        word,
        word,
        word,
        word,
        fc.nat(2 ** 31),
        fc.array(fc.nat(2)),
        (key0, user, stream, step, block, calls) => {
          const source = wordSource({ key0, key1: 5 }, stream, user);
          const draws = new Draws(source, step, block);
          for (const call of calls) [() => draws.uniform(), () => draws.normal(), () => draws.integer(9)][call]!();
          const [first, second] = philoxByTheBook([block + calls.length, step, user, stream], [key0, 5]);
          const uniform = (first! * 2 ** 21 + (second! >>> 11)) / 2 ** 53;
          expect(draws.uniform()).toBe(uniform);
        },
      ),
    );
  });

  test("of whole numbers stay below their range", async () => {
    const draws = new Draws(wordSource({ key0: 1, key1: 2 }, 3, 4), 0);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 32 }), (range) => {
        const drawn = draws.integer(range);
        expect(Number.isInteger(drawn) && drawn >= 0 && drawn < range).toBe(true);
      }),
    );
    expect(Array.from({ length: 50 }, () => draws.integer(1)).every((drawn) => drawn === 0)).toBe(true);
    for (const range of [0, 2 ** 32 + 1, 0.5, NaN]) {
      expect(await mistakesOf(() => draws.integer(range))).toHaveLength(1);
    }
  });

  test("have the moments that they should", () => {
    const size = 20_000;
    const draws = new Draws(wordSource({ key0: 7, key1: 2 }, 3, 4), 0);
    const sums = { uniform: 0, integer: 0, normal: 0, square: 0 };
    for (let i = 0; i < size; i++) {
      const normal = draws.normal();
      sums.uniform += draws.uniform();
      sums.integer += draws.integer(3);
      sums.normal += normal;
      sums.square += normal * normal;
    }
    const band = 4 / Math.sqrt(size);
    expect(Math.abs(sums.uniform / size - 1 / 2)).toBeLessThan(band * Math.sqrt(1 / 12));
    expect(Math.abs(sums.integer / size - 1)).toBeLessThan(band * Math.sqrt(2 / 3));
    expect(Math.abs(sums.normal / size)).toBeLessThan(band);
    expect(Math.abs(sums.square / size - 1)).toBeLessThan(band * Math.SQRT2);
  });
});

describe("draws at an address", () => {
  test("are those of an agent there", async () => {
    const world = longTermSatisfaction({ timeBudget: 5 });
    const own = agentPolicy("random", ({ actionSpace }, { seed, firstEpisode }) => {
      let step = 0;
      const next = () => actionSpace.sample(drawsAt({ seed, user: firstEpisode, step: step++ }));
      return { beginEpisode: next, step: next, endEpisode: () => {} };
    });
    const options = { users: 70, seed: "own", firstUser: 9 };
    const { digest } = await simulate(world, agentPolicy("random", agents.random()), options);
    expect((await simulate(world, own, options)).digest).toBe(digest);
  });

  test("that is none are refused with every mistake", async () => {
    expect(await mistakesOf(() => drawsAt({ seed: "", stream: -1, user: 2 ** 32, step: 0.5, at: 1 } as never))).toEqual(
      [
        '"at" is not a part of an address',
        '"seed" expected a text that is not empty, or a finite number, got ""',
        '"stream" expected an integer in [0, 4294967295], got -1',
        '"user" expected an integer in [0, 4294967295], got 4294967296',
        '"step" expected an integer in [0, 4294967295], got 0.5',
      ],
    );
    expect(await mistakesOf(() => drawsAt(null as never))).toHaveLength(1);
  });
});
