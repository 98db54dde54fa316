// `--csv`: the tables of every command that has one, as DuckDB reads them.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { Comparison, Run } from "../../../src/index.js";
import type { TrainSummary } from "../../../src/train/index.js";
import { ask } from "../../support/duckdb.js";
import { mistakes, slatesim } from "./slatesim.js";

const place = mkdtempSync(join(tmpdir(), "slatesim-csv-"));
afterAll(() => rmSync(place, { recursive: true }));
const at = (name: string): string => join(place, name);
const extent = ["--users", "500", "--steps", "4", "--seed", "csv"];

/** The document of a call that also writes a table. */
function json<Document>(...words: readonly string[]): Document {
  const { code, out, err } = slatesim(...words, "--json");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return JSON.parse(out) as Document;
}

describe("--csv", () => {
  test("of run has its metrics and every step", async () => {
    for (const ending of ["csv", "parquet"]) {
      const path = at(`run.${ending}`);
      const { metrics } = json<Run>("run", ...extent, "--csv", path);
      const told = await ask(
        `select mean, low, high from '${path}' where "table" = 'metric' and metric = 'totalReward'`,
      );
      const [low, high] = metrics.totalReward.ci95;
      expect(told).toEqual([{ mean: metrics.totalReward.mean, low, high }]);
      const steps = await ask<{ mean: number }>(
        `select mean from '${path}' where "table" = 'step' and metric = 'reward' order by step`,
      );
      expect(steps.map(({ mean }) => mean)).toEqual(metrics.perStep.reward.mean);
    }
  });

  test("of compare has the pairs that are shown", async () => {
    const rivals = ["--policy", "random", "--policy", "mix(2)", "--policy", "mix(3)", ...extent];
    const path = at("compare.parquet");
    const query = `select policy, baseline, mean, lift, significant from '${path}' where "table" = 'pair'`;
    for (const [words, shown] of [
      [[], (a: string) => a === "random"],
      [["--baseline", "mix(2)"], (a: string) => a === "mix(2)"],
      [["--all-pairs"], () => true],
    ] as const) {
      const { pairs } = json<Comparison>("compare", ...rivals, ...words, "--csv", path);
      const expected = pairs
        .filter(({ a }) => shown(a))
        .map(({ a, b, difference, lift, significant }) => {
          return { policy: b, baseline: a, mean: difference.mean, lift: lift.ratio, significant };
        });
      expect(expected).toHaveLength(words[0] === "--all-pairs" ? 3 : 2);
      expect(await ask(query)).toEqual(expected);
    }
    const policies = await ask(`select distinct policy from '${path}' where "table" = 'step' order by all`);
    expect(policies).toEqual([{ policy: "mix(2)" }, { policy: "mix(3)" }, { policy: "random" }]);
  });

  test("of trace has a row for each step, as a file of trajectories has", async () => {
    const words = ["--steps", "6", "--seed", "csv", "--policy", "mix(1)"];
    slatesim("trace", "--user", "7", ...words, "--csv", at("trace.csv"));
    const one = ["--users", "8", "--trajectory-users", "7", "--trajectories", at("life.csv")];
    slatesim("run", ...words, ...one);
    expect(readFileSync(at("trace.csv"), "utf8")).toBe(readFileSync(at("life.csv"), "utf8"));
  });

  test("of train and eval has a row for each iteration", async () => {
    const words = ["--iterations", "2", "--steps", "120", "--out", at("out")];
    const { iterations } = json<TrainSummary>("train", ...words, "--csv", at("train.parquet"));
    const told = await ask(`select iteration::int as iteration, averageEpisodeRewards from '${at("train.parquet")}'`);
    expect(told).toEqual(
      iterations.map(({ iteration, averageEpisodeRewards }) => ({ iteration, averageEpisodeRewards })),
    );
    const evaluated = ["eval", "--out", at("out"), "--checkpoint", "each", "--episodes", "5"];
    expect(slatesim(...evaluated, "--csv", at("eval.csv")).code).toBe(0);
    expect(await ask(`select agent, iteration::int as i, episodes::int as n from '${at("eval.csv")}'`)).toEqual(
      [0, 1, 2].map((i) => ({ agent: expect.any(String), i, n: 5 })),
    );
    const replicated = ["train", "--iterations", "1", "--steps", "60", "--replications", "2", "--eval-episodes", "3"];
    expect(slatesim(...replicated, "--csv", at("curve.jsonl")).code).toBe(0);
    const curve = await ask<{ low: number; mean: number }>(`from '${at("curve.jsonl")}'`);
    expect(curve.map(({ low, mean }) => low < mean)).toEqual([true, true]);
  });

  test("- writes CSV to stdout and nothing else", () => {
    for (const words of [["run"], ["run", "--json"], ["compare"]]) {
      const { code, out, err } = slatesim(...words, ...extent, "--csv", "-");
      expect(code).toBe(0);
      expect(out.split("\n")[0]).toMatch(/^table,scenario,seed,policy,metric,step,users,mean,standardError,low,high,/);
      expect(
        out
          .trimEnd()
          .split("\n")
          .slice(1)
          .every((line) => /^(metric|step|pair),/.test(line)),
      ).toBe(true);
      expect(err).toContain("digest");
    }
  });

  test("refuses files that cannot be, before anything is simulated", () => {
    const ENDING = "a name that ends in .csv, .jsonl or .parquet, the formats that are written";
    writeFileSync(at("mine.csv"), "a,b\n1,2\n");
    for (const [path, rule] of [
      [at("a.xlsx"), ENDING],
      [at("none/a.csv"), "a file in a folder that can be written"],
      [place, "no folder"],
      [at("mine.csv"), "no file that slatesim did not write (--force replaces it)"],
    ] as const) {
      for (const command of ["run", "compare", "trace", "train"])
        expect(mistakes(command, "--csv", path)).toEqual([`"--csv" expected ${rule}, got "${path}"`]);
    }
    expect(mistakes("run", "--trajectories", at("a.txt"))).toEqual([
      `"--trajectories" expected ${ENDING}, got "${at("a.txt")}"`,
    ]);
    expect(mistakes("run", "--trajectories", at("a.csv"), "--csv", at("a.csv"))).toEqual([
      `"--csv" expected another place than --trajectories, got "${at("a.csv")}"`,
    ]);
    expect(readFileSync(at("mine.csv"), "utf8")).toBe("a,b\n1,2\n");
    expect(slatesim("trace", "--csv", at("mine.csv"), "--force").code).toBe(0);
  });
});

describe("compare --baseline", () => {
  test("refuses a policy that is not compared, and --all-pairs beside it", () => {
    const rivals = ["compare", "--policy", "random", "--policy", "mix(2)", ...extent];
    expect(mistakes(...rivals, "--baseline", "radnom", "--all-pairs")).toEqual([
      '"--baseline" expected nothing beside --all-pairs, got "radnom"',
      '"--baseline" expected one of "random", "mix(2)", got "radnom" (did you mean "random"?)',
    ]);
  });
});
