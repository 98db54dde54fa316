// The tutorial is one program, from its first snippet to its last.
import { expect, test } from "vitest";
import { notebookOf } from "../support/notebook.js";
import { blocksOf, expectSaid, readPage, runSnippet, typeMistakes } from "../support/snippets.js";

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

test("the Spanish tutorial is the same program with the same results, section by section", () => {
  for (const language of ["ts", "sh", "text"]) {
    expect(blocksOf("TUTORIAL.es.md", language)).toEqual(blocksOf("TUTORIAL.md", language));
  }
  expect(outline("TUTORIAL.es.md")).toEqual(outline("TUTORIAL.md"));
});

/** Headings by their level, blocks, and paragraphs between them, without their words. */
function outline(page: string): string[] {
  const parts = readPage(page).split(/^(```[a-z]+\n[\s\S]*?^```|#+ .*)$/m);
  return parts.map((part) => /^(```[a-z]+|#+)/.exec(part)?.[1] ?? `${part.trim().split(/\n{2,}/).length} paragraphs`);
}

test.each(["", ".es"])("the notebook of TUTORIAL%s.md is the page, cell by cell", async (language) => {
  const notebook = notebookOf(readPage(`TUTORIAL${language}.md`));
  await expect(notebook).toMatchFileSnapshot(`../../examples/tutorial${language}.ipynb`); // `npm run notebooks` makes them anew
  const cells: { cell_type: string; source: string[] }[] = JSON.parse(notebook).cells;
  const code = cells.filter((cell) => cell.cell_type === "code").map(({ source }) => source.join(""));
  expect(`${code.join("\n\n")}\n`).toBe(program);
});
