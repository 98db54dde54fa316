import fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import { spaces, type Infer, type Space } from "../../src/index.js";
import { wordSource } from "../../src/random/address.js";
import { Draws } from "../../src/random/draws.js";
import { mistakesOf } from "../support/mistakesOf.js";

const { Box, CandidateSet, Dict, Discrete, MultiDiscrete, Nullable, Sequence, Slate, Tuple } = spaces;

const drawsAt = (key0: number, step = 0): Draws => new Draws(wordSource({ key0, key1: 0 }, 3, 0), step);

const sizes = fc.integer({ min: 1, max: 4 });
const bounds = fc.tuple(fc.constantFrom(-Infinity, -1e308, -1, 0, 0.5), fc.constantFrom(0.5, 1, 3, 1e308, Infinity));

/** Any space, spaces of spaces among them. */
const anySpace = fc.letrec<{ space: Space<unknown> }>((tie) => ({
  space: fc.oneof(
    { depthSize: "small" },
    fc.tuple(bounds, fc.array(sizes, { maxLength: 2 })).map(([[low, high], shape]) => new Box({ low, high, shape })),
    fc.tuple(fc.integer({ min: 1, max: 2 ** 32 }), fc.integer()).map(([n, start]) => new Discrete(n, start)),
    fc.array(sizes, { minLength: 1, maxLength: 3 }).map((nvec) => new MultiDiscrete(nvec)),
    fc
      .record({ slateSize: sizes, further: fc.nat(9), allowRepeats: fc.boolean() })
      .map(({ further, ...rest }) => new Slate({ ...rest, numCandidates: rest.slateSize + further })),
    fc.dictionary(fc.string(), tie("space"), { maxKeys: 3 }).map((fields) => new Dict(fields)),
    fc.array(tie("space"), { maxLength: 3 }).map((items) => new Tuple(items)),
    fc.tuple(tie("space"), fc.nat(3)).map(([space, maxLength]) => new Sequence(space, maxLength)),
    tie("space").map((space) => new Nullable(space)),
    fc.tuple(tie("space"), sizes).map(([space, numCandidates]) => new CandidateSet(space, numCandidates)),
  ),
})).space;

/** The narrower a box, the likelier it is that a number between its bounds is rounded past one of them. */
test("boxes contain their samples, however narrow they are", () => {
  fc.assert(
    fc.property(fc.double({ min: -5, max: 5, noNaN: true }), fc.nat(2), fc.nat(), (low, ulps, seed) => {
      const box = new Box({ low, high: low + Math.abs(low) * ulps * 2 ** -52, shape: [50] });
      expect(box.contains(box.sample(drawsAt(seed)))).toBe(true);
    }),
  );
});

describe("any space", () => {
  test("contains what is sampled from it, and a copy of it", () => {
    fc.assert(
      fc.property(anySpace, fc.nat(), (space, seed) => {
        const value = space.sample(drawsAt(seed));
        expect(space.contains(value)).toBe(true);
        expect(space.contains(structuredClone(value))).toBe(true);
        expect(space.sample(drawsAt(seed))).toEqual(value);
      }),
    );
  });

  test("flattens to as many numbers as it says", () => {
    fc.assert(
      fc.property(anySpace, fc.nat(), (space, seed) => {
        const numbers = space.flatten(space.sample(drawsAt(seed)));
        expect(numbers.every((number) => typeof number === "number")).toBe(true);
        if (space.flatSize !== undefined) expect(numbers).toHaveLength(space.flatSize);
      }),
    );
  });

  test("answers for anything, and contains nothing that is no data", () => {
    fc.assert(
      fc.property(anySpace, fc.anything(), (space, value) => {
        expect(typeof space.contains(value)).toBe("boolean");
        for (const nothing of [undefined, NaN, () => 0, Symbol("x")]) expect(space.contains(nothing)).toBe(false);
      }),
    );
  });
});

