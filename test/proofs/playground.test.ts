// The page of src/playground in a real browser: built once, served from a sub-path.
import { readFileSync } from "node:fs";
import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { compare } from "../../src/index.js";
import { experimentIn } from "../../src/playground/address.js";
import { prepare, type ReadyExperiment } from "../../src/playground/experiment.js";
import { commandOf, programOf } from "../../src/playground/instructions.js";
import { SLIDER_NAMES } from "../../src/playground/parameterFields.js";
import { complaintsOf, complete, digestsOn, SIZES, violationsOn } from "../pages/playgroundSite.js";
import { playgroundPages } from "../support/playgroundPages.js";

const ADDRESS = "#scenario=lts-tradeoff&timeBudget=20&policy=random&policy=mix(2)&policy=mix(0)&seed=7&users=30000";

const pages = playgroundPages();
const open = (address = ADDRESS, options: BrowserContextOptions = {}): Promise<Page> => pages.open(address, options);

/** Runs in the page: when its first chart is drawn, as `Date.now()`. What loads after it nobody waits for. */
async function timeOfFirstChart(): Promise<number> {
  while (document.querySelector("#chart-distribution svg") === null)
    await new Promise((resolve) => void requestAnimationFrame(resolve));
  return Date.now();
}

/** The digests that the package computes for an address. */
async function digestsOf(address: string): Promise<[string, string][]> {
  const { world, policies, seed, users } = prepare(experimentIn(address)) as ReadyExperiment;
  const comparison = await compare(world, policies, { users, seed });
  return comparison.policies.map(({ policy, digest }) => [policy, digest]);
}

/** The experiment in the address bar, once it is as expected. */
const expectExperiment = (page: Page) =>
  expect.poll(async () => experimentIn(await page.evaluate(() => location.hash)));

describe("results", () => {
  test("the first load is below 300 kB; nothing moves while charts fill", async () => {
    const page = await open("", { viewport: SIZES.desktop });
    await page.evaluate(() => {
      const shifts = ((globalThis as { shifts?: number[] }).shifts = [] as number[]);
      const watch = new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value);
      });
      watch.observe({ type: "layout-shift", buffered: true });
    });
    const drawn = await page.evaluate(timeOfFirstChart);
    expect(pages.bytesSentBy(drawn)).toBeGreaterThan(100_000);
    expect(pages.bytesSentBy(drawn)).toBeLessThan(300_000);
    await complete(page);
    const shifts = await page.evaluate(() => (globalThis as unknown as { shifts: number[] }).shifts);
    expect(shifts.reduce((sum, shift) => sum + shift, 0)).toBeLessThan(0.01);
    await page.context().close();
  });

  test("have the digests of the package, from Web Workers, with the optimum as a line", async () => {
    const page = await open();
    const workers: string[] = [];
    page.on("worker", (worker) => workers.push(worker.url()));
    expect(await digestsOn(page)).toEqual(await digestsOf(ADDRESS));
    await page.waitForSelector("#chart-totals svg text:has-text('optimum')");
    expect(workers.filter((url) => url.includes("webWorker")).length).toBeGreaterThanOrEqual(2);
    expect(await page.textContent(".headline")).toMatch(/^mix\(2\) brings [\d.]+ s more .* than random/);
    await page.context().close();
  });
});

describe("controls", () => {
  test("every one is in the address, which opened afresh has the same digests", async () => {
    const page = await open("#users=3000");
    await page.selectOption("#field-scenario", "lts");
    await expectExperiment(page).toMatchObject({ scenario: "lts", parameters: {} });
    for (const name of SLIDER_NAMES) {
      const before = await page.inputValue(`#field-${name}`);
      await page.focus(`#field-${name} ~ input[type=range]`);
      await page.keyboard.press(name === "slateSize" ? "ArrowLeft" : "ArrowRight");
      const after = await page.inputValue(`#field-${name}`);
      expect(after).not.toBe(before);
      await expectExperiment(page).toHaveProperty(["parameters", name], Number(after));
    }
    await page.fill("#field-timeBudget", "9");
    await page.check("input[value='mix(1)']");
    await page.uncheck("input[value=random]");
    await page.check("input[value=first]");
    await page.selectOption("#field-policies", "first");
    await page.fill("#field-seed", "a b&c");
    await page.fill("#field-users", "5,000");
    const chosen = { policies: ["first", "mix(2)", "mix(1)"], seed: "a b&c", users: 5000 };
    await expectExperiment(page).toMatchObject({ ...chosen, parameters: { timeBudget: 9 } });
    await page.waitForSelector(".status:has-text('5,000 users simulated')");
    const digests = await digestsOn(page);
    expect(digests).toEqual(await digestsOf(await page.evaluate(() => location.hash)));
    const again = await page.context().newPage();
    await again.goto(await page.evaluate(() => location.href));
    expect(await digestsOn(again)).toEqual(digests);
    await page.click("button:has-text('Start over')");
    await expectExperiment(page).toEqual(experimentIn(""));
    await page.context().close();
  });

  test.each([
    ["users", "0", "an integer in [1,"],
    ["seed", "", "not empty"],
    ["sensitivity", "x", "expected"],
    ["slateSize", "11", "expected"],
  ])("the field %s says the rule that %j breaks", async (name, value, rule) => {
    const page = await open("#users=1000", { viewport: SIZES.phone });
    await page.evaluate(() => void (document.querySelector("details")!.open = true));
    await page.fill(`#field-${name}`, value);
    expect(await page.textContent(`#mistake-${name}`)).toContain(rule);
    expect(await page.getAttribute(`#field-${name}`, "aria-invalid")).toBe("true");
    expect(await page.textContent(".status")).toBe("Waiting for valid fields.");
    await page.context().close();
  });

  test("a wrong link says what is wrong and offers the default", async () => {
    const page = await open("#sensitivty=%3Cb%3E&users=1000");
    expect(await page.textContent("[role=alert]")).toContain('"sensitivty"');
    await page.click("button:has-text('Use the default experiment')");
    await page.waitForSelector("#chart-totals svg");
    await expectExperiment(page).toEqual(experimentIn(""));
    expect(await page.textContent("[role=alert]")).toBe("");
    await page.context().close();
  });
});

