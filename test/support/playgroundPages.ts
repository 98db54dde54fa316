// The page of src/playground in Chromium, for all tests of a file: built once, served from a sub-path, and no test may leave a complaint.
import { statSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { openPlayground, servePlayground, type PlaygroundSite } from "../pages/playgroundSite.js";
import { chromiumFlags, findBrowser } from "./browsers.js";

export interface PlaygroundPages {
  /** Opens the page with a hash, in a context of its own. */
  open(hash: string, options?: BrowserContextOptions): Promise<Page>;
  /** How many bytes a file of the page has. */
  bytesOf(file: string): number;
  /** How many bytes had been sent for all pages by a time of `Date.now()`, each file once, as gzip makes them. */
  bytesSentBy(time: number): number;
}

/** Registers what goes before and after the tests of the file that calls it. */
export function playgroundPages(): PlaygroundPages {
  let site: PlaygroundSite;
  let browser: Browser;
  let complaints: string[];
  beforeAll(async () => {
    site = await servePlayground();
    browser = await chromium.launch({ executablePath: findBrowser("chromium")!, args: chromiumFlags });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    site?.close();
  });
  afterEach(() => expect(complaints).toEqual([]));
  return {
    async open(hash, options = {}) {
      const opened = await openPlayground(browser, site.url + hash, options);
      ({ complaints } = opened);
      return opened.page;
    },
    bytesOf: (file) => statSync(join(site.folder, file)).size,
    bytesSentBy: (time) => site.bytesSentBy(time),
  };
}
