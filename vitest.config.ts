import { playwright } from "@vitest/browser-playwright";
import { defineConfig, type TestProjectConfiguration } from "vitest/config";
import { chromiumFlags, findBrowser } from "./test/support/browsers.js";
import { fastCheckSeed, slowProperties } from "./test/support/slowProperties.js";

const shared = {
  setupFiles: ["test/setup.ts"],
  // Two files a core: some of them wait for processes that they started.
  maxWorkers: "200%",
  testTimeout: 120_000,
  hookTimeout: 120_000,
  provide: { fastCheckSeed },
};

/** Files leave nothing behind, so they share what they import: that is a third of their time, and half in a browser. */
const together = { ...shared, isolate: false };
/** It replaces functions of the module `fs`. */
const MOCKS = ["test/node/durableFiles.test.ts"];
const inNode = ["test/properties/**/*.test.ts", "test/node/**/*.test.ts"];
const nodeProjects: TestProjectConfiguration[] = [
  { test: { ...together, name: "node", include: inNode, exclude: [...MOCKS, ...slowProperties] } },
  { test: { ...shared, name: "mocks", include: MOCKS } },
];

/** What depends on the host most: draws, arithmetic, errors. `npm run proof:browser` runs all properties in the browser. */
const HOST = "{callersCode,digests,escapes,numeric,philox,seeds}";
const inBrowser = process.env["ALL_IN_BROWSER"] === "1" ? "**/*" : HOST;

/** What the tests import of packages: one that Vite finds only while they run makes it reload the page under them. */
const BUNDLED = [
  "@observablehq/plot",
  "fast-check",
  "fastest-levenshtein",
  "seedrandom",
  "seedrandom/seedrandom.js",
  "zod",
];

/** What only the slow properties import. */
const COMPILER = ["assemblyscript", "assemblyscript/asc"];

/** The properties once more, in a real browser: the same files in another host. */
function chromiumProject(executablePath: string): TestProjectConfiguration {
  return {
    optimizeDeps: { include: inBrowser === HOST ? BUNDLED : [...BUNDLED, ...COMPILER] },
    test: {
      ...together,
      include: [`test/properties/${inBrowser}.test.ts`],
      name: "chromium",
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({ launchOptions: { executablePath, args: chromiumFlags } }),
        instances: [{ browser: "chromium" }],
      },
    },
  };
}

function browserProjects(): TestProjectConfiguration[] {
  const chromium = findBrowser("chromium");
  if (chromium) return [chromiumProject(chromium)];
  const message = "No Chromium on PATH and CHROMIUM_BIN is not set: install the package `chromium`.";
  if (process.env["REQUIRE_CHROMIUM"] === "1") throw new Error(message);
  process.stderr.write(`\n*** THE BROWSER TESTS ARE LEFT OUT. ${message} ***\n\n`);
  return [];
}

export default defineConfig({ test: { projects: [...nodeProjects, ...browserProjects()] } });
