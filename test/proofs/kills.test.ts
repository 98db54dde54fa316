// Runs, trainings and replications that are killed at every kind of change that they make to a file, and gone on with.
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { slatesim } from "../node/cli/slatesim.js";
import { contentsOf } from "../support/contentsOf.js";
import { killedAt, kindsOfChanges } from "../support/killed.js";

const place = mkdtempSync(join(tmpdir(), "slatesim-kills-"));
afterAll(() => rmSync(place, { recursive: true }));

const modules = fileURLToPath(new URL("../support/moduleWorlds.mjs", import.meta.url));
const own = ["--world", `${modules}#small`];
const few = "--iterations 2 --steps 30 --eval-episodes 4 --keep-checkpoints 2 --workers 1 --resume".split(" ");

const trained = "train --agent cluster-bandit-thompson --keep-checkpoints 2 --iterations 6 --steps 120 --resume".split(
  " ",
);
const swept = "sweep --vary sensitivity=0.02,0.1 --policy first --policy random --users 20000 --steps 3".split(" ");
const compared = "compare --policy first --policy mix(2) --users 100000 --steps 4 --seed out".split(" ");

/** What is run, into which folder it writes being left out, and how many kinds of changes it makes at least. */
const commands: readonly (readonly [name: string, words: readonly string[], least: number])[] = [
  ["a comparison", compared, 8],
  ["a sweep", swept, 8],
  ["a shard", ["shard", "1/2", ...compared], 4],
  ["a run in a module's world", ["run", ...own, "--users", "40000", "--steps", "1"], 5],
  ["a training with a log of JSON lines", [...trained, "--episode-log", "jsonl"], 11],
  ["a training with a log in Parquet", [...trained, "--episode-log", "parquet"], 11],
  ["replications of a built-in agent", ["train", "--replications", "2", "--agent", "random", ...few], 8],
  [
    "replications of a module's agent in its world",
    ["train", "--replications", "2", ...own, "--agent-module", `${modules}#learner`, ...few],
    8,
  ],
];

test.each(commands)("%s ends with the same bytes", async (name, words, least) => {
  const folder = join(place, name);
  mkdirSync(folder);
  const whole = join(folder, "whole");
  const threads = (count: number): readonly string[] => (words[0] === "train" ? [] : ["--workers", `${count}`]);
  const changes = [...kindsOfChanges(whole, ...words, ...threads(1), "--out", whole)];
  expect(changes.length).toBeGreaterThanOrEqual(least);
  for (const [kind, change] of changes) {
    const out = join(folder, `${change}`);
    await killedAt(change, ...words, ...threads(1 + (change % 3)), "--out", out);
    expect({ kind, ...slatesim(...words, ...threads(2), "--out", out) }).toMatchObject({ code: 0 });
    expect({ kind, files: contentsOf(out) }).toEqual({ kind, files: contentsOf(whole) });
  }
});

test("a training that is killed while it tries whether it can write to the folder leaves one that can be gone on with", async () => {
  const out = join(place, "tried");
  const words = "train --iterations 3 --steps 130 --seed t --resume --out".split(" ").concat(out);
  slatesim(...words);
  const before = contentsOf(out);
  const tried = [...kindsOfChanges(out, ...words)].find(([kind]) => /^rmdir .*trial/.test(kind))!;
  await killedAt(tried[1], ...words);
  expect(readdirSync(out)).toContainEqual(expect.stringMatching(/^trial\..*-partial$/));
  expect(slatesim(...words)).toMatchObject({ code: 0, err: "" });
  expect(contentsOf(out)).toEqual(before);
  expect(readdirSync(out).toSorted()).toEqual(["run.json", "train"]);
});
