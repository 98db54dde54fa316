import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, inject, test } from "vitest";
import { makeWorld, policies, simulate, type NumberDistribution } from "../../../src/index.js";
import { distributionText, isDistributionText, parseDistribution } from "../../../src/cli/distributionText.js";
import { knownDistributions } from "../../support/distributionMoments.js";
import { json, mistakes, slatesim } from "./slatesim.js";

const place = mkdtempSync(join(tmpdir(), "slatesim-tables-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));

const users = join(place, "users.csv");
const others = join(place, "others.json");
const videos = join(place, "videos.json");
const rows = [
  { sensitivity: 0.1, timeBudget: 5 },
  { sensitivity: 0.3, timeBudget: 8 },
  { sensitivity: 0, timeBudget: 2 },
];
const documents = [
  { educativeness: 0.25, clusterId: 0 },
  { educativeness: 0.5, clusterId: 3 },
  { educativeness: 1, clusterId: 2 },
];
writeFileSync(users, ["sensitivity,timeBudget", ...rows.map((row) => Object.values(row).join())].join("\n"));
writeFileSync(others, JSON.stringify(rows.slice(1)));
writeFileSync(videos, JSON.stringify(documents));

const ALIKE =
  /^"users of the world" expected parameters that all users share, as an optimum is that of one kind of user/;

describe("--users-from and --documents-from", () => {
  const few = ["--users", "300", "--seed", "tables"];

  test("are the parameters users and documents", async () => {
    const run = json("run", ...few, "--policy", "mix(1)", "--users-from", users, "--documents-from", videos);
    const world = makeWorld("lts-tradeoff", { users: rows, documents });
    const { digest, parameters } = await simulate(world, policies.mix(1), { users: 300, seed: "tables" });
    expect(run.digest).toBe(digest);
    expect(run.parameters).toEqual(JSON.parse(JSON.stringify({ ...parameters, noClickLogit: "-Infinity" })));
  });

  test("are told in reports by the number of rows", () => {
    const { out } = slatesim("run", ...few, "--users-from", users, "--documents-from", videos);
    expect(out.split(" · ")[0]).toBe(
      "lts-tradeoff (numCandidates 3, resample never, 3 own documents, users from 3 rows)",
    );
    expect(slatesim("trace", "--users-from", others).out).toMatch(/^lts-tradeoff \(users from 2 rows\) · /);
  });

  test("count under --what-if too, unless it replaces them", async () => {
    const base = ["compare", ...few, "--policy", "first", "--users-from", users];
    const { policies: compared } = json<{ policies: { digest: string }[] }>(
      ...base,
      "--what-if",
      "memoryDiscount=0.5",
      "--what-if",
      `users=${JSON.stringify(rows.slice(1))}`,
    );
    const worlds = [{}, { memoryDiscount: 0.5 }, { users: rows.slice(1) }];
    const expected = worlds.map(async (change) => {
      const world = makeWorld("lts-tradeoff", { users: rows, ...change });
      return (await simulate(world, policies.first(), { users: 300, seed: "tables" })).digest;
    });
    expect(compared.map(({ digest }) => digest)).toEqual(await Promise.all(expected));
  });

  test("exclude a module's world and the parameters that they stand for; all errors come at once", () => {
    const bad = ["--users-from", users, "--documents-from", join(place, "no.csv"), "--param", "slateSize=0"];
    expect(mistakes("run", ...bad, "--param", 'users=[{"sensitivity":1}]', "--param", "documents=null")).toEqual([
      '"--param users" expected nothing beside --users-from, got [{"sensitivity":1}]',
      '"--param documents" expected nothing beside --documents-from, got null',
      expect.stringMatching(/^"--documents-from" expected a file that is there, got /),
      '"slateSize" expected an integer in [1, 32], got 0',
    ]);
    expect(mistakes("trace", "--world", "none.js", "--users-from", users, "--documents-from", videos)).toEqual([
      expect.stringMatching(/^"--users-from" expected nothing beside --world, got /),
      expect.stringMatching(/^"--documents-from" expected nothing beside --world, got /),
      expect.stringMatching(/^"--world" expected /),
    ]);
    expect(mistakes("run", "--param", "users=[]")).toEqual([
      expect.stringMatching(/^"users of the world" expected null/),
    ]);
    expect(mistakes("run", "--param", "users=1,")).toEqual(['"users of the world" expected JSON, got "1,"']);
  });

  test.each<[string, readonly string[], RegExp]>([
    ["solve", ["solve"], /^"users" expected parameters that all users share/],
    ["regret", ["compare", "--regret"], ALIKE],
    ["the optimal policy", ["run", "--policy", "optimal"], ALIKE],
    ["the belief policy", ["compare", "--policy", "belief", "--policy", "first"], ALIKE],
    ["regret of a training", ["train", "--regret"], ALIKE],
    ["regret of an evaluation", ["eval", "--agent", "random", "--regret"], ALIKE],
    ["control variates", ["run", "--estimator", "controlled"], /^"--estimator" expected "sampled" or "expected", as /],
    ["a lock", ["lock", join(place, "x.lock")], /^"world" expected a world without a table of users, of which only/],
  ])("cannot be had with %s", (_, words, told) => {
    expect(mistakes(...words, "--users-from", users)).toEqual([expect.stringMatching(told)]);
  });

  test("are needed by whoever goes on with a training or evaluates it", () => {
    const out = join(place, "run");
    const train = ["train", "--agent", "most-educational", "--steps", "50", "--out", out];
    const first = slatesim(...train, "--iterations", "1", "--users-from", users);
    expect(first).toMatchObject({ code: 0, err: "" });
    const resumed = [...train, "--iterations", "2", "--resume"];
    expect(mistakes(...resumed, "--users-from", others).join("\n")).toMatch(
      /^"world" expected .* as in the run to resume/m,
    );
    expect(mistakes(...resumed).join("\n")).toMatch(/^"world" expected .* as in the run to resume/m);
    expect(slatesim(...resumed, "--users-from", users).code).toBe(0);
    const evaluate = ["eval", "--out", out, "--episodes", "5"];
    expect(mistakes(...evaluate)).toEqual([
      '"--users-from" expected the table of the training, of 3 rows with sensitivity, timeBudget, got nothing',
    ]);
    expect(mistakes(...evaluate, "--users-from", others)).toEqual([
      expect.stringMatching(/^"world of --users-from" expected one of hash [0-9a-f]{16}, got "/),
    ]);
    expect(mistakes(...evaluate, "--users-from", users, "--documents-from", videos)).toEqual([
      expect.stringMatching(/^"--documents-from" expected none without --agent, as a checkpoint knows its world/),
    ]);
    expect(mistakes(...evaluate, "--users-from", join(place, "x.txt"))).toEqual([
      expect.stringMatching(/^"--users-from" expected a file whose name ends in /),
    ]);
    expect(slatesim(...evaluate, "--users-from", users).out).toMatch(/^lts-tradeoff \(users from 3 rows\) · /);
  });

  test("are none of a training without them", () => {
    const out = join(place, "plain");
    slatesim("train", "--agent", "random", "--steps", "50", "--iterations", "1", "--out", out);
    expect(mistakes("eval", "--out", out, "--users-from", users)).toEqual([
      expect.stringMatching(/^"--users-from" expected none, as the checkpoints have none, got /),
    ]);
  });

  test("fit into the metadata of trajectories", () => {
    const path = join(place, "x.parquet");
    const { code, err } = slatesim("run", ...few, "--users-from", users, "--trajectories", path);
    expect({ code, err }).toEqual({ code: 0, err: expect.not.stringContaining("expected") });
  });
});

/** The fields of both. */
function merged<A extends object, B extends object>([fields, more]: [A, B]): A & B {
  return { ...fields, ...more };
}

describe("distributions as text", () => {
  const number = fc.double({ min: -1e9, max: 1e9, noNaN: true }).map((x) => x + 0);
  const ends = fc.oneof(fc.constant({}), fc.record({ min: number, max: number }));
  const distributions: fc.Arbitrary<NumberDistribution> = fc.oneof(
    fc.record({ distribution: fc.constant("uniform" as const), min: number, max: number }),
    fc
      .tuple(fc.record({ distribution: fc.constant("normal" as const), mean: number, stddev: number }), ends)
      .map(merged),
    fc
      .tuple(fc.record({ distribution: fc.constant("logNormal" as const), logMean: number, logStddev: number }), ends)
      .map(merged),
    fc.tuple(fc.record({ distribution: fc.constant("beta" as const), alpha: number, beta: number }), ends).map(merged),
    fc.array(number, { minLength: 1, maxLength: 8 }).chain((values) => {
      const weights = fc.array(number, { minLength: values.length, maxLength: values.length });
      const discrete = { distribution: fc.constant("discrete" as const), values: fc.constant(values) };
      return fc.oneof(fc.record(discrete), fc.record({ ...discrete, weights }));
    }),
  );

  test("are read as they are printed", () => {
    const property = fc.property(distributions, (given) => {
      const text = distributionText(given);
      const wrong: string[] = [];
      expect(isDistributionText(text)).toBe(true);
      expect(parseDistribution("x", text, wrong)).toEqual(given);
      expect(wrong).toEqual([]);
    });
    fc.assert(property, { seed: inject("fastCheckSeed") });
  });

  test("have a text for every kind, and JSON for one end alone", () => {
    expect(knownDistributions.map(({ given }) => distributionText(given))).not.toContain("");
    const one = { distribution: "normal", mean: 5, stddev: 1, min: 0 } as const;
    expect(distributionText(one)).toBe(JSON.stringify(one));
    expect(distributionText({ distribution: "discrete", values: Array.from({ length: 9 }, () => 1) })).toBe(
      "discrete(9 values)",
    );
  });

  test("are parameters, with blanks or without", () => {
    const given = [
      "sensitivity=uniform(0.01, 0.2)",
      "timeBudget=discrete(3:1, 6:3)",
      'memoryDiscount={"distribution":"beta","alpha":2,"beta":1,"max":0.9}',
    ];
    const words = ["run", "--users", "50", ...given.flatMap((text) => ["--param", text])];
    expect(json(...words).parameters).toMatchObject({
      sensitivity: { distribution: "uniform", min: 0.01, max: 0.2 },
      timeBudget: { distribution: "discrete", values: [3, 6], weights: [1, 3] },
      memoryDiscount: { distribution: "beta", alpha: 2, beta: 1, max: 0.9 },
    });
    expect(slatesim(...words).out).toContain("sensitivity uniform(0.01,0.2), timeBudget discrete(3:1,6:3)");
  });

  test.each<[string, string]>([
    [
      "unifrom(0,1)",
      'uniform(min,max) or normal(mean,stddev[,min,max]) or logNormal(logMean,logStddev[,min,max]) or beta(alpha,beta[,min,max]) or discrete(value[:weight],…), got "unifrom(0,1)" (did you mean "uniform"?)',
    ],
    ["uniform(0)", 'uniform(min,max), got "uniform(0)"'],
    ["uniform(0,x)", 'uniform(min,max), got "uniform(0,x)"'],
    ["normal(0,1,2)", 'normal(mean,stddev[,min,max]), got "normal(0,1,2)"'],
    ["discrete()", 'discrete(value[:weight],…), got "discrete()"'],
    ["discrete(1:2,3)", 'discrete(value[:weight],…), got "discrete(1:2,3)"'],
    ["{", 'JSON, got "{"'],
  ])("refuse %s", (text, told) => {
    expect(mistakes("run", "--param", `sensitivity=${text}`)).toEqual([`"sensitivity" expected ${told}`]);
  });

  test("are held to the range of the parameter", () => {
    expect(mistakes("run", "--param", "sensitivity=uniform(-1,1)")).toEqual([
      expect.stringMatching(/^"sensitivity" expected a distribution within \[0, 1000\], so that no draw is -1, got /),
    ]);
  });
});
