// Trajectories as Parquet: DuckDB reads the episodes of `trace`, and what fails leaves nothing behind.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import {
  agentPolicy,
  agents,
  longTermSatisfaction,
  makeWorld,
  policies,
  streamVersion,
  trace,
  type BatchPolicy,
  type LongTermSatisfactionWorld,
  type LtsBatchObservation,
  type RunPolicy,
  type World,
} from "../../src/index.js";
import { writeTrajectories, type TrajectoryOptions } from "../../src/records/index.js";
import { ask } from "../support/duckdb.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { countingWorld, filmWorld } from "../support/ownWorlds.js";

const place = mkdtempSync(join(tmpdir(), "slatesim-trajectories-"));
const path = join(place, "lives.parquet");
beforeEach(() => rmSync(path, { force: true }));
afterAll(() => rmSync(place, { recursive: true }));

const world = makeWorld("lts-tradeoff", { noClickLogit: 0.3, timeBudget: 12 });
const lastFirst: BatchPolicy<LtsBatchObservation> = {
  name: "last first",
  fillSlates: ({ observation, user }, slates) => {
    const last = observation.educativeness.length - 1;
    const slateSize = slates.length / user.length;
    for (let at = 0; at < slates.length; at++) slates[at] = last - (at % slateSize);
  },
};
const bandit = agentPolicy("bandit", (spaces, seed) => agents.clusterBandit()(spaces, seed));
const single = agentPolicy("single", () => {
  return { beginEpisode: () => [4], step: () => [], endEpisode: () => {} };
});

/** What custom worlds tell of a step may be anything. */
const JSON_COLUMNS = new Set(["responses", "state", "observation"]);

/** The rows that a user's episode should have. */
function rowsOf(any: LongTermSatisfactionWorld, policy: RunPolicy, seed: string | number, user: number): object[] {
  return trace(any, policy, { user, seed }).steps.map((lived, step) => {
    const { draws: _draws, ...row } = lived;
    return Object.assign(row, { user, step, choice: lived.choice < lived.slate.length ? lived.choice : null });
  });
}

