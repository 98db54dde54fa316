// Reports in a real browser, on a phone in the dark, on a wide screen and on paper.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AxeResults } from "axe-core";
import { chromium, type Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumFlags, findBrowser } from "../support/browsers.js";
import { execute, root } from "../support/snippets.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "slatesim-reports-"));
const small = ["--users", "300"];
const mixes = ["--policy", "random", "--policy", "mix(1)", "--policy", "mix(2)"];
const learning = ["--agent", "cluster-bandit", "--iterations", "3", "--steps", "300", "--regret"];
const grid = ["--scenario", "lts", "--vary", "sensitivity=0.01:0.1:4"];

/** The command of every report. */
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  run: ["run", "--policy", "mix(2)", ...small],
  compare: ["compare", ...mixes, ...small, "--regret"],
  train: ["train", ...learning],
  replications: ["train", ...learning, "--replications", "3"],
  solve: ["solve", "--scenario", "lts"],
  sweep: ["sweep", ...grid, "--vary", "memoryDiscount=0.7:0.95:6", ...mixes, ...small],
  "sweep-solved": ["sweep", ...grid, ...mixes, ...small, "--regret"],
};

/** Folder for pictures to look at, if any. */
const pictures = process.env["PICTURES"];

const SCREENS = [
  { width: 375, height: 667, colorScheme: "dark" },
  { width: 1100, height: 800, colorScheme: "light" },
] as const;

/** A printed page of text and charts has more bytes than an empty one, and a report few pages. */
const MIN_BYTES = 15_000;
const MAX_PAGES = 12;

const executablePath = findBrowser("chromium");
const chosen = executablePath === undefined && process.env["REQUIRE_CHROMIUM"] !== "1" ? describe.skip : describe;

chosen("the report", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath!, args: chromiumFlags });
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  test.each(Object.entries(COMMANDS))("of %s is read on every screen, and printed", async (name, words) => {
    const path = join(folder, `${name}.html`);
    const main = join(root, "dist/cli/main.js");
    await execute(process.execPath, [main, ...words, "--report", path], { cwd: folder });
    for (const { width, height, colorScheme } of SCREENS) {
      const page = await browser.newPage({ viewport: { width, height }, colorScheme });
      const [said, asked]: [string[], string[]] = [[], []];
      page.on("console", (message) => said.push(message.text()));
      page.on("pageerror", (error) => said.push(String(error)));
      page.on("request", (request) => asked.push(request.url()));
      await page.goto(pathToFileURL(path).href);
      expect(await page.locator("svg[role=img]").count()).toBeGreaterThan(0);
      for (const summary of await page.locator("summary").all()) await summary.click();
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
      await page.evaluate(axe);
      const { violations } = (await page.evaluate("axe.run()")) as AxeResults;
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 200))])).toEqual([]);
      expect([said, asked]).toEqual([[], [pathToFileURL(path).href]]);
      if (pictures) await page.screenshot({ path: join(pictures, `${name}-${width}.png`), fullPage: true });
      await page.close();
    }
    const paper = await printed(path);
    expect(paper.length).toBeGreaterThan(MIN_BYTES);
    expect(paper.toString("latin1").match(/\/Type \/Page\b/g)!.length).toBeLessThan(MAX_PAGES);
  });

  async function printed(path: string): Promise<Buffer> {
    const page = await browser.newPage({ colorScheme: "dark" });
    await page.goto(pathToFileURL(path).href);
    const pdf = await page.pdf({ format: "A4", ...(pictures && { path: join(pictures, `${basename(path)}.pdf`) }) });
    await page.close();
    return pdf;
  }
});
