// What of a folder of blocks can be gone on from when its study file is not whole, and what is replaced only when told to.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { contentsOf } from "../support/contentsOf.js";
import { mistakes, slatesim } from "./cli/slatesim.js";

const scratch = mkdtempSync(join(tmpdir(), "slatesim-repair-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

let folders = 0;
function fresh(): string {
  folders += 1;
  return join(scratch, `run-${folders}`);
}

const words = "compare --policy first --policy mix(2) --users 100000 --steps 2 --seed out".split(" ");
const whole = fresh();
slatesim(...words, "--out", whole);

describe("a folder whose study file is damaged or gone", () => {
  test.each<[string, (study: string) => void]>([
    ["cut short", (study) => truncateSync(study, 40)],
    ["empty", (study) => truncateSync(study, 0)],
    ["gone", (study) => rmSync(study)],
    ["of another format", (study) => writeFileSync(study, `slatesim study 9 sha256 ${"0".repeat(64)}\n`)],
  ])("is gone on from when told to: %s", (_, harm) => {
    const out = fresh();
    cpSync(whole, out, { recursive: true });
    harm(join(out, "study"));
    truncateSync(join(out, "blocks", readdirSync(join(out, "blocks"))[2]!), 50);
    const before = contentsOf(out);
    expect(mistakes(...words, "--out", out)).toEqual([expect.stringMatching(/ expected .* \(with --repair, or /)]);
    const other = words.with(words.indexOf("out"), "other");
    const told = mistakes(...other, "--out", out, "--repair");
    expect(told).toEqual(Array(6).fill(expect.stringMatching(/" expected blocks of study [0-9a-f]{16}, as asked for/)));
    expect(contentsOf(out)).toEqual(before);
    expect(slatesim(...words, "--out", out, "--repair").code).toBe(0);
    expect(contentsOf(out)).toEqual(contentsOf(whole));
  });

  test("is refused when no block is whole, or the folder is somebody else's", () => {
    const out = fresh();
    mkdirSync(out);
    writeFileSync(join(out, "study"), "of art");
    expect(mistakes("run", "--out", out, "--repair")).toEqual([
      `"${out}" expected an empty folder, or one of this study, got "other files": no block is whole, so there is nothing to resume from`,
    ]);
    expect(contentsOf(out)).toEqual({ "/study": "of art" });
    expect(mistakes("run", "--repair")).toEqual(['"--repair" expected --out beside it, got "nothing"']);
  });
});

test("a result that slatesim did not write is replaced when told to", () => {
  const out = fresh();
  cpSync(whole, out, { recursive: true });
  writeFileSync(join(out, "result.json"), "[1]");
  expect(mistakes(...words, "--out", out)).toEqual([
    expect.stringMatching(/^"--out" expected no result.json that slatesim did not write \(--force replaces it\), got /),
  ]);
  expect(slatesim(...words, "--out", out, "--force").code).toBe(0);
  expect(contentsOf(out)).toEqual(contentsOf(whole));
  rmSync(join(out, "result.json"));
  mkdirSync(join(out, "result.json"));
  expect(mistakes(...words, "--out", out)).toEqual([
    expect.stringMatching(/^"--out" expected a file, no folder, got /),
  ]);
  rmSync(join(out, "result.json"), { recursive: true });
  symlinkSync(join(out, "nowhere"), join(out, "result.json"));
  expect(mistakes(...words, "--out", out)).toEqual([
    expect.stringMatching(/^"--out" expected no link that leads nowhere, got /),
  ]);
});

test("other people's files are refused, and left as they are", () => {
  const out = fresh();
  mkdirSync(out);
  writeFileSync(join(out, "thesis.tex"), "hello");
  expect(mistakes("run", "--out", out)).toEqual([
    `"${out}" expected an empty folder, or one of this study, got "other files"`,
  ]);
  expect(contentsOf(out)).toEqual({ "/thesis.tex": "hello" });
});
