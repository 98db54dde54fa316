// The tutorial is one program, from its first snippet to its last.
import { expect, test } from "vitest";
import { blocksOf, expectSaid, runSnippet, typeMistakes } from "../support/snippets.js";

const program = blocksOf("TUTORIAL.md", "ts").join("\n");

test("the tutorial's types are right", () => {
  expect(typeMistakes("tutorial", program)).toEqual([]);
});

/** Behind the program: the properties of built-in worlds hold for the worlds that it defines. */
const checked = `
import { checkEnv } from "slatesim/testing";
for (const defined of [notebook, people]) await checkEnv(() => makeEnv(defined), { numRuns: 2, seed: 1 });
console.log("checked");`;

test("the tutorial runs and prints what its comments say, and its worlds pass the check", async () => {
  const lines = await runSnippet("tutorial", program + checked);
  expect(lines.at(-1)).toBe("checked");
  expect(lines.length).toBeGreaterThan(30);
  expect(expectSaid(program, lines)).toBe(6);
  const figures = blocksOf("TUTORIAL.md", "text").map((block) => block.trimEnd().split("\n"));
  expect(figures.map(({ length }) => length)).toEqual([3, 4]);
  for (const block of figures) {
    const at = lines.indexOf(block[0]!);
    expect(lines.slice(at, at + block.length)).toEqual(block);
  }
});
