// The package as its users get it, looked at by the tools that they have.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { afterAll, describe, expect, inject, test } from "vitest";
import { library, mistakesOfConsumer, packInto, resolutions } from "../support/packed.js";
import { blocksOf, pages, placeName } from "../support/snippets.js";

const consumer = inject("consumer")!;
const place = mkdtempSync(join(tmpdir(), "slatesim-archive-"));
afterAll(() => rmSync(place, { recursive: true }));
const archive = new Uint8Array(readFileSync(packInto(place)));

/** The programs of all pages, by the names of their files; the tutorial is one. */
function programs(): Record<string, string> {
  const snippets = pages.flatMap((page) => {
    return blocksOf(page, "ts").map((text, index) => [`${placeName(page)}-${index + 1}`, text]);
  });
  return { library, tutorial: blocksOf("TUTORIAL.md", "ts").join("\n"), ...Object.fromEntries(snippets) };
}

describe.each(Object.entries(resolutions))("a consumer under %s", (name, settings) => {
  test("finds nothing wrong in the types of what the pages do, nor in the declarations themselves", () => {
    const folder = join(consumer, name);
    mkdirSync(folder);
    const files = Object.entries(programs()).map(([program, text]) => {
      const file = join(folder, `${program}.mts`);
      writeFileSync(file, text);
      return file;
    });
    expect(files.length).toBeGreaterThan(30);
    expect(mistakesOfConsumer(files, { ...settings, types: ["node"] })).toEqual([]);
  });

  test("is told of a wrong type", () => {
    const file = join(consumer, `${name}.mts`);
    writeFileSync(file, `import { policies } from "slatesim";\nexport const mix = policies.mix("three");\n`);
    expect(mistakesOfConsumer([file], { ...settings, types: [] })).toHaveLength(1);
  });
});

test("publint finds nothing", async () => {
  const { messages } = await publint({ pack: { tarball: archive.buffer }, strict: true });
  expect(messages).toEqual([]);
});

test("the types are right wherever ES modules are resolved", async () => {
  const analysis = await checkPackage(createPackageFromTarballData(archive), {
    excludeEntrypoints: ["./kernel.wasm"], // bytes have no types
  });
  const problems = analysis.types === false ? ["no types"] : analysis.problems;
  // Node 20 knows `exports`; what requires the package from CommonJS has to import it.
  const legacy = new Set(["node10", "node16-cjs"]);
  const ours = problems.filter((problem) => {
    return typeof problem === "string" || !("resolutionKind" in problem && legacy.has(problem.resolutionKind));
  });
  expect(ours).toEqual([]);
});
