// Pages as users make them: the packed package under every bundler, in Chromium and in Firefox, under a strict Content-Security-Policy.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importPolicy, importWorld, policies, scenarios, simulate, type Run } from "../../src/index.js";
import { builders, findingBuilders, makeProject, project, removeProject, unbundled, viteServer } from "../pages/builds.js";
import { Results, serve, type PageResults } from "../pages/site.js";
import { chromiumFlags, findBrowser } from "../support/browsers.js";
import { root } from "../support/snippets.js";

const results = new Results();
const options = { users: 20_000, seed: 7 };
let browser: Browser;

beforeAll(async () => {
  makeProject();
  browser = await chromium.launch({ executablePath: findBrowser("chromium")!, args: chromiumFlags });
}, 120_000);
afterAll(async () => {
  await browser.close();
  removeProject();
});

/** Opens a page in Chromium; returns what it posts. */
async function inChromium(url: string): Promise<PageResults> {
  const posted = results.next();
  const page = await browser.newPage();
  page.on("console", (m) => console.log("  console:", m.text().slice(0, 300)));
  await page.goto(url);
  const found = await posted;
  await page.close();
  return found;
}

/** The same in Firefox, which a page needs no driver for. */
async function inFirefox(url: string): Promise<PageResults> {
  const posted = results.next();
  const profile = mkdtempSync(join(tmpdir(), "slatesim-firefox-"));
  const child = spawn(findBrowser("firefox")!, ["--headless", "--no-remote", "--profile", profile, url], { stdio: "ignore" });
  const ended = new Promise((resolve) => child.on("exit", resolve));
  try {
    return await posted;
  } finally {
    child.kill();
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

const inBrowsers = { Chromium: inChromium, Firefox: inFirefox };

async function served<Found>(folder: string, use: (url: string) => Promise<Found>): Promise<Found> {
  const { url, close } = await serve(folder, results);
  try {
    return await use(url);
  } finally {
    await close();
  }
}

const found = ({ digest }: Run, workers = 2) => ({ digest, workers });

describe("x", () => {
  const modules = "policy=/policy.js&world=/world.js";
  test("all", async () => {
    const world = scenarios["lts-tradeoff"];
    const podcasts = await importWorld(pathToFileURL(join(root, "examples/podcasts.js")), "podcasts").catch(() => undefined);
    console.log((await simulate(world, policies.mix(3), options)).digest, podcasts && (await simulate(podcasts, policies.random(), options)).digest);
    for (const [name, build] of Object.entries(findingBuilders)) {
      const folder = await build();
      for (const [b, open] of Object.entries(inBrowsers)) console.log(name, b, JSON.stringify(await served(folder, (url) => open(`${url}?policy=/policy.js`))));
    }
    for (const [name, build] of Object.entries(builders)) {
      try {
      const folder = await build();
      for (const [b, open] of Object.entries(inBrowsers)) console.log(name, b, JSON.stringify(await served(folder, (url) => open(`${url}?${modules}&workerUrl=/worker.js`))));
      } catch (e) { console.log(name, e); }
    }
    const { url, close } = await viteServer([{ name: "results", configureServer: (s) => void s.middlewares.use(results.handle) }]);
    for (const [b, open] of Object.entries(inBrowsers)) console.log("dev", b, JSON.stringify(await open(`${url}?${modules}`)));
    await close();
    const folder = await unbundled();
    for (const [b, open] of Object.entries(inBrowsers)) {
     for (const q of ["policy=/policy.js&workerUrl=/worker.js", "", "workers=auto&users=200000", "workerUrl=/nowhere.js", "workerUrl=/index.html", "workerUrl=https://example.org/w.js", "workerUrl=/policy.js"])
       console.log("un", b, q, JSON.stringify(await served(folder, (url) => open(`${url}?${q}`))));
    }
  });
});
