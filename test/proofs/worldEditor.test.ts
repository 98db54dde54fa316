// The page's editor of world files in a real browser: what it compiles, and what it says about what it cannot.
import { readFileSync } from "node:fs";
import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { compare } from "../../src/index.js";
import { compiledExperiment } from "../../src/playground/editor/compiledExperiment.js";
import { unpackSource } from "../../src/playground/editor/sourceLink.js";
import { sourceIn } from "../../src/playground/address.js";
import { compileWorld } from "../../src/worlds/compiled/compileWorld.js";
import { SIZES, violationsOn } from "../pages/playgroundSite.js";
import { playgroundPages } from "../support/playgroundPages.js";

const EXAMPLE = readFileSync(new URL("../../src/playground/editor/patience.world.ts", import.meta.url), "utf8");
const USERS = 40_000;
const ADDRESS = `#seed=7&users=${USERS}`;

const pages = playgroundPages();

async function openEditor(address = ADDRESS, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await pages.open(address, options);
  await page.click("#world-editor > summary");
  await page.waitForSelector("#world-editor .cm-content");
  return page;
}

/** Writes before a piece of the text, as a reader does. */
async function typeAtStart(page: Page, text: string): Promise<void> {
  await page.locator(".cm-content").press("Control+Home");
  await page.keyboard.insertText(text);
}

/** Policies and digests of the world, once all users are simulated. */
async function worldDigestsOn(page: Page): Promise<(string | null)[][]> {
  await page.waitForFunction(() => document.querySelector<HTMLProgressElement>(".editor progress")?.value === 1);
  return page.$$eval(".editor .numbers tbody tr", (rows) =>
    rows.map((row) => [row.firstElementChild!.textContent, row.lastElementChild!.textContent]),
  );
}

/** The same, as the package computes them in Node. */
async function digestsOf(source: string): Promise<string[][]> {
  const world = await compileWorld(source, { file: "patience.world.ts" });
  const { policies } = compiledExperiment(world, { seed: "7", users: USERS });
  const comparison = await compare(world, policies, { seed: "7", users: USERS });
  return comparison.policies.map(({ policy, digest }) => [policy, digest]);
}

describe("an edited world", () => {
  test("is loaded when it is opened, and has the digests of the package, also from its link", async () => {
    const page = await pages.open(ADDRESS);
    const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    const workers: string[] = [];
    page.on("worker", (worker) => workers.push(worker.url()));
    await page.waitForSelector("#chart-distribution svg");
    expect(requests.filter((url) => /worldEditor|asc|assemblyscript|compileWorker/.test(url))).toEqual([]);
    await page.click("#world-editor > summary");
    await page.waitForSelector("#world-editor .cm-content");
    expect(requests.filter((url) => /asc-|assemblyscript/.test(url))).toEqual([]);

    await typeAtStart(page, "// Steeper.\n");
    await page.locator(".cm-content").press("Control+Enter");
    const source = `// Steeper.\n${EXAMPLE}`;
    const digests = await worldDigestsOn(page);
    expect(digests).toEqual(await digestsOf(source));
    expect(digests.map(([policy]) => policy)).toEqual(["random", "first", "mix(0)", "mix(2)", "mix(3)"]);
    expect(workers.some((url) => url.includes("webWorker"))).toBe(true);
    expect(await page.textContent(".editor .status")).toMatch(
      /^40,000 users simulated; .* [\d,]+ user-steps per second/,
    );
    for (const id of ["totals", "differences", "reward", "distribution"])
      await page.waitForSelector(`#chart-world-${id} svg`);
    expect(await page.textContent(".editor pre")).toBe(
      "npx slatesim compare --world patience.world.ts --policy random --policy first --policy 'mix(0)'" +
        " --policy 'mix(2)' --policy 'mix(3)' --seed=7 --users 40000",
    );
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.click("button:has-text('Download the world file')"),
    ]);
    expect(download.suggestedFilename()).toBe("patience.world.ts");
    expect(readFileSync(await download.path(), "utf8")).toBe(source);

    const href = await page.evaluate(() => location.href);
    expect(await unpackSource(sourceIn(new URL(href).hash)!)).toBe(source);
    const again = await page.context().newPage();
    await again.goto(href);
    expect(await worldDigestsOn(again)).toEqual(digests);
    await again.waitForFunction(() => document.querySelector("progress")!.value === 1); // the page's own experiment goes on
    await page.context().close();
  });

  test("that cannot be compiled has its mistakes at their lines, and is mended", async () => {
    const page = await openEditor();
    await typeAtStart(page, "let x = 3;\nexport const y: f64 = Math.random();\n");
    await page.click("button:has-text('Compile and simulate')");
    await page.waitForSelector(".source-mistakes li");
    const places = await page.$$eval(".source-mistakes button", (all) => all.map((each) => each.textContent));
    expect(places[0]).toBe("Line 1, column 5");
    expect(await page.textContent(".source-mistakes")).toContain("expected const");
    expect(await page.locator(".source-mistakes").getAttribute("aria-live")).toBe("polite");
    expect(await page.locator(".cm-lint-marker-error").count()).toBe(
      new Set(places.map((place) => place!.split(",")[0])).size,
    );
    expect(await page.locator(".editor .numbers").isVisible()).toBe(false);

    await page.locator(".cm-content").press("Control+End");
    await page.focus(".source-mistakes button"); // without a mouse
    await page.keyboard.press("Enter");
    await page.keyboard.press("Control+k"); // CodeMirror deletes to the end of the line
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("Shift+ArrowDown");
    await page.keyboard.press("Shift+ArrowDown");
    await page.keyboard.press("Delete");
    await page.keyboard.press("Control+Enter");
    await page.waitForSelector("#chart-world-totals svg");
    expect(await page.locator(".source-mistakes li").count()).toBe(0);
    expect(await page.locator(".cm-lint-marker-error").count()).toBe(0);
    await page.context().close();
  });

  test("that fails while it is simulated says why", async () => {
    const page = await openEditor();
    await page.locator(".cm-content").press("Control+a");
    await page.keyboard.insertText(EXAMPLE.replace("user.exposure = exposure;", "user.exposure = exposure / 0;"));
    await page.keyboard.press("Control+Enter");
    await page.waitForFunction(() => document.querySelector(".editor .status")?.textContent.includes("failed"));
    expect(await page.textContent(".editor .status")).toContain("finite");
    await page.context().close();
  });
});

