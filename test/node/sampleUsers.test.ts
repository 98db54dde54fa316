import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sampleUsers } from "../../src/records/index.js";
import { seeds } from "../support/arbitraries.js";
import { mistakesOf } from "../support/mistakesOf.js";

describe("a sample of users", () => {
  test("holds so many different users of the range, rising, and the same ones again", () => {
    const range = fc.record({
      users: fc.integer({ min: 1, max: 2 ** 31 }),
      firstUser: fc.nat(2 ** 31),
      part: fc.nat(),
    });
    fc.assert(
      fc.property(range, seeds, ({ users, firstUser, part }, seed) => {
        const sample = 1 + (part % Math.min(users, 300));
        const drawn = sampleUsers({ sample, users, firstUser, seed });
        expect(drawn).toHaveLength(sample);
        drawn.forEach((user, index) => expect(user).toBeGreaterThan(index === 0 ? firstUser - 1 : drawn[index - 1]!));
        expect(drawn.at(-1)).toBeLessThan(firstUser + users);
        expect(sampleUsers({ sample, users, firstUser, seed })).toEqual(drawn);
        expect(sampleUsers({ sample, users, seed })).toEqual(drawn.map((user) => user - firstUser));
      }),
    );
  });

  test("of all is all", () => {
    expect(sampleUsers({ sample: 5, users: 5, firstUser: 2 ** 32 - 5, seed: 1 })).toEqual(
      [5, 4, 3, 2, 1].map((below) => 2 ** 32 - below),
    );
  });

  test("is every choice of so many equally often", () => {
    const times = new Map<string, number>();
    for (let seed = 0; seed < 10_000; seed++) {
      const drawn = sampleUsers({ sample: 2, users: 5, seed }).join();
      times.set(drawn, (times.get(drawn) ?? 0) + 1);
    }
    expect(times.size).toBe(10);
    for (const count of times.values()) expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt(900)); // five sigma
  });

  test("is refused with every mistake", async () => {
    expect(
      await mistakesOf(() => sampleUsers({ sample: 0, users: 1.5, firstUser: -1, seed: "", n: 1 } as never)),
    ).toEqual([
      '"n" is not a sample option',
      '"firstUser" expected an integer in [0, 4294967295], got -1',
      '"users" expected an integer in [1, 4294967296], got 1.5',
      '"sample" expected an integer in [1, 16777216], got 0',
      '"seed" expected a text that is not empty, or a finite number, got ""',
    ]);
    expect(await mistakesOf(() => sampleUsers({ sample: 6, users: 5, seed: 1 }))).toHaveLength(1);
    expect(await mistakesOf(() => sampleUsers({ sample: 1, users: 2, firstUser: 2 ** 32 - 1, seed: 1 }))).toHaveLength(
      1,
    );
    expect(await mistakesOf(() => sampleUsers(undefined as never))).toHaveLength(1);
  });
});
