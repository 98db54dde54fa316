import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

// Root in a container has no sandbox, and a closed network answers none of the background services.
export const chromiumFlags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--js-flags=--expose-gc", // for test/setup.ts
];

const PROGRAMS = {
  chromium: ["chromium", "chromium-browser", "google-chrome"],
  firefox: ["firefox-esr", "firefox"],
} as const;

/** Returns the path of a browser: of CHROMIUM_BIN or FIREFOX_BIN, or else of the first of its names on the path. */
export function findBrowser(browser: keyof typeof PROGRAMS): string | undefined {
  const given = process.env[`${browser.toUpperCase()}_BIN`];
  if (given) return given;
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return PROGRAMS[browser].flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