describe("a file of trajectories", () => {
  test.each<[string, LongTermSatisfactionWorld, RunPolicy]>([
    ["random", world, policies.random()],
    ["mix(2)", makeWorld("lts-notebook", { resample: "episode", noClickLogit: -0.5 }), policies.mix(2)],
    ["first", longTermSatisfaction({ resample: "never", slateSize: 1, numCandidates: 1 }), policies.first()],
    ["most-educational", makeWorld("choc-kale", { numCandidates: 40, slateSize: 5 }), policies.mostEducational()],
    ["a batch policy", world, lastFirst],
    ["an agent", world, bandit],
    ["an agent that shows little", world, single],
  ])("holds the episodes of trace, as DuckDB reads them: %s", async (_, any, policy) => {
    const users = [2 ** 32 - 1, 0, 3, 2 ** 31, 3];
    const written = await writeTrajectories(path, any, policy, { users, seed: "duck" });
    expect(written).toEqual({ users: 4, rows: 4 * any.timeBudget });
    const expected = [0, 3, 2 ** 31, 2 ** 32 - 1].flatMap((user) => rowsOf(any, policy, "duck", user));
    expect(await ask(`from '${path}'`)).toEqual(expected);
    const one = await ask(`from '${path}' where "user" = ${2 ** 32 - 1} and step < 2`);
    expect(one).toEqual(expected.slice(-any.timeBudget).slice(0, 2));
  });

  test("holds the episodes of custom worlds, as long as each is, with JSON for what may be no number", async () => {
    for (const own of [filmWorld("step"), countingWorld()] as World[]) {
      const users = [0, 2, 7];
      const options = { seed: "own", steps: 20 };
      const written = await writeTrajectories(path, own, policies.random(), { ...options, users });
      const expected = users.flatMap((user) =>
        trace(own, policies.random(), { ...options, user }).steps.map((traced, step) => {
          const choice = traced.choice < traced.slate.length ? traced.choice : null;
          const told = Object.entries(traced).map(([name, value]) => [
            name,
            JSON_COLUMNS.has(name) ? JSON.stringify(value) : value,
          ]);
          return Object.assign(Object.fromEntries(told), { user, step, choice });
        }),
      );
      expect(written).toEqual({ users: 3, rows: expected.length });
      expect(expected.length).toBeLessThan(60); // some ended early
      expect(await ask(`from '${path}'`)).toEqual(expected);
    }
  });

  test("says what was run, in its metadata", async () => {
    const options = { users: [7, 5, 6, 12], seed: 8, steps: 3 };
    await writeTrajectories(path, makeWorld("lts"), policies.mix(1), options);
    const [row] = await ask<{ text: string }>(
      `select decode(value) as text from parquet_kv_metadata('${path}') where decode(key) = 'slatesim'`,
    );
    const { scenario, parameters, hash } = makeWorld("lts");
    const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
    expect(JSON.parse(row!.text)).toEqual({
      scenario,
      parameters: { ...parameters, noClickLogit: "-Infinity" },
      world: hash,
      policy: "mix(1)",
      users: "5-7,12",
      steps: 3,
      seed: "8",
      streamVersion,
      slatesim: version,
    });
  });

  test("is the same bytes for the same call, in row groups of a bounded size", async () => {
    const wide = makeWorld("lts", { numCandidates: 1000 });
    const seen: number[] = [];
    const options = {
      users: new Set([4, 1, 9, ...Array(20).keys()]),
      seed: 3,
      steps: 30,
      onProgress: (n: number) => seen.push(n),
    };
    const small = { ...options, steps: 12 };
    await writeTrajectories(path, world, policies.random(), small);
    const first = readFileSync(path);
    await writeTrajectories(path, world, policies.random(), { ...small, users: [...small.users].toReversed() });
    expect(readFileSync(path).equals(first)).toBe(true);
    seen.length = 0;
    await writeTrajectories(path, wide, policies.random(), options);
    const groups = await ask<{ rows: bigint }>(
      `select distinct row_group_id, row_group_num_rows as rows from parquet_metadata('${path}') order by all`,
    );
    expect(groups.map(({ rows }) => Number(rows))).toEqual([500, 100]);
    expect(seen).toEqual([16, 20]);
  });

  test("is one of two that are written at once, whole, and what a dead writer left is gone then", async () => {
    const { pid } = spawnSync(process.execPath, ["--version"]);
    writeFileSync(`${path}.${pid}-1.slatesim-partial`, "left");
    writeFileSync(`${path}.${process.ppid}-1.slatesim-partial`, "of a process that lives");
    writeFileSync(`${path}.slatesim-partial.txt`, "mine");
    const users = Array.from({ length: 500 }, (_, user) => user);
    const whole: Buffer[] = [];
    for (const seed of ["a", "b"]) {
      await writeTrajectories(path, world, policies.first(), { users, seed });
      whole.push(readFileSync(path));
    }
    await Promise.all(["a", "b"].map((seed) => writeTrajectories(path, world, policies.first(), { users, seed })));
    const written = readFileSync(path);
    expect(whole.some((bytes) => bytes.equals(written))).toBe(true);
    const kept = [`lives.parquet.${process.ppid}-1.slatesim-partial`, "lives.parquet.slatesim-partial.txt"];
    expect(readdirSync(place).filter((name) => name !== "lives.parquet")).toEqual(kept);
    for (const name of kept) rmSync(join(place, name));
  });
});

