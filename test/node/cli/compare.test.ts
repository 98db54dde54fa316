import { describe, expect, test } from "vitest";
import { compare, policies, scenarios, type Comparison, type LtsTypes } from "../../../src/index.js";
import { toJson } from "../../../src/report/json.js";
import { fixed, thousands } from "../../support/wording.js";
import { json, mistakes, slatesim } from "./slatesim.js";

const small = ["compare", "--users", "500", "--steps", "6", "--seed", "cli"];
const modulePolicy = "test/support/modulePolicies.mjs#leastFirst";
const moduleAgent = "test/support/modulePolicies.mjs";

describe("slatesim compare", () => {
  test("prints the document of compare: random and every mix, unless told otherwise", async () => {
    const { timing, config: _config, ...document } = json<Comparison<LtsTypes> & { config: unknown }>(...small);
    const rivals = [policies.random(), ...[0, 1, 2, 3].map((m) => policies.mix(m))];
    const options = { users: 500, steps: 6, seed: "cli" };
    const { timing: _, ...expected } = await compare(scenarios["lts-tradeoff"]!, rivals, options);
    expect(document).toEqual(JSON.parse(toJson(expected)));
    expect(Object.keys(timing)).toEqual(["seconds", "userStepsPerSecond", "simulatedUsers", "workers"]);
  });

  test("has the documented keys", () => {
    const document = json<Comparison<LtsTypes>>(...small, "--policy", "first", "--policy", "random");
    const keys =
      "scenario parameters world users firstUser steps seed engine streamVersion policies baseline pairs ranking timing config";
    expect(Object.keys(document)).toEqual(keys.split(" "));
    expect(Object.keys(document.policies[0]!)).toEqual(["policy", "digest", "metrics"]);
    expect(document.pairs).toHaveLength(1);
    expect(document.pairs[0]).toMatchObject({
      a: "first",
      b: "random",
      difference: { ci95: [expect.any(Number), expect.any(Number)] },
    });
    const run = json("run", "--scenario", "lts-tradeoff", "--policy", "random", ...small.slice(1));
    expect(document.policies[1]).toEqual({ policy: "random", digest: run.digest, metrics: run.metrics });
  });

  test("has the same bytes for every number of workers, apart from timing", () => {
    const alone = untimed("--workers", "1");
    expect(untimed("--workers", "2")).toBe(alone);
    expect(untimed("--workers", "3")).toBe(alone);
    expect(untimed()).toBe(alone);
  });

  test("asks what if, and takes policies from modules", () => {
    const words = ["--policy", "first", "--policy-module", modulePolicy, "--what-if", "sensitivity=0.05"];
    const { policies: compared } = json<Comparison<LtsTypes>>(...small, "--param", "slateSize=2", ...words);
    expect(compared.map(({ policy }) => policy)).toEqual([
      "first",
      "least first",
      "first with sensitivity=0.05",
      "least first with sensitivity=0.05",
    ]);
    expect(compared[2]!.parameters).toMatchObject({ sensitivity: 0.05, slateSize: 2 });
  });

  test("takes agents from modules too, which the reference engine runs, as in `run`", () => {
    const modules = ["--policy-module", modulePolicy, "--policy-module", moduleAgent];
    const { engine, policies: compared } = json<Comparison<LtsTypes>>(...small, ...modules);
    expect({ engine, named: compared.map(({ policy }) => policy) }).toEqual({
      engine: "reference",
      named: ["least first", "in order"],
    });
    const alone = json("run", ...small.slice(1), "--scenario", "lts-tradeoff", "--policy-module", moduleAgent);
    expect(alone).toMatchObject({ engine: "reference", policy: "in order", digest: compared[1]!.digest });
    expect(mistakes(...small, ...modules, "--engine", "kernel")).toEqual([
      '"--engine" expected "reference", which supports this world, policy and options, got "kernel"',
    ]);
  });

  test("goes on to a precision, and tells people", () => {
    const words = ["compare", "--policy", "first", "--policy", "mix(3)", "--precision", "0.5%"];
    const { code, out } = slatesim(...words);
    expect(code).toBe(0);
    const { users, policies: compared, pairs } = json<Comparison<LtsTypes>>(...words);
    expect(users).toBe(8192);
    const { mean, simultaneousCi95: interval } = pairs[0]!.difference;
    expect(pairs[0]).toMatchObject({ a: "first", b: "mix(3)", shareBetter: 1 });
    const [worse, better] = compared.map(({ digest, metrics: { totalEngagement: total, finalSatisfaction } }) => {
      const [middle, low, high] = [total.mean, ...total.ci95].map((x) => thousands(x, 1));
      return `${middle} [${low}, ${high}] ${finalSatisfaction.mean.toFixed(5)} ${digest}`;
    });
    const equivalent = thousands(pairs[0]!.equivalentSampleSize, 0);
    const { ratio, simultaneousCi95: lift } = pairs[0]!.lift;
    const [middle, ...ends] = [ratio, ...lift].map((share) => (100 * share).toFixed(2));
    const lifted = `+${middle} [${ends.join(", ")}]`;
    const lines = out.split("\n").filter((line) => line !== "");
    expect(lines.map((line) => line.replaceAll(/ +/g, " "))).toEqual([
      'lts-tradeoff · 8,192 users × 60 steps · seed "0" · kernel engine',
      "policy total engagement 95 % interval final satisfaction digest",
      `mix(3) best ${better}`,
      `first ${worse}`,
      "pair difference 95 % interval lift in % 95 % interval of lift users better independent users needed",
      `mix(3) against first +${mean.toFixed(1)} [${fixed(interval, 1).join(", ")}] ${lifted} 100.00 % ${equivalent}`,
      "All policies use common random numbers. Last column: users that independent runs would need for intervals of the same width.",
      "precision ±0.5 % of the mean of a pair's first policy met after 8,192 users; time-uniform asymptotic confidence sequence (Waudby-Smith et al. 2024).",
      `mix(3) brings most: ${mean.toFixed(1)} s of engagement per user more than first, the next.`,
    ]);
  });

  test("goes on to the most users where no precision is met", () => {
    const unmet = json<Comparison<LtsTypes>>(
      "compare",
      "--policy",
      "first",
      "--policy",
      "mix(3)",
      "--precision",
      "1e-9",
      "--max-users",
      "5000",
    );
    expect(unmet).toMatchObject({ users: 5000, precision: { met: false, halfWidth: 1e-9 } });
  });

  test("refuses bad input, all mistakes at once", () => {
    const words =
      "--policy frst --policy mix(2) --what-if sensitivity --what-if slateSize=40 --workers 0 --precision much --users 5";
    expect(
      mistakes("compare", ...words.split(" "), "--policy-module", "./nowhere.mjs", "--out", "package.json/x"),
    ).toEqual([
      '"--policy" expected one of "first", "random", "most-educational", "least-educational", "greedy", "greedy(field)", "mix(m)", "mix(m, field)", got "frst" (did you mean "first"?)',
      expect.stringMatching(
        /^"--policy-module" expected a module that can be loaded, got "file:.*\/nowhere\.mjs": Cannot find module '.*\/nowhere\.mjs' imported from /,
      ),
      '"--what-if" expected name=value, got "sensitivity"',
      '"slateSize" expected an integer in [1, 32], got 40',
      '"--precision" expected a width such as 0.5, or a share such as 0.1%, got "much"',
      '"--users" expected nothing beside --precision (--max-users bounds it), got 5',
      '"--workers" expected "auto" or an integer in [1, 256], got 0',
      '"--out" expected a folder that can be read and written to, got "package.json/x"',
    ]);
    expect(mistakes(...small, "--policy", "first")).toEqual([
      '"--policy" expected two policies to compare, or one beside --what-if, got one alone',
    ]);
    expect(mistakes("run", "--policy", "first", "--policy-module", modulePolicy)).toEqual([
      '"--policy" expected nothing beside --policy-module, got "first"',
    ]);
  });
});

function untimed(...words: readonly string[]): string {
  const { out } = slatesim("compare", "--users", "40000", "--steps", "3", "--json", ...words);
  return out.replace(/"timing": \{[^}]*\}/, "");
}
