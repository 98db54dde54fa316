// README.md must run, and all pages must be right in what can be seen without running them; test/proofs/docs.test.ts runs docs/.
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";
import { OPTION_NAMES } from "../../src/montecarlo/options.js";
import { interestEvolution, interestExploration } from "../../src/index.js";
import { PARAMETER_NAMES } from "../../src/worlds/longTermSatisfaction/parameters.js";
import { describePage } from "../support/pageTests.js";
import { blocksOf, pages, placeName, readPage, root, typeMistakesIn } from "../support/snippets.js";

describePage("README.md");

test("the snippets' types are right", () => {
  const named = pages.flatMap((page) => {
    return blocksOf(page, "ts").map((snippet, index) => [`${placeName(page)}-${index + 1}`, snippet]);
  });
  expect(typeMistakesIn(Object.fromEntries(named))).toEqual([]);
});

test("the world file that README shows is the example", () => {
  const [shown] = blocksOf("README.md", "typescript");
  const file = readFileSync(join(root, "examples/people.world.ts"), "utf8");
  for (const part of shown!.trimEnd().split("\n\n")) expect(file).toContain(part);
});

/** The names in the first columns of a page's tables. */
function namedIn(page: string): string[] {
  return [...readPage(page).matchAll(/^\| (`\w.*?) +\|/gm)].flatMap(([, cell]) =>
    cell!.replaceAll("`", "").split(", "),
  );
}

test("every option of a run and every parameter of the built-in worlds is explained", () => {
  expect(namedIn("docs/concepts.md")).toEqual(expect.arrayContaining(OPTION_NAMES));
  const interests = [interestEvolution(), interestExploration()].flatMap(({ parameters }) => Object.keys(parameters!));
  expect(new Set(namedIn("docs/parameters.md"))).toEqual(new Set([...PARAMETER_NAMES, ...interests]));
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
