// Learning curves on the command line: what is printed, refused, and kept after Ctrl-C.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { makeWorld, solve } from "../../../src/index.js";
import { toJson } from "../../../src/report/json.js";
import { replicate, type LearningCurve } from "../../../src/train/index.js";
import { json, main, mistakes, slatesim } from "./slatesim.js";

const place = mkdtempSync(join(tmpdir(), "slatesim-replications-"));
afterAll(() => rmSync(place, { recursive: true }));

const parameters = { timeBudget: 2, slateSize: 1, numCandidates: 4 };
const inWorld = Object.entries(parameters).flatMap(([name, value]) => ["--param", `${name}=${value}`]);
const counts = ["--steps", "10", "--eval-episodes", "4", "--replications", "3", "--workers", "1"];
const small = ["train", "--agent", "random", ...inWorld, ...counts, "--iterations"];
const few = [...small, "2"];

describe("slatesim train --replications", () => {
  test("prints the curve of replicate as JSON, with regret", async () => {
    const world = makeWorld("lts-tradeoff", parameters);
    const optimum = await solve(world);
    const options = { replications: 3, numIterations: 2, maxTrainingSteps: 10, maxEvalEpisodes: 4, optimum };
    const { timing: _timing, ...curve } = await replicate(world, "random", options);
    const { timing, ...printed } = json<LearningCurve>(...few, "--regret");
    expect(printed).toEqual(JSON.parse(toJson(curve)));
    expect(timing.workers).toBe(1);
  });

  test("prints a picture and a table of means, intervals and regret", () => {
    const { code, err, out } = slatesim(...few, "--regret", "--seed", "text");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const [title, picture, rows, note, optimum] = out.trimEnd().split("\n\n");
    expect(title).toBe(
      'lts-tradeoff (timeBudget 2, slateSize 1, numCandidates 4) · random · 3 replications · seed "text"',
    );
    expect(picture).toMatch(/^mean return {2}[\d.]+ [▁▂▃▄▅▆▇█]{3} [\d.]+$/);
    const [titles, ...lines] = rows!.split("\n");
    expect(titles!.trim().split(/ {2,}/)).toEqual([
      "iteration",
      "mean return",
      "95 % interval",
      "regret",
      "95 % interval",
    ]);
    const { points } = json<LearningCurve>(...few, "--regret", "--seed", "text");
    lines.forEach((line, iteration) => {
      const numbers = line.match(/-?\d+(\.\d+)?/g)!.map(Number);
      const { mean, ci95, regret } = points[iteration]!;
      const expected = [iteration, mean, ...ci95, regret!.mean, ...regret!.ci95];
      expect(numbers).toEqual(expected.map((number) => expect.closeTo(number, 0)));
    });
    expect(lines).toHaveLength(3);
    expect(note).toMatch(
      /^Each replication trains on users of its own, and is evaluated on 4 more after every iteration;/,
    );
    expect(optimum).toMatch(/^The optimum is [\d.]+ ±[\d.]+ per user/);
  });

  test("refuses bad input with every mistake, by the flags that were typed", () => {
    const count = "expected an integer in [1, 2147483647], got";
    expect(
      mistakes("train", "--replications", "1", "--eval-episodes", "0", "--workers", "x", "--steps", "0", "--resume"),
    ).toEqual([
      '"--replications" expected an integer in [2, 9999], got 1',
      `"--eval-episodes" ${count} 0`,
      '"--workers" expected "auto" or an integer in [1, 256], got "x"',
      `"--steps" ${count} 0`,
      '"--out" expected the folder of the run to resume, got nothing',
    ]);
    expect(mistakes("train", "--eval-episodes", "5", "--workers", "2")).toEqual([
      '"--eval-episodes" expected nothing without --replications, got 5',
      '"--workers" expected nothing without --replications, got "2"',
    ]);
  });

  test("stops at Ctrl-C with what is finished, and goes on from there", async () => {
    const out = join(place, "interrupted");
    const words = [...small, "100000", "--out", out];
    const child = spawn(process.execPath, [main, ...words], { stdio: ["ignore", "pipe", "pipe"] });
    let [said, printed] = ["", ""];
    child.stderr.on("data", (text: Buffer) => (said += text.toString()));
    child.stdout.on("data", (text: Buffer) => (printed += text.toString()));
    while (!existsSync(join(out, "replication-0001/evaluations/evaluation-000002"))) await sleep(5);
    child.kill("SIGINT");
    expect(await once(child, "close")).toEqual([130, null]);
    const hint = "Resume with the same command and --resume.";
    expect([said, printed]).toEqual([`Interrupted: 0 of 3 replications are finished. ${hint}\n`, ""]);
    expect(mistakes(...words)).toEqual([
      `"--out" expected a folder that is new or empty (--resume continues a run), got "${out}"`,
    ]);
    expect(mistakes(...words, "--resume", "--seed", "other")).toEqual([
      '"--seed" expected "0" as in the replications to resume, got "other"',
    ]);
  });
});
