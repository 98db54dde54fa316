import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { policies, scenarios, simulate, streamVersion } from "../../src/index.js";
import { makeLock, readLock, verifyLock, writeLock, type Lock, type Verdict } from "../../src/records/index.js";
import { describeVerdict } from "../../src/report/describeVerdict.js";
import { policiesFor } from "../support/arbitraries.js";
import { mistakes, slatesim } from "./cli/slatesim.js";

const locks = fileURLToPath(new URL("../locks/", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "slatesim-locks-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const world = scenarios["lts-tradeoff"]!;
const made = await makeLock(world, policies.mix(1), { users: 10_000, steps: 7, seed: "lock", firstUser: 100 });

/** Writes a lock with some fields changed. */
function written(changes: Partial<Record<keyof Lock, unknown>> = {}): string {
  const path = join(scratch, "changed.lock.json");
  writeLock(path, { ...made, ...changes } as Lock);
  return path;
}

describe("a lock", () => {
  test("records the run and its blocks", async () => {
    const run = await simulate(world, policies.mix(1), { users: 10_000, steps: 7, seed: "lock", firstUser: 100 });
    expect(made).toMatchObject({ scenario: "lts-tradeoff", world: world.hash, policy: "mix(1)", digest: run.digest });
    expect(made.means.totalEngagement).toBe(run.metrics.totalEngagement.mean);
    const second = await simulate(world, policies.mix(1), { users: 4096, steps: 7, seed: "lock", firstUser: 4196 });
    expect(made.blocks).toHaveLength(3);
    expect(made.blocks[1]).toBe(second.digest);
    expect(made.lives.map(({ user }) => user)).toEqual([100, 4196, 8292]);
  });

  test("is read as it was written, one line for every field, block and episode", async () => {
    const path = written();
    expect((await readLock(path)).lock).toEqual(made);
    const lines = readFileSync(path, "utf8").split("\n");
    expect(lines).toHaveLength(lines.filter((line) => line.length > 0).length + 1);
    for (const digest of made.blocks)
      expect(lines.filter((line) => line.trim().startsWith(`"${digest}"`))).toHaveLength(1);
    writeLock(join(scratch, "again"), (await readLock(path)).lock);
    expect(readFileSync(join(scratch, "again"), "utf8")).toBe(readFileSync(path, "utf8"));
  });

  test("is verified whole, or by a sample of blocks, with any number of workers", async () => {
    const opened = await readLock(written());
    expect(await verifyLock(opened)).toMatchObject({ equal: true, blocks: 3, users: 10_000, sameKernel: true });
    expect(await verifyLock(opened, { workers: 2 })).toMatchObject({ equal: true });
    for (const workers of [1, 2, 3, "auto"] as const) {
      const sampled = await verifyLock(opened, { sample: 2, workers });
      expect(sampled).toMatchObject({ equal: true, blocks: 2, users: 8192 });
    }
  });

  test("is sampled no further when a signal comes between two blocks", async () => {
    const controller = new AbortController();
    const onProgress = (): void => void setImmediate(() => controller.abort(new Error("enough")));
    const options = { sample: 2, signal: controller.signal, onProgress };
    await expect(verifyLock(await readLock(written()), options)).rejects.toThrow("enough");
  });

  test("says which block is not as it was", async () => {
    const blocks = made.blocks.with(1, "0000000000000000");
    const verdict = await verifyLock(await readLock(written({ blocks })));
    expect(verdict.difference).toEqual({
      block: 1,
      firstUser: 4196,
      lastUser: 8291,
      locked: "0000000000000000",
      now: made.blocks[1],
      referenceAsLocked: false,
    });
    expect(describeVerdict("x", verdict).split("\n")).toEqual([
      "x: NOT equal (3 blocks, 10,000 users)",
      `  first in block 1 (users 4196 to 8291): digest 0000000000000000 locked, ${made.blocks[1]} now`,
      "  the recorded episodes are unchanged: other users diverge, or the file was edited",
    ]);
  });

  test("names user, step and both values where episodes on record go otherwise", async () => {
    const steps = made.lives[1]!.steps.map((step, at) => (at === 3 ? step.with(1, step[1]! + 1) : step));
    const lives = made.lives.with(1, { user: 4196, steps });
    const blocks = made.blocks.with(1, "0000000000000000");
    const { difference } = await verifyLock(await readLock(written({ lives, blocks })));
    const values = [steps[3]![1]!, steps[3]![1]! - 1] as const;
    expect(difference!.fromLock).toEqual({
      user: 4196,
      step: 3,
      field: "engagement",
      values: [values[0], expect.closeTo(values[1], 9)],
    });
  });

  test("names the first user and step of which two engines make something else", () => {
    const parting = { user: 5000, step: 2, field: "exposure", values: [0.25, 0.5] } as const;
    const digests = { locked: "a".repeat(16), now: "b".repeat(16) };
    const difference = {
      block: 1,
      firstUser: 4096,
      lastUser: 8191,
      ...digests,
      betweenEngines: parting,
      referenceAsLocked: true,
    };
    const verdict: Verdict = {
      equal: false,
      blocks: 3,
      users: 9,
      sameKernel: false,
      streamVersion: { locked: 2, now: 2 },
      difference,
    };
    expect(describeVerdict("x", verdict).split("\n")).toEqual([
      "x: NOT equal (3 blocks, 9 users)",
      "  first in block 1 (users 4096 to 8191): digest aaaaaaaaaaaaaaaa locked, bbbbbbbbbbbbbbbb now",
      "  user 5000, step 2: exposure 0.25 by the kernel, 0.5 by the reference engine",
      "  the reference engine reproduces the locked block: the kernel has moved",
    ]);
  });

  const edited = { ...made.means, finalExposure: 1 };
  const [choice, another] = [made.lives[0]!, made.lives[1]!].map(({ steps }) => steps[0]![0]);
  test.each<[string, Partial<Record<keyof Lock, unknown>>, readonly string[]]>([
    [
      "means that somebody edited",
      { means: edited },
      [`the means are not what the file says: ${JSON.stringify(edited)} locked, ${JSON.stringify(made.means)} now`],
    ],
    [
      "a digest that its blocks do not add up to",
      { digest: "0".repeat(16) },
      ["its blocks do not add up to its digest: the file was edited"],
    ],
    [
      "episodes that are no longer so",
      { lives: made.lives.with(1, { user: 4196, steps: made.lives[0]!.steps }) },
      [
        `user 4196, step 0: choice ${choice} locked, ${another} now`,
        "the blocks are as they were locked: the reference engine has moved, or the file was edited",
      ],
    ],
    ["another stream version", { streamVersion: 1 }, [`locked under stream version 1, this is ${streamVersion}`]],
  ])("is not equal with %s", (_, changes, reasons) => {
    const path = written(changes);
    const said = [`${path}: NOT equal (3 blocks, 10,000 users)`, ...reasons.map((reason) => `  ${reason}`)];
    expect(slatesim("verify", path)).toEqual({ code: 1, err: "", out: `${said.join("\n")}\n` });
  });

  test("may come from another kernel of the same bits", () => {
    const path = written({ kernel: "0".repeat(64) });
    const said = `${path}: equal (3 blocks, 10,000 users; the kernel is another, its bits are the same)\n`;
    expect(slatesim("verify", path)).toEqual({ code: 0, err: "", out: said });
  });

  test("may have its fields in another order", () => {
    const { totalEngagement, ...others } = made.means;
    expect(slatesim("verify", written({ means: { ...others, totalEngagement } })).code).toBe(0);
  });
});

describe("slatesim lock and verify", () => {
  test("write what makeLock makes, and find it equal", async () => {
    const path = join(scratch, "cli.lock.json");
    const words = [
      "--scenario",
      "lts-tradeoff",
      "--policy",
      "mix(1)",
      "--users",
      "10000",
      "--steps",
      "7",
      "--seed",
      "lock",
    ];
    const { code, out, err } = slatesim("lock", path, ...words, "--first-user", "100");
    expect({ code, out, err }).toEqual({ code: 0, out: `${path}: 10,000 users, digest ${made.digest}\n`, err: "" });
    expect((await readLock(path)).lock).toEqual({ ...made, config: expect.objectContaining({ command: "run" }) });
    expect(slatesim("verify", path)).toEqual({ code: 0, out: `${path}: equal (3 blocks, 10,000 users)\n`, err: "" });
    const verdict = JSON.parse(slatesim("verify", path, "--json", "--sample", "1").out) as Verdict;
    expect(verdict).toMatchObject({ equal: true, blocks: 1, users: 4096 });
  });

  test("leave the old file when they are given nonsense", () => {
    const path = join(scratch, "old.lock.json");
    writeFileSync(path, "old");
    expect(mistakes("lock", path, "--users", "0")).toEqual(['"--users" expected an integer in [1, 4294967295], got 0']);
    expect(readFileSync(path, "utf8")).toBe("old");
  });
});

describe("our own locks", () => {
  for (const [name, { parameters }] of Object.entries(scenarios)) {
    for (const policy of policiesFor(parameters.slateSize)) {
      test(`${name} under ${policy.name} is as it was locked`, async () => {
        const opened = await readLock(join(locks, `${name}-${policy.name}.json`));
        expect(opened.lock).toMatchObject({ scenario: name, policy: policy.name });
        const verdict = await verifyLock(opened);
        const { users, blocks } = opened.lock;
        expect(verdict).toMatchObject({ equal: true, users, blocks: blocks.length });
        expect(blocks).toHaveLength(Math.ceil(users / 4096));
        expect(describeVerdict(name, verdict)).toMatch(
          /^\S+: equal \(\d+ blocks?, [\d,]+ users(; the kernel is another, its bits are the same)?\)$/,
        );
      });
    }
  }
});
