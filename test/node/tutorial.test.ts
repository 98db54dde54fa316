// The tutorial is one program, from its first snippet to its last.
import { expect, test } from "vitest";
import { blocksOf, expectSaid, runSnippet, typeMistakes } from "../support/snippets.js";

const program = blocksOf("TUTORIAL.md", "ts").join("\n");

test("the tutorial's types are right", () => {
  expect(typeMistakes("tutorial", program)).toEqual([]);
});

test("the tutorial runs and prints what its comments say", async () => {
  const lines = await runSnippet("tutorial", program);
  expect(lines.length).toBeGreaterThan(30);
  expectSaid(program, lines);
  for (const figure of blocksOf("TUTORIAL.md", "text").join("").trim().split("\n")) expect(lines).toContain(figure);
}, 60_000);
