// Kinds of charts that commands draw beside their results.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { KINDS_OF } from "../../../src/charts/chartKinds.js";
import { mistakes, slatesim } from "./slatesim.js";

const folder = mkdtempSync(join(tmpdir(), "slatesim-kinds-"));
afterAll(() => rmSync(folder, { recursive: true }));
const chart = ["--chart", join(folder, "chart.svg")];
const few = ["--users", "20", "--steps", "2"];

describe("--kind", () => {
  test("is drawn by the command itself", () => {
    expect(
      slatesim("compare", "--policy", "first", "--policy", "random", ...few, ...chart, "--kind", "clicks").code,
    ).toBe(0);
    expect(readFileSync(chart[1]!, "utf8")).toMatch(/<title[^>]*>[^<]*[Cc]lick/);
  });

  test.each(Object.keys(KINDS_OF))("of %s that no result of it has is refused before the work begins", (command) => {
    const refused = [
      [["--kind", "pie"], /^"--kind" expected one of "/],
      [["--kind", "regrets"], /^"--kind" expected one of ((?!regrets").)*, got "regrets"$/],
    ] as const;
    for (const [words, sentence] of refused) {
      expect(mistakes(command, ...chart, ...words).filter((each) => each.includes("--kind"))).toEqual([
        expect.stringMatching(sentence),
      ]);
    }
    expect(mistakes(command, "--kind", "pie")).toContain('"--kind" expected --chart beside it, got "pie"');
  });

  test("that this result does not have is refused, and the result is printed all the same", () => {
    const words = ["sweep", "--vary", "resample=step,never", "--policy", "first", ...few, ...chart];
    const { code, out, err } = slatesim(...words, "--kind", "means");
    expect(code).toBe(2);
    expect(out).toContain("resample");
    expect(err).toMatch(/"--kind" expected one of "totals", got "means"/);
  });
});
