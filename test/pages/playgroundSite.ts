import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import axe from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { build } from "vite";

const root = fileURLToPath(new URL("../../", import.meta.url));
const SUB_PATH = "/some/where/";
const TYPES: Readonly<Record<string, string>> = { ".js": "text/javascript", ".css": "text/css", ".html": "text/html" };

/** The built page of src/playground below a folder of a server. */
export interface PlaygroundSite {
  readonly url: string;
  /** Where the files are. */
  readonly folder: string;
  /** How many bytes had been sent by a time of `Date.now()`, each file once, as gzip makes them. */
  bytesSentBy(time: number): number;
  close(): void;
}

export async function servePlayground(): Promise<PlaygroundSite> {
  const folder = mkdtempSync(join(tmpdir(), "slatesim-page-")); // test files that run at once have each their own
  const configFile = join(root, "src/playground/vite.config.ts");
  await build({ configFile, logLevel: "error", build: { outDir: folder } });
  const sent = new Map<string, { readonly bytes: number; readonly at: number }>();
  const server = createServer((request, response) => {
    const [path = ""] = request.url!.split("?");
    const name = path === SUB_PATH ? "index.html" : path.slice(SUB_PATH.length);
    try {
      if (!path.startsWith(SUB_PATH)) throw new Error(`${path} is outside of ${SUB_PATH}`);
      const body = readFileSync(join(folder, name));
      if (!sent.has(name)) sent.set(name, { bytes: gzipSync(body).length, at: Date.now() });
      response.writeHead(200, { "content-type": TYPES[extname(name)] ?? "", "cache-control": "no-store" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${SUB_PATH}`,
    folder,
    bytesSentBy: (time) => [...sent.values()].reduce((sum, { bytes, at }) => sum + (at <= time ? bytes : 0), 0),
    close: () => {
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export const SIZES = { phone: { width: 375, height: 740 }, desktop: { width: 1280, height: 900 } };

/** Opens an address in a context of its own, as an English reader unless told otherwise; returns what the page complains about, too. */
export async function openPlayground(
  browser: Browser,
  url: string,
  options: BrowserContextOptions,
): Promise<{ readonly page: Page; readonly complaints: string[] }> {
  const context = await browser.newContext({ locale: "en-GB", viewport: SIZES.desktop, ...options });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  await page.goto(url);
  return { page, complaints };
}

/** What axe finds wrong with a page: rules, and the elements that break them. */
export async function violationsOn(page: Page): Promise<[string, string[]][]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
}

/** Collects what a page says in its console, its uncaught errors and requests that failed. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on(
    "response",
    (response) => response.status() >= 400 && complaints.push(`${response.status()} ${response.url()}`),
  );
  return complaints;
}

/** Waits until all users of the page are simulated and its charts are drawn. */
export async function complete(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector("progress")?.value === 1);
  await page.waitForFunction(() => !document.querySelector(".numbers")!.textContent.includes("…"));
  await page.waitForSelector("#chart-distribution svg");
}

/** Returns policies and digests as the page shows them. */
export async function digestsOn(page: Page): Promise<[string, string][]> {
  await complete(page);
  return page.$$eval(".numbers tbody tr", (rows) =>
    rows.map((row) => [row.firstElementChild!.textContent, row.lastElementChild!.textContent] as [string, string]),
  );
}
