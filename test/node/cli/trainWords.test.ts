// What `slatesim train` and `slatesim eval` say: what agents know, what a fixed mix brings, and how to go on.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { agentNames, makeEnv, makeWorld, parseAgent, policies, simulate } from "../../../src/index.js";
import { bestFixedMix, describeBestMix } from "../../../src/cli/bestMix.js";
import { describeTraining } from "../../../src/cli/describeTraining.js";
import { AgentRecorder } from "../../../src/cli/knowledge.js";
import { checkpointIterations } from "../../../src/train/checkpointFolder.js";
import { EvalRunner, TrainRunner, type TrainSummary } from "../../../src/train/index.js";
import { filesIn } from "../../support/filesIn.js";
import { KNOWLEDGE, thousands } from "../../support/wording.js";
import { json, main, mistakes, slatesim, spawned } from "./slatesim.js";

const place = mkdtempSync(join(tmpdir(), "slatesim-words-"));
afterAll(() => rmSync(place, { recursive: true }));
const folder = (name: string): string => join(place, name);
const run = ["train", "--steps", "60", "--seed", "w", "--iterations"];
const few = [...run, "2"];

describe("what an agent knows", () => {
  test.each(agentNames)("is said of %s, before and after it has worked", async (name) => {
    const world = makeWorld("lts", { numClusters: 9, timeBudget: 5 });
    const env = await makeEnv(world, { seed: 3 });
    const made = new AgentRecorder(parseAgent(name));
    await new TrainRunner({ env, createAgent: made.createAgent, numIterations: 2, maxTrainingSteps: 20 }).run();
    made.createAgent(env);
    const [trained, fresh] = made.knowledge(name);
    const [before, after = before] = KNOWLEDGE[name]!;
    expect([fresh, trained]).toEqual([`${name} ${before}`, `${name} ${after}`]);
  });

  test("is what it has counted", async () => {
    const world = makeWorld("lts", { numClusters: 2, timeBudget: 5 });
    const env = await makeEnv(world, { seed: 3 });
    const made = new AgentRecorder(parseAgent("cluster-bandit-lifetime"));
    const createAgent = made.createAgent;
    await new TrainRunner({ env, createAgent, numIterations: 1, maxTrainingSteps: 20 }).run();
    const numbers = made
      .knowledge("it")[0]!
      .match(/\d+ of \d+/g)!
      .map((text) => text.split(" of ").map(Number));
    expect(numbers).toHaveLength(2);
    expect(numbers[0]![0]! + numbers[1]![0]!).toBe(20); // every step has a click
    expect(numbers[0]![1]! + numbers[1]![1]!).toBe(60);
  });
});

describe("the best fixed mix", () => {
  test.each([
    ["lts", {}],
    ["lts-tradeoff", { slateSize: 1 }],
    ["choc-kale", { timeBudget: 7 }],
    ["lts", { sensitivity: 0.9, slateSize: 5, numCandidates: 6, noClickLogit: 0 }],
    ["lts", { documents: [1, 0, 0.5].map((educativeness) => ({ educativeness, clusterId: 0 })) }],
  ] as const)("is the one that simulate finds in %s %j", async (scenario, parameters) => {
    const world = makeWorld(scenario, parameters);
    const best = (await bestFixedMix(world, { seed: "b", firstUser: 2 ** 31, maxSteps: 9 }))!;
    const { users, steps, firstUser } = best;
    expect(steps).toBe(Math.min(9, world.parameters.timeBudget));
    const mixes = Array.from({ length: world.slateSize + 1 }, (_, m) => policies.mix(m));
    const runs = await Promise.all(mixes.map((mix) => simulate(world, mix, { users, steps, firstUser, seed: "b" })));
    const totals = runs.map(({ metrics }) => metrics.totalEngagement);
    const most = Math.max(...totals.map(({ mean }) => mean));
    const at = totals.findIndex(({ mean }) => mean === most);
    const { ci95 } = totals[at]!;
    expect(best).toMatchObject({ policy: mixes[at]!.name, mean: most, ci95 });
    const numbers =
      /^The best fixed mix brings (\S+) a user in (\d+) steps: (\S+), 95 % interval \[(\S+), (\S+)\], on (\S+) users/;
    const [total, ...rest] = numbers.exec(describeBestMix(world, best))!.slice(1);
    const decimals = total!.split(".")[1]!.length;
    const text = (x: number): string => thousands(x, decimals);
    expect([total, ...rest]).toEqual([text(most), `${steps}`, best.policy, ...ci95.map(text), thousands(users, 0)]);
  });

  test("is left to compare where it would take long", async () => {
    const world = makeWorld("lts", { timeBudget: 65_536, numCandidates: 4096, slateSize: 32 });
    const best = await bestFixedMix(world, { seed: 0, firstUser: 0, maxSteps: 27_000 });
    expect(best).toBeNull();
    expect(describeBestMix(world, best)).toBe(
      "The best fixed mix is not known: simulating every mix of this world would take too long. Run slatesim compare.",
    );
  });
});