describe("membership", () => {
  test.each<[string, Space<unknown>, unknown[], unknown[]]>([
    ["a number", new Box({ low: 0, high: 1 }), [0, 1, 0.5], [-1e-300, 1.1, NaN, "0", [0], null]],
    ["no bound", new Box({ low: -Infinity, high: Infinity }), [Infinity, -1e308], [NaN]],
    [
      "a table",
      new Box({ low: 0, high: 1, shape: [2, 1] }),
      [
        [[0], [1]],
        [Float64Array.of(0), [1]],
      ],
      [[[0]], [0, 1], [[0], [1, 1]], [[0], [2]], Object.assign([], { length: 2 })],
    ],
    ["whole numbers", new Discrete(3, -1), [-1, 0, 1], [-2, 2, 0.5, "0", null]],
    ["lists of whole numbers", new MultiDiscrete([2, 3]), [[1, 2]], [[2, 0], [1], [1, 2, 0], [0.5, 0], "10"]],
    [
      "slates",
      new Slate({ slateSize: 2, numCandidates: 3 }),
      [[], [2], [0, 1], [1, 0]],
      [[3], [-1], [0.5], [0, 0], [0, 1, 2], ["0"], null, new Int32Array(2)],
    ],
    [
      "slates with repeats",
      new Slate({ slateSize: 4, numCandidates: 3, allowRepeats: true }),
      [[], [0, 0, 0, 0], [2, 1]],
      [[3], [0, 0, 0, 0, 0]],
    ],
    [
      "records",
      new Dict({ a: new Discrete(2), b: new Box({ low: 0, high: 1 }) }),
      [{ a: 0, b: 0.5 }],
      [{ a: 0 }, { a: 0, b: 0, c: 0 }, { a: 2, b: 0 }, [0, 0.5], null],
    ],
    ["a field named as a method", new Dict({ toString: new Discrete(2) }), [{ toString: 1 }], [{}, { x: 1 }]],
    ["tuples", new Tuple([new Discrete(2), new Discrete(3)]), [[1, 2]], [[2, 1], [1], [1, 2, 0], { 0: 1, 1: 2 }]],
    [
      "sequences",
      new Sequence(new Discrete(2), 2),
      [[], [1], [0, 1]],
      [[2], [0, 0, 0], Object.assign([], { length: 2 }), null],
    ],
    ["nullable", new Nullable(new Discrete(2)), [null, 0], [2, undefined]],
    [
      "candidates",
      new CandidateSet(new Discrete(2), 2),
      [[1, 0], Object.freeze([0, 0])],
      [[1], [1, 1, 1], [1, 2], { 0: 1, 1: 1 }, Int8Array.of(1, 1), Object.assign([], { length: 2 }), "11", null],
    ],
  ])("of %s", (_, space, members, others) => {
    for (const member of members) expect(space.contains(member), JSON.stringify(member)).toBe(true);
    for (const other of others) expect(space.contains(other), JSON.stringify(other)).toBe(false);
  });
});

/** How far counts are from equal, in standard deviations of chi-squared. */
function unevenness(counts: ReadonlyMap<string, number>, cells: number): number {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const expected = total / cells;
  const seen = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  const chiSquared = seen + (cells - counts.size) * expected;
  return (chiSquared - (cells - 1)) / Math.sqrt(2 * (cells - 1));
}

