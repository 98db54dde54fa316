// Regret on the command line: of a comparison, and along the curve of a training.
import { describe, expect, test } from "vitest";
import { makeWorld, regretOf, solve } from "../../../src/index.js";
import { meanInterval } from "../../../src/numeric/moments.js";
import { json, mistakes, slatesim } from "./slatesim.js";

const steps = 2;
const small = { slateSize: 1, numCandidates: 4 }; // solved in a tenth of a second
const base = makeWorld("lts-tradeoff", { ...small, sensitivity: 0.2 });
const changed = makeWorld("lts-tradeoff", { ...small, sensitivity: 0.1 });
const inWorld = ["--param", "sensitivity=0.2", "--param", "slateSize=1", "--param", "numCandidates=4"];

interface Curve {
  readonly optimum: number;
  readonly optimumError: number;
  readonly regrets: readonly unknown[];
}

describe("slatesim compare --regret", () => {
  const words = ["compare", ...inWorld, "--what-if", "sensitivity=0.1", "--users", "300"];
  const rest = ["--policy", "mix(1)", "--steps", `${steps}`, "--discount", "0.5", "--regret"];

  test("has every policy's distance from the optimum of its own world", async () => {
    const { policies, regrets } = json(...words, ...rest) as unknown as {
      readonly policies: readonly { readonly policy: string; readonly metrics: { readonly totalReward: never } }[];
      readonly regrets: readonly unknown[];
    };
    const solutions = await Promise.all([base, changed].map((world) => solve(world, { steps, discount: 0.5 })));
    expect(solutions[0]!.value).not.toBe(solutions[1]!.value);
    const expected = policies.map(({ policy, metrics }, place) => {
      const { value: optimum, valueError: optimumError } = solutions[place]!;
      return Object.assign({ policy, optimum, optimumError }, regretOf(solutions[place]!, metrics.totalReward));
    });
    expect(regrets).toEqual(JSON.parse(JSON.stringify(expected)));
  });
});

describe("slatesim train --regret and eval --regret", () => {
  const words = ["--agent", "random", ...inWorld, "--max-steps-per-episode", `${steps}`, "--regret"];

  test.each([
    ["iterations", ["train", "--iterations", "2", "--steps", "10", ...words]],
    ["evaluations", ["eval", "--episodes", "20", "--scenario", "lts-tradeoff", ...words]],
  ])("have the regret of each of the %s", async (name, given) => {
    const document = json(...given) as unknown as Curve & Readonly<Record<string, readonly Statistics[]>>;
    const solution = await solve(base, { steps });
    expect([document.optimum, document.optimumError]).toEqual([solution.value, solution.valueError]);
    const expected = document[name]!.map(({ episodes, averageEpisodeRewards: mean, stdEpisodeRewards }) => {
      return regretOf(solution, { mean, ci95: meanInterval(mean, stdEpisodeRewards / Math.sqrt(episodes), episodes) });
    });
    expect(document.regrets).toEqual(JSON.parse(JSON.stringify(expected)));
    const { out, code } = slatesim(...given);
    expect(code).toBe(0);
    expect(out).toMatch(/clicks +regret +95 % interval\n/);
    expect(out).toMatch(/^The optimum is [\d.]+ ±[\d.]+ per user, for somebody who knows the state of every user/m);
  });
});

interface Statistics {
  readonly episodes: number;
  readonly averageEpisodeRewards: number;
  readonly stdEpisodeRewards: number;
}

test("regret in a world that cannot be solved is refused before anything is simulated", () => {
  const sentence = '"resample" expected "step", so that the exposure is all of the state, got "never"';
  for (const words of [["compare"], ["train", "--agent", "random"], ["eval", "--agent", "random"]]) {
    expect(mistakes(...words, "--regret", "--param", "resample=never")).toEqual([sentence]);
  }
});
