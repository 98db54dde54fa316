// The README is the manual: every TypeScript snippet and every slatesim command in it must run.
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { blocksOf, commandsOf, execute, expectSaid, root, runSnippet } from "../support/snippets.js";

describe("the README's snippets", () => {
  const snippets = blocksOf("README.md", "ts");
  const commands = commandsOf("README.md");

  test.each(snippets.map((snippet, index) => [index + 1, snippet] as const))(
    "snippet %s runs and prints what its comments say",
    async (number, snippet) => {
      const lines = await runSnippet(`readme-${number}`, snippet);
      expect(lines.join("")).not.toBe("");
      expectSaid(snippet, lines);
    },
  );

  test.each(commands.map((words) => [words.join(" "), words] as const))("slatesim %s runs", async (_, words) => {
    const { stdout } = await execute(process.execPath, [join(root, "dist/cli/main.js"), ...words]);
    expect(stdout).not.toBe("");
  });

  test("are there", () => {
    expect(snippets.length).toBeGreaterThanOrEqual(4);
    expect(commands.length).toBeGreaterThanOrEqual(4);
  });
});
