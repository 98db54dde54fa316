import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { chromiumFlags, findBrowser } from "../support/browsers.js";

/** Opens an address in a browser until `done` resolves; returns what it resolves to. */
export type OpenUntil = <Found>(url: string, done: Promise<Found>) => Promise<Found>;

const inChromium: OpenUntil = async (url, done) => {
  const browser = await chromium.launch({ executablePath: findBrowser("chromium")!, args: chromiumFlags });
  try {
    await (await browser.newPage()).goto(url);
    return await done;
  } finally {
    await browser.close();
  }
};

/** Needs no driver, as the page tells what it found by itself. */
const inFirefox: OpenUntil = async (url, done) => {
  const profile = mkdtempSync(join(tmpdir(), "slatesim-firefox-"));
  const words = ["--headless", "--no-remote", "--profile", profile, url];
  const child = spawn(findBrowser("firefox")!, words, { stdio: "ignore" });
  const ended = once(child, "exit");
  try {
    return await done;
  } finally {
    child.kill();
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 9 });
  }
};

/** The browsers of this machine. */
export const browsers = Object.entries({ chromium: inChromium, firefox: inFirefox } as const).filter(
  ([name]) => findBrowser(name as "chromium" | "firefox") !== undefined || process.env["REQUIRE_CHROMIUM"] === "1",
);
