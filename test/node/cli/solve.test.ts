// The optimum on the command line.
import { describe, expect, test } from "vitest";
import { makeWorld, solve, type LtsTypes, type Solution } from "../../../src/index.js";
import { toJson } from "../../../src/report/json.js";
import { json, mistakes, slatesim } from "./slatesim.js";

const words = ["solve", "--steps", "3", "--param", "noClickLogit=0", "--discount", "0.9", "--grid-size", "16"];

describe("slatesim solve", () => {
  test("prints the document of solve, but for the time it took", async () => {
    const { timing, ...document } = json<Solution<LtsTypes>>(...words);
    const world = makeWorld("lts-tradeoff", { noClickLogit: 0 });
    const solution = await solve(world, { steps: 3, discount: 0.9, gridSize: 16 });
    const { timing: _, ...expected } = JSON.parse(toJson(solution)) as Solution<LtsTypes>;
    expect(document).toEqual(expected);
    expect(timing.seconds).toBeGreaterThan(0);
    expect(Object.keys(expected)).toEqual(
      expect.arrayContaining(["scenario", "parameters", "steps", "value", "valueError", "policies", "table"]),
    );
  });

  test("tells people the optimum, what every policy falls short of it, and which mix is best when", () => {
    const { code, out, err } = slatesim(...words);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const { value, tableValue, policies } = json<Solution<LtsTypes>>(...words);
    const rows = out.split("\n").map((line) => line.split(/ {2,}/).filter((cell) => cell !== ""));
    expect(rows[0]).toEqual(["lts-tradeoff (noClickLogit 0) · 3 steps · discount 0.9"]);
    const ranked = Object.entries({ ...policies, "first, random": policies["first"]! })
      .filter(([name]) => name !== "first" && name !== "random")
      .toSorted(([, a], [, b]) => b - a);
    const expected = [["optimum", value] as const, ["best mix for each exposure", tableValue] as const, ...ranked];
    expected.forEach(([name, each], place) => {
      const [label, total, error, regret, share] = rows[3 + place]!;
      const decimals = total!.split(".")[1]!.length;
      expect([label, total, regret, share]).toEqual([
        name,
        each.toFixed(decimals),
        (value - each).toFixed(decimals),
        `${((100 * (value - each)) / value).toFixed(2)} %`,
      ]);
      expect(error).toMatch(/^±0\.\d+$/);
    });
    expect(rows.find(([left]) => left === "steps left")).toEqual(["steps left", "best mix by exposure"]);
    expect(out).toContain("which no agent observes");
  });

  test("refuses bad input, all at once", () => {
    expect(
      mistakes("solve", "--steps", "61", "--grid-size", "1", "--param", "resample=never", "--warm-up", "x"),
    ).toEqual([
      '"--warm-up" expected a number such as 1000 or 1e3, got "x"',
      '"resample" expected "step", so that the exposure is all of the state, got "never"',
      '"--steps" expected an integer in [1, 60], got 61',
      '"--grid-size" expected an integer in [4, 512], got 1',
    ]);
  });
});