test("a world that was compiled once is compiled without a network, and the compiler is not kept before it is used", async () => {
  const page = await pages.open(ADDRESS);
  const kept = (await (await page.request.get(new URL("offline.js", page.url()).href)).text()).match(/assets\/[^"]+/g)!;
  const sizes = kept.map((file) => pages.bytesOf(file));
  expect(sizes.length).toBeGreaterThan(10);
  expect(Math.max(...sizes)).toBeLessThan(500_000);

  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.click("#world-editor > summary");
  await page.waitForSelector(".cm-content");
  await page.click("button:has-text('Compile and simulate')");
  const digests = await worldDigestsOn(page);
  await page.context().setOffline(true);
  await page.reload();
  expect(await worldDigestsOn(page)).toEqual(digests);
  await page.context().close();
});

test("a wrong link says what is wrong and offers the example", async () => {
  const page = await pages.open(`${ADDRESS}&source=%3Cb%3E`);
  expect(await page.textContent(".editor [role=alert]")).toContain('"source" expected a compressed text');
  await page.click(".editor button:has-text('Use the example')");
  await page.waitForSelector(".cm-content");
  await expect.poll(async () => sourceIn(await page.evaluate(() => location.hash))).toBeUndefined();
  await page.context().close();
});

test("another language keeps the text", async () => {
  const page = await openEditor();
  await typeAtStart(page, "// Mío: 日本.\n");
  await page.waitForFunction(() => location.hash.includes("source="));
  await page.selectOption("#language", "es");
  await page.waitForSelector(".cm-line:has-text('Mío: 日本')");
  await page.waitForSelector("button:has-text('Compilar y simular')");
  await page.context().close();
});

describe("axe", () => {
  // Colours do not depend on the size, nor words on the colours: each of them once.
  const cases = [
    ["phone", { locale: "es-ES", colorScheme: "dark", viewport: SIZES.phone }],
    ["desktop", { locale: "en-GB", colorScheme: "light", viewport: SIZES.desktop }],
  ] as const;
  test.each(cases)("finds no violation on a %s", async (_size, options) => {
    const page = await openEditor(ADDRESS, options);
    await page.locator(".cm-content").press("Control+Enter");
    await worldDigestsOn(page);
    await page.waitForSelector("#chart-world-distribution svg");
    await typeAtStart(page, "let x = 3;\n");
    await page.locator(".cm-content").press("Control+Enter");
    await page.waitForSelector(".source-mistakes li");
    expect(await violationsOn(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await page.context().close();
  });
});
