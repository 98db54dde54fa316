import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { build } from "vite";

const root = fileURLToPath(new URL("../../", import.meta.url));
const SUB_PATH = "/some/where/";
const TYPES: Readonly<Record<string, string>> = { ".js": "text/javascript", ".css": "text/css", ".html": "text/html" };

/** The built page of src/playground below a folder of a server. */
export interface PlaygroundSite {
  readonly url: string;
  /** How many bytes have been sent for, each file once, as gzip makes them. */
  bytesSent(): number;
  close(): void;
}

export async function servePlayground(): Promise<PlaygroundSite> {
  await build({ configFile: join(root, "src/playground/vite.config.ts"), logLevel: "error" });
  const sent = new Map<string, number>();
  const server = createServer((request, response) => {
    const [path = ""] = request.url!.split("?");
    const name = path === SUB_PATH ? "index.html" : path.slice(SUB_PATH.length);
    try {
      if (!path.startsWith(SUB_PATH)) throw new Error(`${path} is outside of ${SUB_PATH}`);
      const body = readFileSync(join(root, "build/page", name));
      sent.set(name, gzipSync(body).length);
      response.writeHead(200, { "content-type": TYPES[extname(name)] ?? "", "cache-control": "no-store" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${SUB_PATH}`,
    bytesSent: () => [...sent.values()].reduce((sum, bytes) => sum + bytes, 0),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
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