test("a click on a point shows the user's episode, and a fork of it", async () => {
  const page = await open();
  await page.waitForSelector(".people circle");
  const { cx, cy } = await page.$eval(".people circle:nth-of-type(6)", (point) => {
    const { left, top, width, height } = point.getBoundingClientRect();
    return { cx: left + width / 2, cy: top + height / 2 };
  });
  const scrolled = await page.evaluate(() => scrollY);
  await page.evaluate((y) => scrollTo(0, y - 300), cy + scrolled);
  await page.mouse.click(cx, cy + scrolled - (await page.evaluate(() => scrollY)));
  const user = await page.inputValue("#field-user");
  expect(user).not.toBe("");
  expect(await page.textContent(".episode caption")).toBe(`User ${user} under random`);
  expect(await page.locator(".people circle.chosen").count()).toBe(1);
  expect(await page.locator(".episode tbody tr").count()).toBe(20);
  await page.fill("#field-user", "12");
  await page.selectOption("#field-episode-policy", "mix(2)");
  expect(await page.textContent(".episode caption")).toBe("User 12 under mix(2)");
  await page.fill("#field-fork-step", "5");
  const boxes = page.locator("section[aria-labelledby=fork] input[type=checkbox]");
  for (const place of [0, 1, 2]) await boxes.nth(place).check();
  await page.waitForSelector("#chart-fork svg");
  expect(await page.textContent("section[aria-labelledby=fork] [role=status]:not(.mistake)")).toMatch(
    /at step 5 .* by [+−]\d/,
  );
  expect(await boxes.nth(3).isDisabled()).toBe(true);
  await page.context().close();
});

test("link, command and program are copied, and the report is downloaded and opens", async () => {
  const page = await open(ADDRESS, { permissions: ["clipboard-read", "clipboard-write"] });
  await complete(page);
  const copied = async (name: string): Promise<string> => {
    await page.click(`button:has-text('${name}')`);
    await page.waitForSelector("text=Copied.");
    return page.evaluate(() => navigator.clipboard.readText());
  };
  expect(await copied("Copy the link")).toBe(await page.evaluate(() => location.href));
  expect(await copied("Copy the command line")).toBe(commandOf(experimentIn(ADDRESS)));
  expect(await copied("Copy the TypeScript")).toBe(programOf(experimentIn(ADDRESS)));
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.click("button:has-text('Download the report')"),
  ]);
  expect(download.suggestedFilename()).toMatch(/^slatesim-.*\.html$/);
  const html = readFileSync(await download.path(), "utf8");
  const report = await page.context().newPage();
  const others = complaintsOf(report);
  await report.setContent(html);
  const digests = await digestsOf(ADDRESS);
  for (const [, digest] of digests) expect(await report.textContent("body")).toContain(digest);
  expect(others).toEqual([]);
  await page.context().close();
});

test("the browser chooses the language, and the reader another", async () => {
  const page = await open(ADDRESS, { locale: "es-AR" });
  expect(await page.getAttribute("html", "lang")).toBe("es");
  expect(await page.title()).toBe("Memes frente a vídeos educativos");
  const digests = await digestsOn(page);
  await page.fill("#field-seed", "");
  expect(await page.textContent("#mistake-seed")).toBe('"seed": se espera un texto que no esté vacío, y no ""');
  await page.fill("#field-seed", "7");
  await page.selectOption("#language", "en");
  expect(await page.getAttribute("html", "lang")).toBe("en");
  expect(await page.textContent("h1")).toBe("Memes against educational videos");
  expect(await digestsOn(page)).toEqual(digests);
  await page.context().close();
});

test("once loaded it works without a network", async () => {
  const page = await open();
  const digests = await digestsOn(page);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.context().setOffline(true);
  await page.reload();
  expect(await digestsOn(page)).toEqual(digests);
  await page.fill("#field-seed", "8");
  await page.waitForFunction((before) => {
    const text = document.querySelector(".numbers")!.textContent;
    return !text.includes("…") && !text.includes(before);
  }, digests[0]![1]);
  await page.context().close();
});

describe("axe", () => {
  test.each(
    Object.entries(SIZES).flatMap(([size, viewport]) =>
      [
        { locale: "en-GB", colorScheme: "light" as const },
        { locale: "es-ES", colorScheme: "dark" as const },
      ].map((options) => [size, options.locale, options.colorScheme, { ...options, viewport }] as const),
    ),
  )("finds no violation on a %s in %s, %s", async (_size, _locale, _scheme, options) => {
    const page = await open(ADDRESS, options);
    await complete(page);
    const boxes = page.locator("section[aria-labelledby=fork] input[type=checkbox]");
    for (const place of [0, 1, 2]) await boxes.nth(place).check();
    await page.evaluate(() => void (document.querySelector("details")!.open = true));
    await page.fill("#field-seed", ""); // a mistake is shown, too
    expect(await violationsOn(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await page.context().close();
  });
});
