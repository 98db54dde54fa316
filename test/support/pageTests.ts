import { cpSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { ask } from "./duckdb.js";
import {
  blocksOf,
  commandsOf,
  execute,
  expectSaid,
  expectShown,
  filesOf,
  newPlace,
  packageRoot,
  placeName,
  root,
  runIn,
  scriptsOf,
} from "./snippets.js";

/** How many results each snippet of a page says in its comments; pages without snippets have none. */
const SAID: Readonly<Record<string, readonly number[]>> = {
  "README.md": [3, 1, 1, 1],
  "docs/compiled-worlds.md": [1],
  "docs/concepts.md": [1, 1, 0],
  "docs/evaluation.md": [1, 1],
  "docs/environments.md": [0, 2, 1, 1, 1],
  "docs/files-and-locks.md": [1, 2, 1, 1],
  "docs/hosts.md": [1],
  "docs/in-a-page.md": [1],
  "docs/kernel-abi.md": [1],
  "docs/parameters.md": [1, 1, 2, 1],
  "docs/performance.md": [0],
  "docs/policies-and-agents.md": [1, 1, 2, 1, 1, 1, 1, 2, 3],
  "docs/optimum.md": [3, 1, 1, 1],
  "docs/sweeps.md": [1],
  "docs/statistics.md": [1, 2, 1, 1, 1, 3, 1],
};

/** Commands and queries of each page that has any. */
const COMMANDS: Readonly<Record<string, number>> = {
  "README.md": 5,
  "docs/command-line.md": 26,
  "docs/compiled-worlds.md": 3,
  "docs/optimum.md": 5,
  "docs/files-and-locks.md": 7,
  "docs/policies-and-agents.md": 2,
  "docs/sweeps.md": 2,
};
const QUERIES: Readonly<Record<string, number>> = {
  "docs/files-and-locks.md": 2,
};

/** Tests that every TypeScript snippet, slatesim command and query of a page runs. */
export function describePage(page: string): void {
  describe(page, () => testsOf(page));
}

function testsOf(page: string): void {
  const snippets = blocksOf(page, "ts");
  const commands = commandsOf(page);
  const queries = blocksOf(page, "sql").flatMap((block) => block.split(";\n\n"));
  let place: string;
  beforeAll(() => {
    place = newPlace(placeName(page));
    cpSync(join(root, "examples"), join(place, "examples"), { recursive: true }); // to import the same package
    for (const { name, text } of filesOf(page)) writeFileSync(join(place, name), text);
  });
  afterAll(() => rmSync(place, { recursive: true }));

  if (snippets.length > 0) {
    test.each(snippets.map((snippet, index) => [index + 1, snippet] as const))(
      "snippet %s runs and prints what its comments say",
      async (number, snippet) => {
        const lines = await runIn(place, snippet);
        expect(lines.join("")).not.toBe("");
        expect(expectSaid(snippet, lines)).toBe(SAID[page]?.[number - 1]);
      },
    );
  }

  if (commands.length > 0) {
    test.each(commands.map((command) => [command.words.join(" "), command] as const))(
      "slatesim %s runs and prints what the page shows",
      async (_, { words, shown }) => {
        const { stdout } = await execute(process.execPath, [join(packageRoot, "dist/cli/main.js"), ...words], {
          cwd: place,
        });
        expect(stdout).not.toBe("");
        expectShown(shown, stdout.split("\n"));
      },
    );
  }

  if (queries.length > 0) {
    test.each(queries)("query %# finds something in what a command wrote", async (query) => {
      const rows = await ask(query.replace(/'(\w+\.parquet)'/g, (_, file: string) => `'${join(place, file)}'`));
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) expect(Object.values(row)).not.toContain(null);
    });
  }

  test("has all of its snippets, commands and queries", () => {
    const counts = [snippets, commands, queries].map(({ length }) => length);
    expect(counts).toEqual([SAID[page]?.length ?? 0, COMMANDS[page] ?? 0, QUERIES[page] ?? 0]);
  });

  test("names scripts that there are", () => {
    expect(scriptsOf(page).filter((script) => !Object.hasOwn(manifest.scripts, script))).toEqual([]);
  });
}
