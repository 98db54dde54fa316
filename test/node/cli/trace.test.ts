import { describe, expect, test } from "vitest";
import { makeWorld, policies, trace } from "../../../src/index.js";
import type { Trace } from "../../../src/index.js";
import { toJson } from "../../../src/report/json.js";
import { json, mistakes, slatesim } from "./slatesim.js";

describe("slatesim trace", () => {
  const one = ["trace", "--user", "42", "--seed", "cli", "--policy", "random", "--steps", "7"];

  test("prints the document of trace", () => {
    const document = json<Trace>(...one);
    const life = trace(makeWorld("lts"), policies.random(), { user: 42, seed: "cli", steps: 7 });
    expect(document).toEqual(JSON.parse(toJson(life)));
    const keys = ["scenario", "parameters", "policy", "user", "seed", "streamVersion", "initial", "steps"];
    expect(Object.keys(document)).toEqual(keys);
  });

  test("agrees with the same user inside run", () => {
    const { steps } = json<Trace>(...one);
    const { metrics } = json("run", "--users", "1", "--first-user", "42", "--seed", "cli", "--steps", "7");
    const total = steps.reduce((sum, step) => sum + step.reward, 0);
    expect(metrics.totalEngagement.mean).toBeCloseTo(total, 9);
    expect(metrics.finalSatisfaction.mean).toBe(steps.at(-1)!.satisfaction);
    expect(metrics.perStep.engagement.mean).toEqual(steps.map((step) => step.engagement));
  });

  test("shows the life for people, with its total", () => {
    const { code, out, err } = slatesim(...one);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain('lts · random · user 42 · seed "cli"');
    const rows = out.split("\n").filter((line) => /^\d /.test(line));
    expect(rows).toHaveLength(7);
    const total = json<Trace>(...one).steps.reduce((sum, step) => sum + step.reward, 0);
    expect(out.replaceAll(",", "")).toContain(`total engagement ${total.toFixed(2)} in 7 steps`);
  });

  test("lists every mistake at once", () => {
    const told = mistakes("trace", "--user", "-1", "--users", "3", "--policy", "mix(9)", "--param", "timeBudget=0");
    expect(told).toEqual(
      expect.arrayContaining([
        '"--users" is not an option (did you mean "--user"?)',
        expect.stringMatching(/^"--user" expected .*, got -1$/),
        expect.stringMatching(/^"timeBudget" expected .*, got 0$/),
      ]),
    );
  });
});
