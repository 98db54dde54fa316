// The README is the manual: every TypeScript snippet, every slatesim command and every query in it must run.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { ask } from "../support/duckdb.js";
import { blocksOf, commandsOf, execute, expectSaid, root, runSnippet } from "../support/snippets.js";

describe("the README's snippets", () => {
  const snippets = blocksOf("README.md", "ts");
  const commands = commandsOf("README.md");
  const queries = blocksOf("README.md", "sql").flatMap((block) => block.split(";\n\n"));
  const place = mkdtempSync(join(tmpdir(), "slatesim-readme-"));
  afterAll(() => rmSync(place, { recursive: true }));

  /** How many results each snippet says in its comments. */
  const SAID = [3, 0, 0, 0, 2, 1, 1, 0, 1];

  test.each(snippets.map((snippet, index) => [index + 1, snippet] as const))(
    "snippet %s runs and prints what its comments say",
    async (number, snippet) => {
      const lines = await runSnippet(`readme-${number}`, snippet);
      expect(lines.join("")).not.toBe("");
      expect(expectSaid(snippet, lines)).toBe(SAID[number - 1]);
    },
  );

  test.each(commands.map((words) => [words.join(" "), words] as const))("slatesim %s runs", async (_, words) => {
    const { stdout } = await execute(process.execPath, [join(root, "dist/cli/main.js"), ...words], { cwd: place });
    expect(stdout).not.toBe("");
  });

  test.each(queries)("query %# finds something in what a command wrote", async (query) => {
    const rows = await ask(query.replace("lives.parquet", join(place, "lives.parquet")));
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(Object.values(row)).not.toContain(null);
  });

  test("are there", () => {
    expect([snippets, commands, queries].map(({ length }) => length)).toEqual([SAID.length, 11, 2]);
  });
});