describe("trajectories that come to nothing", () => {
  const options = { users: Array.from({ length: 900 }, (_, user) => user), seed: 1 };
  const nothing: string[] = [];

  test.each(["no file", "an earlier file"])("leave %s as it was", async (before) => {
    if (before === "an earlier file") writeFileSync(path, "earlier");
    const listed = before === "no file" ? nothing : ["lives.parquet"];
    const failing: BatchPolicy<LtsBatchObservation> = {
      name: "failing",
      fillSlates: (view, ...rest) => {
        if (view.user[0] === 899) throw new Error("tired");
        lastFirst.fillSlates(view, ...rest);
      },
    };
    await expect(writeTrajectories(path, world, failing, options)).rejects.toThrow("tired");
    expect(readdirSync(place)).toEqual(listed);
    const controller = new AbortController();
    const onProgress = (): void => controller.abort(new Error("enough"));
    const aborted = { ...options, onProgress, signal: controller.signal };
    await expect(writeTrajectories(path, world, policies.first(), aborted)).rejects.toThrow("enough");
    await expect(writeTrajectories(path, world, policies.first(), aborted)).rejects.toThrow("enough");
    expect(readdirSync(place)).toEqual(listed);
    if (before === "an earlier file") expect(readFileSync(path, "utf8")).toBe("earlier");
  });

  test("are refused with every mistake", async () => {
    const bad = { users: [1, 1.5, -1], seed: NaN, steps: 13, onProgress: 1, signal: {}, engine: "kernel" } as never;
    expect(await mistakesOf(() => writeTrajectories(join(place, "no", "x"), world, policies.mix(4), bad))).toEqual([
      expect.stringMatching(/^"engine" is not a trajectory option/),
      `"path" expected a file in a folder that can be written, got "${join(place, "no", "x")}"`,
      '"onProgress" expected a function, got 1',
      '"signal" expected an AbortSignal, got {}',
      '"policy" expected mix(m) with an integer m in [0, 3] (slateSize), got "mix(4)"',
      '"steps" expected an integer in [1, 12], got 13',
      '"seed" expected a text that is not empty, or a finite number, got NaN',
      '"users[1]" expected an integer in [0, 4294967295], got 1.5',
      '"users[2]" expected an integer in [0, 4294967295], got -1',
    ]);
    expect(readdirSync(place)).toEqual([]);
  });

  test("are refused for users that are none, too many or no list, and wherever there is no object", async () => {
    for (const users of [[], 5, "12", undefined, null, endless(0), endless(-1)]) {
      const told = await mistakesOf(() =>
        writeTrajectories(path, world, policies.first(), { users, seed: 1 } as never),
      );
      expect(told).toHaveLength(told[0]!.includes("[0]") ? 10 : 1);
    }
    expect(await mistakesOf(() => writeTrajectories(path, world, policies.first(), 3 as never))).toHaveLength(1);
    expect(await mistakesOf(() => writeTrajectories(path, 3 as never, policies.first(), options))).toHaveLength(1);
    expect(await mistakesOf(() => writeTrajectories(path, world, 3 as never, options))).toHaveLength(1);
  });

  test("are refused for worlds that nobody validated, and for paths that are no file's", async () => {
    const good: TrajectoryOptions = { users: [1], seed: 1, steps: 1 };
    expect(await mistakesOf(() => writeTrajectories(path, { ...world }, policies.first(), good))).toEqual([
      expect.stringMatching(/^"world" expected one of `scenarios`, or one made by /),
    ]);
    expect(
      await mistakesOf(() => writeTrajectories(path, filmWorld("step"), policies.first(), { users: [1] })),
    ).toEqual([
      expect.stringMatching(
        /^"steps" expected an integer in \[1, 65536\], as the world has no timeBudget .*, got Infinity$/,
      ),
    ]);
    mkdirSync(join(place, "folder"));
    writeFileSync(join(place, "file"), "");
    for (const wrong of [
      "",
      5,
      undefined,
      join(place, "lives.json"),
      join(place, "folder"),
      join(place, "file", "x"),
    ] as never[]) {
      expect(await mistakesOf(() => writeTrajectories(wrong, world, policies.first(), good))).toEqual([
        expect.stringMatching(/^"path" expected /),
      ]);
    }
    rmSync(join(place, "folder"), { recursive: true });
    rmSync(join(place, "file"));
  });
});

function* endless(user: number): Generator<number> {
  for (;;) yield user;
}
