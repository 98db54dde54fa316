import { describe, expect, test } from "vitest";
import { drawsAt, policies, scenarios, simulate } from "../../src/index.js";
import { seedKey, type Key, type Seed } from "../../src/random/seedKey.js";
import { mistakesOf } from "../support/mistakesOf.js";

/**
 * Made by a second implementation in another language, from the words of docs/specification.md alone: Philox as published, ARC4 as
 * published, with the first 256 bytes dropped as `seedrandom` does.
 */
const VECTORS: readonly (readonly [seed: Seed, key0: number, key1: number])[] = [
  [0, 0x0d6b3e96, 0xdfe64910],
  [1, 0x735352bf, 0x9de16152],
  [11, 0x47b99133, 0x5af78978],
  [111, 0x0e9ebb08, 0xe0329650],
  ["thesis-3", 0xd28b3c3f, 0x226a92cc],
  ["seed-é", 0x255bce23, 0xe2baa029],
  ["seed-ǩ", 0xfc623741, 0x27d472db],
  ["中", 0x0a9c7017, 0x3582cd8c],
  ["-", 0xc0197f0b, 0x8e525d2a],
  ["a", 0x264f4ef4, 0xdc8836a6],
  ["aa", 0xb0af6f10, 0xee1d2e90],
  ["x".repeat(1000), 0x29efe3eb, 0xa8e6d955],
  [`${"x".repeat(999)}y`, 0x5367f431, 0xa6e9bd3b],
  ["😀", 0x9c00262e, 0xeb02e0b7],
];

const nameOf = ({ key0, key1 }: Key): string => `${key0} ${key1}`;

/** Expects as many keys as there are different seeds, and words that are as different as random ones are. */
function expectDistinct(seeds: readonly Seed[]): void {
  const keys = [...new Set(seeds.map(String))].map(seedKey);
  expect(new Set(keys.map(nameOf)).size).toBe(keys.length);
  const pairsOfWords = (keys.length * (keys.length - 1)) / 2 / 2 ** 32;
  for (const words of [keys.map(({ key0 }) => key0), keys.map(({ key1 }) => key1)]) {
    expect(keys.length - new Set(words).size).toBeLessThanOrEqual(6 * Math.ceil(pairsOfWords));
  }
}

const letters = Array.from("ab-1\0 é中😀");
/** All texts of one to `length` of those characters. */
function textsOf(characters: readonly string[], length: number): string[] {
  if (length === 0) return [""];
  const shorter = textsOf(characters, length - 1);
  return [...new Set([...shorter, ...shorter.flatMap((text) => characters.map((each) => text + each))])];
}

describe("the key of a seed", () => {
  test.each(VECTORS)("of %s is the one on record", (seed, key0, key1) => {
    expect(seedKey(seed)).toEqual({ key0, key1 });
    expect(seedKey(String(seed))).toEqual({ key0, key1 });
  });

  // Every two of the seeds of a test are a pair: a hundred thousand and more each.
  test("differs among whole numbers", () => {
    expectDistinct(Array.from({ length: 10_000 }, (_, seed) => seed));
  });

  test("differs among short texts of the same few characters, repeated or not", () => {
    expectDistinct(textsOf(letters, 4).filter((text) => text !== ""));
  });

  test("differs among repetitions of a text", () => {
    const repeated = letters.flatMap((letter) => Array.from({ length: 700 }, (_, times) => letter.repeat(times + 1)));
    expectDistinct(repeated);
  });

  test("differs among long texts that differ in one place, or in the order of two", () => {
    const long = Array.from({ length: 600 }, (_, place) => String.fromCodePoint(97 + (place % 26)));
    const changed = long.flatMap((letter, place) => {
      const others = ["A", "á", String.fromCodePoint(letter.codePointAt(0)! + 1)];
      return others.map((other) => long.with(place, other).join(""));
    });
    const swapped = long.slice(1).map((letter, place) =>
      long
        .with(place, letter)
        .with(place + 1, long[place]!)
        .join(""),
    );
    expectDistinct([long.join(""), ...changed, ...swapped]);
  });

  test("differs among characters with the same low byte", () => {
    const wide = Array.from({ length: 200 }, (_, page) => String.fromCodePoint(0x2d + 0x100 * page));
    expectDistinct([...wide, ...wide.map((character) => `seed-${character}`)]);
  });
});

describe("a seed", () => {
  const [world, random] = [scenarios.lts, policies.random()];

  test.each<[Seed, Seed]>([
    [1, 11],
    [2, 22],
    ["a", "aa"],
    ["ab", "abab"],
    ["-", "中"],
  ])("of %s gives another run than %s", async (a, b) => {
    const [one, other] = await Promise.all([a, b].map((seed) => simulate(world, random, { users: 3, steps: 2, seed })));
    expect(one!.digest).not.toBe(other!.digest);
  });

  test("is refused when no text can say it", async () => {
    const notOne = "a text that is not empty, or a finite number";
    for (const [seed, rule, shown] of [
      ["", notOne, '""'],
      [NaN, notOne, "NaN"],
      [Infinity, notOne, "Infinity"],
      [null, notOne, "null"],
      ["\ud800", "whole characters", '"\\ud800"'],
      ["a\udc00b", "whole characters", '"a\\udc00b"'],
    ] as const) {
      expect(await mistakesOf(() => drawsAt({ seed: seed as Seed }))).toEqual([
        `"seed" expected ${rule}, got ${shown}`,
      ]);
    }
  });
});
