// What a page downloads: bundles of the built package for a browser, minified, as gzip makes them.
import { join } from "node:path";
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
  'export * from "slatesim"': 97_000,
  'export * from "slatesim/evaluation"': 38_000,
  'export * from "slatesim/testing"': 12_500,
};

/** Bundles a program for a browser; what is only there in Node fails. */
async function bytesOf(program: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: join(root, "build") }, // where the package's own name resolves
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "browser",
    external: ["fast-check"],
    logLevel: "silent",
  });
  return gzipSync(outputFiles[0]!.contents, { level: 9 }).length;
}

test.each(Object.entries(LIMITS))("%s has at most %i bytes, and nothing of Node", async (program, limit) => {
  const bytes = await bytesOf(program);
  expect(bytes).toBeLessThanOrEqual(limit);
  expect(bytes).toBeGreaterThan(0.6 * limit); // a limit that is far off says nothing
});

test("an entrance for Node is refused by a browser's bundle", async () => {
  await expect(bytesOf('export * from "slatesim/train"')).rejects.toThrow(/node:/);
});