interface Extended {
  readonly knowledge: string | readonly string[];
  readonly bestFixedMix: { readonly firstUser: number; readonly mean: number; readonly ci95: readonly number[] };
  readonly settings: { readonly evalSeed?: unknown };
  readonly evaluations?: readonly { readonly averageEpisodeRewards: number }[];
  readonly iterations: TrainSummary["iterations"];
}

describe("both commands", () => {
  test("say in words and in JSON what the agent knows and what the best mix brings", () => {
    const trained = json<Extended>(...few);
    expect(trained.knowledge).toBe("value-learner has seen 2 exploring episodes, too few for a plan.");
    expect(trained.bestFixedMix).toMatchObject({ policy: "mix(3)", firstUser: 0, users: 8192 });
    const evaluated = json<Extended>("eval", "--agent", "first", "--episodes", "2");
    expect(evaluated.knowledge).toEqual([`first ${KNOWLEDGE["first"]![0]}`]);
    expect(evaluated.bestFixedMix.firstUser).toBe(2 ** 31);
    const out = folder("said");
    const lines = slatesim(...few, "--out", out)
      .out.split("\n")
      .filter((line) => line !== "");
    const { mean, ci95 } = trained.bestFixedMix;
    const [total, low, high] = [mean, ...ci95].map((x) => thousands(x, 1));
    const rows = trained.iterations.map(({ iteration, totalSteps, averageEpisodeRewards: rewards }) => {
      return `${iteration} ${totalSteps} 1 60 ${thousands(rewards, 4)} – 60.0 100.00 %`;
    });
    expect(rows).toHaveLength(2);
    // And nothing of speed: it is another one every time.
    expect(lines.map((line) => line.trim().replaceAll(/ +/g, " "))).toEqual([
      'lts-tradeoff · value-learner · 2 iterations · seed "w"',
      "iteration total steps episodes steps mean reward sd mean length clicks",
      ...rows,
      trained.knowledge,
      `The best fixed mix brings ${total} a user in 60 steps: mix(3), 95 % interval [${low}, ${high}], on 8,192 users of the same world and seed.`,
      `${out} has 3 checkpoints, the newest after iteration 2: the last 4 are kept (--keep-checkpoints).`,
    ]);
  });

  test("evaluate on users that no training has, under the same seed", async () => {
    const { evaluations } = json<Extended>("eval", "--agent", "first", "--episodes", "3", "--seed", "w");
    const env = await makeEnv(makeWorld("lts-tradeoff"), { seed: "w", user: 2 ** 31 });
    const runner = new EvalRunner({ env, createAgent: parseAgent("first"), maxEvalEpisodes: 3 });
    expect(evaluations).toEqual((await runner.run()).evaluations);
    expect(json<Extended>("eval", "--agent", "first", "--episodes", "1").settings).toMatchObject({ evalSeed: "0" });
  });

  test("keep as many checkpoints as they are told", () => {
    const out = folder("kept");
    slatesim(...few, "--out", out, "--keep-checkpoints", "1");
    expect(checkpointIterations(out)).toEqual([2]);
    expect(spawned("train", "--help").out).toMatch(/--keep-checkpoints COUNT .* Default: 4\./);
  });

  test("go on with more iterations to the same bytes", () => {
    const [longer, whole] = [folder("longer"), folder("whole")];
    slatesim(...few, "--out", longer);
    expect(slatesim(...run, "5", "--out", longer, "--resume")).toMatchObject({ code: 0, err: "" });
    slatesim(...run, "5", "--out", whole);
    expect(filesIn(longer)).toEqual(filesIn(whole));
    expect(mistakes(...run, "4", "--out", longer, "--resume")).toEqual([
      '"--iterations" expected at least 5, as many as the run to resume has, got 4',
    ]);
  });

  test("say how to mend a folder, and mend it", () => {
    const out = folder("mended");
    slatesim(...few, "--out", out);
    const whole = filesIn(out);
    const path = join(out, "train/checkpoints/checkpoint-000002");
    writeFileSync(path, "damaged");
    const told = mistakes(...few, "--out", out, "--resume");
    const rule = `"${path}" expected a first line "slatesim checkpoint 2 sha256 …", got "damaged"`;
    expect(told).toEqual([`${rule} (--resume with --repair: it resumes from iteration 1)`]);
    expect(mistakes("eval", "--out", out)).toEqual([
      `${rule} (of the checkpoints there, sound are those after 0, 1 iterations)`,
    ]);
    expect(mistakes(...few, "--out", out, "--repair")).toEqual([
      '"--repair" expected nothing without --resume, got true',
      expect.stringMatching(/^"--out" expected a folder that is new or empty \(--resume continues a run\), got ".*"$/),
    ]);
    const { code, err } = slatesim(...few, "--out", out, "--resume", "--repair");
    expect({ code, err }).toEqual({
      code: 0,
      err: `${path} is damaged, and kept as ${path}.damaged.\nThe run resumed from iteration 1.\n`,
    });
    rmSync(`${path}.damaged`);
    expect(filesIn(out)).toEqual(whole);
  });

  test("name what could not be written, and leave no half of it", () => {
    const out = folder("full");
    const words = [...run, "9", "--episode-log", "jsonl", "--out", out];
    // A file as large as may be is refused as one on a full disk is.
    const limit = `trap '' XFSZ; ulimit -f 20; exec "$0" "$@"`;
    const { status, stderr } = spawnSync("bash", ["-c", limit, process.execPath, main, ...words], { encoding: "utf8" });
    const log = join(out, "train/episodes.jsonl");
    const cause = `${log} could not be written: EFBIG: file too large, write\n`;
    expect({ status, stderr }).toEqual({ status: 1, stderr: cause });
    const lines = readFileSync(log, "utf8").split("\n");
    expect(lines.pop()).toBe("");
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.length % 60).toBe(0); // of whole iterations
    expect(Object.keys(JSON.parse(lines.at(-1)!) as object)).toEqual(Object.keys(JSON.parse(lines[0]!) as object));
    expect(slatesim(...words, "--resume")).toMatchObject({ code: 0, err: "" });
    const whole = folder("not-full");
    slatesim(...words.slice(0, -1), whole);
    expect(filesIn(out)).toEqual(filesIn(whole));
  });

  test("refuse places that cannot be written to before any work", () => {
    const long = `/tmp/${"a".repeat(300)}`;
    for (const [out, rule] of [
      ["/proc/x", 'a folder that can be read and written to, got "/proc/x"'],
      [long, `shorter names, got "${long.slice(0, 79)}…`],
    ] as const) {
      for (const words of [few, ["eval", "--agent", "first", "--episodes", "2"]]) {
        expect(mistakes(...words, "--out", out)).toEqual([`"--out" expected ${rule}`]);
      }
    }
  });

  test("suggest the agent that was meant", () => {
    for (const command of ["train", "eval"]) {
      const names = agentNames.map((name) => `"${name}"`).join(", ");
      expect(mistakes(command, "--agent", "clusterbandit")).toEqual([
        `"--agent" expected one of ${names}, got "clusterbandit" (did you mean "cluster-bandit"?)`,
      ]);
    }
  });
});

test("numbers of a column have the same decimals", () => {
  const rows = [0.001, 0.4, 170, 0].map((stdEpisodeRewards, i) => ({
    iteration: i + 1,
    totalSteps: 100 * i,
    episodes: i === 3 ? 1 : 5,
    steps: 100,
    averageEpisodeRewards: 10 ** i / 3,
    stdEpisodeRewards,
    averageEpisodeLength: 60 / (i + 1),
    ctr: 1 / (i + 2),
  }));
  const summary: Pick<TrainSummary, "settings" | "iterations"> = {
    settings: { agent: "a", seed: 0 },
    iterations: rows,
  };
  const lines = describeTraining(summary, "lts", [], Infinity).split("\n").slice(3);
  const columns = lines.map((line) => line.trim().split(/\s{2,}/));
  for (const [column] of columns[0]!.entries()) {
    const decimals = columns.map((cells) => cells[column]!).filter((cell) => cell !== "–");
    expect(new Set(decimals.map((cell) => /\.(\d+)/.exec(cell)?.[1]!.length)).size, lines.join("\n")).toBe(1);
  }
});
