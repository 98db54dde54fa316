// The pages are the manual: every TypeScript snippet, every slatesim command and every query in README.md and docs/ must run.
import { existsSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { OPTION_NAMES } from "../../src/montecarlo/options.js";
import { PARAMETER_NAMES } from "../../src/worlds/longTermSatisfaction/parameters.js";
import { ask } from "../support/duckdb.js";
import {
  blocksOf,
  commandsOf,
  execute,
  expectSaid,
  expectShown,
  filesOf,
  newPlace,
  pages,
  readPage,
  root,
  runIn,
  scriptsOf,
  typeMistakesIn,
} from "../support/snippets.js";

/** How many results each snippet of a page says in its comments; pages without snippets have none. */
const SAID: Readonly<Record<string, readonly number[]>> = {
  "README.md": [3, 1, 1, 1],
  "docs/concepts.md": [1, 1, 0],
  "docs/environments.md": [0, 2, 1, 1, 1],
  "docs/files-and-locks.md": [1, 1],
  "docs/in-a-page.md": [1],
  "docs/parameters.md": [1],
  "docs/performance.md": [0],
  "docs/policies-and-agents.md": [1, 1, 1, 2],
  "docs/statistics.md": [1, 1, 1, 3, 1],
};

/** Commands and queries of each page that has any. */
const COMMANDS: Readonly<Record<string, number>> = {
  "README.md": 5,
  "docs/command-line.md": 10,
  "docs/files-and-locks.md": 7,
  "docs/policies-and-agents.md": 2,
};
const QUERIES: Readonly<Record<string, number>> = {
  "docs/files-and-locks.md": 2,
};

const nameOf = (page: string): string => page.replace(/\W/g, "-");

describe.each(pages)("%s", (page) => {
  const snippets = blocksOf(page, "ts");
  const commands = commandsOf(page);
  const queries = blocksOf(page, "sql").flatMap((block) => block.split(";\n\n"));
  let place: string;
  beforeAll(() => {
    place = newPlace(nameOf(page));
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
        const { stdout } = await execute(process.execPath, [join(root, "dist/cli/main.js"), ...words], { cwd: place });
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
});

test("the snippets' types are right", () => {
  const named = pages.flatMap((page) => {
    return blocksOf(page, "ts").map((snippet, index) => [`${nameOf(page)}-${index + 1}`, snippet]);
  });
  expect(typeMistakesIn(Object.fromEntries(named))).toEqual([]);
});

/** The names in the first columns of a page's tables. */
function namedIn(page: string): string[] {
  return [...readPage(page).matchAll(/^\| (`.*?) +\|/gm)].flatMap(([, cell]) => cell!.replaceAll("`", "").split(", "));
}

test("every option of a run and every parameter of the built-in world is explained", () => {
  expect(namedIn("docs/concepts.md")).toEqual(expect.arrayContaining(OPTION_NAMES));
  expect(namedIn("docs/parameters.md").toSorted()).toEqual(PARAMETER_NAMES.toSorted());
});

/** Pages that stand at the top, beside those that are run. */
const others = ["ARCHITECTURE.md", "TUTORIAL.md", "CONTRIBUTING.md"];

test.each([...pages, ...others])("the links of %s lead somewhere", (page) => {
  const links = [...readPage(page).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1]!);
  expect(links.filter((link) => !link.startsWith("https://") && brokenLink(page, link))).toEqual([]);
});

/** Whether a relative link leads to no file or folder, or to no heading of its page. */
function brokenLink(page: string, link: string): boolean {
  const [path, anchor] = link.split("#") as [string, string?];
  const target = path === "" ? page : normalize(join(dirname(page), path));
  if (!existsSync(join(root, target))) return true;
  if (anchor === undefined || statSync(join(root, target)).isDirectory()) return anchor !== undefined;
  return !headingsOf(target).includes(anchor);
}

/** The names by which the headings of a page are linked to. */
function headingsOf(page: string): string[] {
  const prose = readPage(page).replaceAll(/^```[\s\S]*?^```/gm, "");
  return [...prose.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => {
    return heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s-]/gu, "")
      .replaceAll(/\s/g, "-");
  });
}

/** Endings and words of the other spelling; code may have them. */
const american =
  /\b(behaviors?|license|neighbor\w*|colors?|favor\w*|\w+(?:al|el|il|im|at|ret)iz(?:e|ed|es|ing|ation)s?)\b/gi;

test.each([...pages, ...others])("%s keeps to one spelling of English", (page) => {
  const prose = readPage(page).replaceAll(/^```[\s\S]*?^```|`[^`\n]*`/gm, "");
  expect(prose.match(american) ?? []).toEqual([]);
});