describe("samples", () => {
  test.each<[string, Space<unknown>, number]>([
    ["slates", new Slate({ slateSize: 2, numCandidates: 5 }), 20],
    ["slates with repeats", new Slate({ slateSize: 2, numCandidates: 5, allowRepeats: true }), 25],
    ["whole numbers", new Discrete(7, -3), 7],
    ["lists of whole numbers", new MultiDiscrete([2, 3]), 6],
  ])("of %s are each as likely as any other", (_, space, cells) => {
    const counts = new Map<string, number>();
    for (let step = 0; step < 500 * cells; step++) {
      const name = JSON.stringify(space.sample(drawsAt(1, step)));
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    expect(counts.size).toBe(cells);
    expect(Math.abs(unevenness(counts, cells))).toBeLessThan(4);
  });

  test.each<[string, number, number, number, number]>([
    ["between bounds", -1, 3, 1, 4 / Math.sqrt(12)],
    ["above a bound", 2, Infinity, 3, 1],
    ["below a bound", -Infinity, 2, 1, 1],
    ["without a bound", -Infinity, Infinity, 0, 1],
  ])("of a box %s have the mean they should", (_, low, high, mean, stddev) => {
    const size = 4000;
    const numbers = new Box({ low, high, shape: [size] }).sample(drawsAt(2));
    const average = numbers.reduce((sum, number) => sum + number, 0) / size;
    expect(Math.abs(average - mean)).toBeLessThan((4 * stddev) / Math.sqrt(size));
  });
});

test("samples of the widest box are spread over it", () => {
  const numbers = new Box({ low: -1e308, high: 1e308, shape: [1000] }).sample(drawsAt(4));
  const quarters = [-Infinity, -5e307, 0, 5e307].map((from, i, all) => {
    return numbers.filter((number) => number >= from && number < (all[i + 1] ?? Infinity)).length;
  });
  expect(Math.min(...quarters)).toBeGreaterThan(190);
});

test("types follow from spaces", () => {
  const space = new Dict({
    satisfaction: new Box({ low: 0, high: 1 }),
    features: new Box({ low: 0, high: 1, shape: [2, 3] }),
    pair: new Tuple([new Discrete(2), new MultiDiscrete([2])]),
    last: new Nullable(new Sequence(new Discrete(2), 3)),
  });
  expectTypeOf<Infer<typeof space>>().toEqualTypeOf<{
    readonly satisfaction: number;
    readonly features: readonly (readonly number[])[];
    readonly pair: readonly [number, readonly number[]];
    readonly last: readonly number[] | null;
  }>();
  expect(space.flatSize).toBeUndefined();
  expect(new Tuple([space.spaces.features, space.spaces.satisfaction]).flatSize).toBe(7);
});

test("impossible spaces are refused with every mistake", async () => {
  const refused: [() => unknown, string[]][] = [
    [() => new Box({ low: NaN, high: "1" as never, shape: [0] }), ["low", "high", "shape"]],
    [() => new Box({ low: 2, high: 1 }), ["high"]],
    [() => new Box({ low: 0, high: 1, shape: Array(1) }), ["shape"]],
    [() => new Box(undefined as never), ["bounds"]],
    [() => new Discrete(2, Number.MAX_SAFE_INTEGER), ["start"]],
    [() => new MultiDiscrete(Array(2)), ["nvec[0]", "nvec[1]"]],
    [() => new Slate(null as never), ["shape"]],
    [() => new Tuple(Array(1)), ["spaces"]],
    [() => new Discrete(0, 0.5), ["n", "start"]],
    [() => new Discrete("2" as never), ["n"]],
    [() => new Discrete(2.5), ["n"]],
    [() => new MultiDiscrete([]), ["nvec"]],
    [() => new MultiDiscrete([1, 0, 2.5]), ["nvec[1]", "nvec[2]"]],
    [() => new Slate({ slateSize: 4, numCandidates: 3 }), ["slateSize"]],
    [
      () => new Slate({ slateSize: 0, numCandidates: 0, allowRepeats: 1 as never }),
      ["numCandidates", "slateSize", "allowRepeats"],
    ],
    [() => new Dict(null as never), ["spaces"]],
    [() => new Dict({ a: 1 as never }), ["spaces"]],
    [() => new Tuple([{} as never]), ["spaces"]],
    [() => new Sequence(1 as never, -1), ["space", "maxLength"]],
    [() => new Nullable(null as never), ["space"]],
    [() => new CandidateSet({} as never, 0), ["document", "numCandidates"]],
  ];
  for (const [call, fields] of refused) {
    const mistakes = await mistakesOf(call);
    expect(mistakes.map((mistake) => /^"([^"]+)" expected .*, got /.exec(mistake)?.[1])).toEqual(fields);
  }
  expect(await mistakesOf(() => new Slate({ slateSize: 2, numCandidates: 3, allowRepeat: true } as never))).toEqual([
    `"allowRepeat" is not a field of a Slate's shape (did you mean "allowRepeats"?)`,
  ]);
});
