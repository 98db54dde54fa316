// Mistakes of world files on disk, which are told before anything is compiled.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { importWorldFrom } from "../../src/worldFiles/importWorldFile.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { WORLD } from "../support/refusedFiles.js";

const folder = mkdtempSync(join(tmpdir(), "slatesim-mistakes-"));

afterAll(() => rmSync(folder, { recursive: true }));

test("mistakes of a world file are told at once, by file, line and column", async () => {
  const url = pathToFileURL(join(folder, "bad.world.ts"));
  writeFileSync(url, WORLD.replace("slateSize = 2", "slateSize = 0").replace("//", "user.age = 1;"));
  expect(await mistakesOf(() => importWorldFrom(url, "default"))).toEqual([
    expect.stringMatching(/bad\.world\.ts:2:14: expected slateSize in \[1, 16384\], not 0$/),
    expect.stringMatching(/bad\.world\.ts:22:26: expected a field of User, not age$/),
  ]);
});

test("a world file is one world, and is there", async () => {
  const url = pathToFileURL(join(folder, "none.world.ts"));
  expect(await mistakesOf(() => importWorldFrom(url, "other"))).toEqual([
    '"world file" expected no #export: it is one world, got "other"',
  ]);
  expect(await mistakesOf(() => importWorldFrom(url, "default"))).toEqual([
    expect.stringContaining('"world file" expected a file that exists'),
  ]);
});
