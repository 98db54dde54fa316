// The optimum on the command line.
import { describe, expect, test } from "vitest";
import {
  beliefPolicy,
  compare,
  makeWorld,
  policies as builtIn,
  solve,
  type LtsTypes,
  type Solution,
} from "../../../src/index.js";
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
    const { value, tableValue, myopicValue, heldValues, policies } = json<Solution<LtsTypes>>(...words);
    const rows = out.split("\n").map((line) => line.split(/ {2,}/).filter((cell) => cell !== ""));
    expect(rows[0]).toEqual(["lts-tradeoff (noClickLogit 0) · 3 steps · discount 0.9"]);
    const ranked = Object.entries({ ...policies, "first, random": policies["first"]! })
      .filter(([name]) => name !== "first" && name !== "random")
      .toSorted(([, a], [, b]) => b - a);
    const expected: [string, number][] = [
      ["optimum", value],
      ["best mix for each exposure", tableValue],
      ...heldValues.map(({ length, value: held }): [string, number] => [`… held for ${length} steps`, held]),
      ["mix that is best for one step", myopicValue],
      ...ranked,
    ];
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

  test("solves every combination of two parameters", async () => {
    const small = ["--param", "slateSize=1", "--steps", "2", "--grid-size", "8"];
    const over = ["--over", "sensitivity=0.1,0.5", "--over", "numCandidates=2,4"];
    const cells = json<{ at: object; solution: Solution<LtsTypes> }[]>("solve", ...small, ...over);
    expect(cells.map(({ at }) => at)).toEqual([
      { sensitivity: 0.1, numCandidates: 2 },
      { sensitivity: 0.1, numCandidates: 4 },
      { sensitivity: 0.5, numCandidates: 2 },
      { sensitivity: 0.5, numCandidates: 4 },
    ]);
    const world = makeWorld("lts-tradeoff", { slateSize: 1, sensitivity: 0.5, numCandidates: 2 });
    const { value, world: hash } = await solve(world, { steps: 2, gridSize: 8 });
    expect(cells[2]!.solution).toMatchObject({ value, world: hash });
    const { out, code } = slatesim("solve", ...small, ...over);
    expect([code, out.match(/mix\([01]\) \d/g)?.length]).toEqual([0, 4]);
  });

  test("tells what an agent loses that observes users with noise", async () => {
    const small = ["--param", "memoryDiscount=0.95", "--steps", "8", "--grid-size", "8", "--belief"];
    const over = ["--over", "sensitivity=0.03", "--over", "observationNoiseStddev=5"];
    const [cell] = json<{ belief: object }[]>("solve", ...small, ...over);
    const world = makeWorld("lts-tradeoff", { memoryDiscount: 0.95, sensitivity: 0.03, observationNoiseStddev: 5 });
    const solution = await solve(world, { steps: 8, gridSize: 8 });
    const options = { users: 1024, steps: 8, estimator: "controlled" } as const;
    const { pairs } = await compare(world, [beliefPolicy(solution), builtIn.optimal(solution)], options);
    const { mean, standardError } = pairs[0]!.difference;
    const { value } = solution;
    expect(cell!.belief).toEqual({ loss: mean / value, standardError: standardError / value });
    expect(mean).not.toBe(0);
    expect(mistakes("solve", "--belief")).toEqual(['"--belief" expected --over as well, got nothing']);
  });

  test("refuses parameters that are not two, have no numbers or other ranges", () => {
    expect(mistakes("solve", "--over", "sensitivity=1,x", "--over", "memoryDiscount=0.5,2")).toEqual([
      '"--over" expected name=value,value… with different numbers, got "sensitivity=1,x"',
      '"memoryDiscount" expected a number in [0, 1), got 2',
    ]);
    expect(mistakes("solve", "--over", "sensitivity=1,1")).toEqual([
      '"--over" expected name=value,value… with different numbers, got "sensitivity=1,1"',
      '"--over" expected two parameters with their values, got "sensitivity=1,1"',
    ]);
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
