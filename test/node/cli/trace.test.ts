import { describe, expect, test } from "vitest";
import { makeWorld, policies, trace } from "../../../src/index.js";
import type { LtsTypes, Trace } from "../../../src/index.js";
import { toJson } from "../../../src/report/json.js";
import { fixed } from "../../support/wording.js";
import { json, mistakes, slatesim } from "./slatesim.js";

describe("slatesim trace", () => {
  const one = ["trace", "--user", "42", "--seed", "cli", "--policy", "random", "--steps", "7"];

  test("prints the document of trace", () => {
    const document = json<Trace<LtsTypes>>(...one);
    const life = trace(makeWorld("lts-tradeoff"), policies.random(), { user: 42, seed: "cli", steps: 7 });
    expect(document).toEqual(JSON.parse(toJson(life)));
    const keys = ["scenario", "parameters", "policy", "user", "seed", "streamVersion", "initial", "steps"];
    expect(Object.keys(document)).toEqual(keys);
  });

  test("agrees with the same user inside run", () => {
    const { steps } = json<Trace<LtsTypes>>(...one);
    const { metrics } = json("run", "--users", "1", "--first-user", "42", "--seed", "cli", "--steps", "7");
    const total = steps.reduce((sum, step) => sum + step.reward, 0);
    expect(metrics.totalEngagement.mean).toBeCloseTo(total, 9);
    expect(metrics.finalSatisfaction.mean).toBe(steps.at(-1)!.satisfaction);
    expect(metrics.perStep.engagement.mean).toEqual(steps.map((step) => step.engagement));
  });

  test("shows the episode for people, with its total", () => {
    const { code, out, err } = slatesim(...one);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const { initial, steps } = json<Trace<LtsTypes>>(...one);
    const rows = steps.map((step, index) => [
      `${index}`,
      ...step.slate.map(String),
      ...fixed(
        step.slate.map((position) => step.candidates[position]!.educativeness),
        2,
      ),
      ...fixed(step.probabilities.slice(0, 3), 2), // without a click there is none to be shown
      `slot ${step.choice}`,
      ...fixed([step.engagement], 2),
      ...fixed([step.exposure, step.satisfaction, step.observation], 4),
    ]);
    const total = steps.reduce((sum, step) => sum + step.reward, 0);
    const wanted = [
      'lts-tradeoff · random · user 42 · seed "cli"',
      "step slate educativeness probabilities click engagement exposure satisfaction observed",
      ["start", ...fixed([initial.exposure, initial.satisfaction, initial.observation], 4)].join(" "),
      ...rows.map((row) => row.join(" ")),
      `total engagement ${total.toFixed(2)} in 7 steps`,
    ];
    const lines = out.split("\n").filter((line) => line !== "");
    expect(lines.map((line) => line.replaceAll(/ +/g, " "))).toEqual(wanted);
  });

  test("lists every mistake at once", () => {
    const told = mistakes("trace", "--user", "-1", "--users", "3", "--policy", "mix(9)", "--param", "timeBudget=0");
    expect(told).toEqual([
      '"--users" is not an option (did you mean "--user"?)',
      '"timeBudget" expected an integer in [1, 65536], got 0',
      '"--user" expected an integer in [0, 4294967295], got -1',
    ]);
  });
});
