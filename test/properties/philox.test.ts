import fc from "fast-check";
import seedrandom from "seedrandom";
import { describe, expect, test } from "vitest";
import { longTermSatisfaction } from "../../src/index.js";
import { doubles, enterWorld, prepareBatch } from "../../src/worlds/longTermSatisfaction/kernel/enterWorld.js";
import * as address from "../../src/random/address.js";
import { arc4 } from "../../src/random/arc4.js";
import { philox4x32 } from "../../src/random/philox.js";
import { seedKey, type Key } from "../../src/random/seedKey.js";
import { instantiate } from "../../src/worlds/longTermSatisfaction/kernel/kernelProgram.js";
import { seeds, users } from "../support/arbitraries.js";
import { philoxByTheBook } from "../support/philoxByTheBook.js";

type Words = [number, number, number, number];

function philox([c0, c1, c2, c3]: Words, [key0, key1]: [number, number]): number[] {
  const out = new Uint32Array(4);
  philox4x32(c0, c1, c2, c3, key0, key1, out);
  return [...out];
}

const ONES = 0xffffffff;
/** Random123 1.14, tests/kat_vectors, the lines "philox4x32 10": counter, key, words. */
const knownAnswers: [Words, [number, number], Words][] = [
  [
    [0, 0, 0, 0],
    [0, 0],
    [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  ],
  [
    [ONES, ONES, ONES, ONES],
    [ONES, ONES],
    [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  ],
  [
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    [0xa4093822, 0x299f31d0],
    [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  ],
];

const word = fc.oneof(
  fc.integer({ min: 0, max: ONES }),
  fc.constantFrom(0, 1, 0xffff, 0x10000, 0x7fffffff, 0x80000000, ONES),
);

describe("Philox4x32-10", () => {
  test.each(knownAnswers)("known answer for counter %j, key %j", (counter, key, words) => {
    expect(philox(counter, key)).toEqual(words);
    expect(philoxByTheBook(counter, key)).toEqual(words);
  });

  test("is the published function for every counter and key", () => {
    fc.assert(
      fc.property(fc.tuple(word, word, word, word), fc.tuple(word, word), (counter, key) => {
        expect(philox(counter, key)).toEqual(philoxByTheBook(counter, key));
      }),
      { numRuns: 3000 },
    );
  });

  test("is drawn at the address (block, step, user, stream)", () => {
    fc.assert(
      fc.property(word, word, word, word, word, word, (block, step, user, stream, key0, key1) => {
        const words = address.wordSource({ key0, key1 }, stream, user).words(block, step);
        expect([...words]).toEqual(philoxByTheBook([block, step, user, stream], [key0, key1]));
      }),
    );
  });
});

const LANES = 130;

describe("the kernel's words", () => {
  test("are those of the documented addresses, for every user and step", async () => {
    const kernel = await instantiate();
    const shape = fc.record({ numCandidates: fc.integer({ min: 1, max: 40 }), step: fc.nat(65_535) });
    fc.assert(
      fc.property(seeds, users, shape, (seed, from, { numCandidates, step }) => {
        const firstUser = Math.min(from, 2 ** 32 - LANES);
        const world = longTermSatisfaction({ numCandidates, slateSize: 1, timeBudget: 65_536 });
        const key = seedKey(seed);
        enterWorld(kernel, world.parameters, key);
        prepareBatch(kernel, world.parameters, key, LANES);
        kernel.reset(firstUser, LANES);
        kernel.observe(firstUser, LANES, step);
        const stride = kernel.batchStride();
        const shown = doubles(kernel, kernel.educativenessPointer(), stride * numCandidates);
        const exposures = doubles(kernel, kernel.exposuresPointer(), stride);
        for (const lane of [0, 1, 63, 64, LANES - 1]) {
          const words = wordsByTheBook(key, firstUser + lane, numCandidates, step);
          const row = Array.from(
            { length: numCandidates },
            (_, position) => shown[position * stride + lane]! * 2 ** 32,
          );
          expect(row).toEqual(words.documents);
          expect(exposures[lane]).toBe(((words.start + 0.5) / 2 ** 32 - 0.5) * (1 / (1 - 0.9)));
        }
      }),
    );
  });
});

/** The words behind one user's candidates at a step, and the word behind the first exposure. */
function wordsByTheBook({ key0, key1 }: Key, user: number, numCandidates: number, step: number) {
  const draw = (block: number, at: number) => philoxByTheBook([block, at, user, address.WORLD_STREAM], [key0, key1]);
  const documents = draw(address.CHOICE_BLOCK, step).slice(1);
  for (let block = address.DOCUMENT_BLOCK; documents.length < numCandidates; block++)
    documents.push(...draw(block, step));
  return { documents: documents.slice(0, numCandidates), start: draw(address.START_BLOCK, 0)[0]! };
}

describe("seedKey", () => {
  test("ARC4 makes the numbers of seedrandom under any key", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 256, maxLength: 256 }), (bytes) => {
        const [next, generator] = [arc4(bytes), seedrandom(String.fromCharCode(...bytes))];
        for (let count = 0; count < 100; count++) expect(next()).toBe(generator.int32() >>> 0);
      }),
    );
  });

  test('7 and "7" are the same seed', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (seed) => {
        expect(seedKey(seed)).toEqual(seedKey(String(seed)));
      }),
    );
  });

  test("gives unsigned words", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        for (const part of Object.values(seedKey(seed))) expect(part).toBe(part >>> 0);
      }),
    );
  });
});
