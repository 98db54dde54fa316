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

  test.each(snippets.map((snippet, index) => [index + 1, snippet] as const))(
    "snippet %s runs and prints what its comments say",
    async (number, snippet) => {
      const lines = await runSnippet(`readme-${number}`, snippet);
      expect(lines.join("")).not.toBe("");
      expectSaid(snippet, lines);
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
    expect(snippets.length).toBeGreaterThanOrEqual(4);
    expect(commands.length).toBeGreaterThanOrEqual(4);
    expect(queries.length).toBeGreaterThanOrEqual(2);
  });
});
