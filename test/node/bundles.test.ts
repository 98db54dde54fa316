// What a page downloads: bundles of the built package for a browser, minified, as gzip makes them.
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Programs, and how many bytes they may have with all that they may load, the kernel among it: a few percent more than they have. */
const LIMITS: Readonly<Record<string, number>> = {
  'export { makeEnv } from "slatesim"': 15_000,
  'export { defineWorld, makeEnv } from "slatesim"': 17_000,
  'export { longTermSatisfaction, makeEnv } from "slatesim"': 47_000,
  'export { longTermSatisfaction, policies, simulate } from "slatesim"': 61_000,
  'export { compiledWorld, policies, simulate } from "slatesim"': 61_000,
  'export * from "slatesim"': 123_000,
  'export * from "slatesim/evaluation"': 38_000,
  'export * from "slatesim/testing"': 12_500,
};

/** What a page downloads before its program begins, where its bundler splits: the kernel and the reference engine come when a run needs them. */
const FIRST_LIMITS: Readonly<Record<string, number>> = {
  'export { longTermSatisfaction, policies, simulate } from "slatesim"': 51_000,
};

/** Bundles a program for a browser; what is only there in Node fails. */
function bundle(program: string, splitting: boolean) {
  return build({
    stdin: { contents: program, resolveDir: join(root, "build") }, // where the package's own name resolves
    bundle: true,
    splitting,
    minify: true,
    write: false,
    outdir: join(root, "build"),
    metafile: true,
    format: "esm",
    platform: "browser",
    external: ["fast-check"],
    logLevel: "silent",
  });
}

async function bytesOf(program: string): Promise<number> {
  const { outputFiles } = await bundle(program, false);
  return zippedBytes(outputFiles);
}

/** Without what is imported when it is needed. */
async function firstBytesOf(program: string): Promise<number> {
  const { outputFiles, metafile } = await bundle(program, true);
  const first = new Set(
    Object.keys(metafile.outputs).filter((path) => metafile.outputs[path]!.entryPoint === "<stdin>"),
  );
  for (const path of first) {
    for (const { kind, path: part } of metafile.outputs[path]!.imports)
      if (kind === "import-statement") first.add(part);
  }
  return zippedBytes(outputFiles.filter(({ path }) => first.has(relative(process.cwd(), path).split(sep).join("/"))));
}

function zippedBytes(files: readonly { readonly contents: Uint8Array }[]): number {
  return files.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0);
}

test.each(Object.entries(FIRST_LIMITS))("%s begins with at most %i bytes", async (program, limit) => {
  const bytes = await firstBytesOf(program);
  expect(bytes).toBeLessThanOrEqual(limit);
  expect(bytes).toBeGreaterThan(0.6 * limit);
});

test.each(Object.entries(LIMITS))("%s has at most %i bytes, and nothing of Node", async (program, limit) => {
  const bytes = await bytesOf(program);
  expect(bytes).toBeLessThanOrEqual(limit);
  expect(bytes).toBeGreaterThan(0.6 * limit); // a limit that is far off says nothing
});

test("an entrance for Node is refused by a browser's bundle", async () => {
  await expect(bytesOf('export * from "slatesim/train"')).rejects.toThrow(/node:/);
});
