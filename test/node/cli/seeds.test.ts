import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readSeed } from "../../../src/cli/readSeed.js";
import { policies, scenarios, simulate } from "../../../src/index.js";
import { json } from "./slatesim.js";

describe("a seed on the command line", () => {
  test.each(["1", "1.0", "01", "1e0", "+1", "10e-1", "0.1e1"])("typed as %s is the number 1", (text) => {
    expect(readSeed(text)).toBe("1");
  });

  test("is the number that it reads as, however that is written", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.nat(5), (number, zeros) => {
        const [, mantissa, power = ""] = /^([^e]*)(e.*)?$/.exec(String(number))!;
        const padded = mantissa!.replace(/^(-?)/, `$1${"0".repeat(zeros)}`);
        const point = padded.includes(".") ? "" : ".";
        expect(readSeed(`${padded}${point}${"0".repeat(zeros)}${power}`)).toBe(String(number));
        expect(readSeed(number.toExponential())).toBe(String(number));
      }),
    );
  });

  test.each(["thesis-3", "1 ", "0x10", "NaN", "Infinity", "1e400", "1e", "e1", "-", "1,000"])(
    "%s is a text",
    (text) => {
      expect(readSeed(text)).toBe(text);
    },
  );

  test("stays a text where a double would lose digits, so that neighbours stay different seeds", () => {
    for (const text of ["12345678901234567890", "12345678901234567891", "0.10000000000000000001"]) {
      expect(readSeed(text)).toBe(text);
    }
    expect(readSeed("1000000000000000000000")).toBe("1e+21");
    expect(readSeed("-0")).toBe("0");
  });

  test("gives the API's run, and is 0 unless it is typed", async () => {
    const world = scenarios["lts"]!;
    for (const [words, seed] of [
      [["--seed", "1.0"], 1],
      [["--seed", "01"], 1],
      [[], 0],
    ] as const) {
      const { digest } = await simulate(world, policies.random(), { users: 5, seed });
      expect(json("run", "--scenario", "lts", "--users", "5", ...words).digest).toBe(digest);
    }
  });
});
