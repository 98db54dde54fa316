// Runs in a module's world, and replications, that are killed at every kind of change that they make to a file, and gone on with.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
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
const few = "--iterations 2 --steps 30 --eval-episodes 4 --keep-checkpoints 2 --workers 1".split(" ");

test.each([
  ["a run in a module's world", ["run", ...own, "--users", "40000", "--steps", "1", "--workers", "1"], [], 5],
  ["replications of a built-in agent", ["train", "--replications", "2", "--agent", "random", ...few], ["--resume"], 8],
  [
    "replications of a module's agent in its world",
    ["train", "--replications", "2", ...own, "--agent-module", `${modules}#learner`, ...few],
    ["--resume"],
    8,
  ],
])("%s ends with the same bytes", async (name, words, resume, least) => {
  const folder = join(place, name);
  mkdirSync(folder);
  const whole = join(folder, "whole");
  const changes = [...kindsOfChanges(whole, ...words, ...resume, "--out", whole)];
  expect(changes.length).toBeGreaterThanOrEqual(least);
  for (const [kind, change] of changes) {
    const out = join(folder, `${change}`);
    await killedAt(change, ...words, ...resume, "--out", out);
    expect({ kind, ...slatesim(...words, ...resume, "--out", out) }).toMatchObject({ code: 0 });
    expect({ kind, files: contentsOf(out) }).toEqual({ kind, files: contentsOf(whole) });
  }
});
