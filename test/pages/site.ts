import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";

/** A run of test/pages/page.js. */
export interface PageRun {
  readonly digest?: string;
  readonly workers?: number;
  readonly error?: string;
}

/** What test/pages/page.js posts. */
export interface PageResults {
  readonly builtIn: PageRun;
  readonly policy?: PageRun;
  readonly world?: PageRun;
  readonly warnings: readonly string[];
  readonly isolated: boolean;
}

const TYPES: Record<string, string> = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript" };

/** Receives what a page posts. */
export class Results {
  private take: (results: PageResults) => void = () => {};

  next(): Promise<PageResults> {
    return new Promise((resolve) => (this.take = resolve));
  }

  /** Answers a request if it brings results; for Vite's server, too. */
  readonly handle = (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    if (request.url !== "/results") return next();
    let text = "";
    request.setEncoding("utf8").on("data", (part: string) => (text += part));
    request.on("end", () => {
      response.end();
      this.take(JSON.parse(text) as PageResults);
    });
  };
}

/** A site that is served, and how to end that. */
export interface Site {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves a folder under a strict Content-Security-Policy; scripts in a page run by their hash alone. */
export async function serve(folder: string, results: Results): Promise<Site> {
  const inline = [
    ...readFileSync(join(folder, "index.html"), "utf8").matchAll(/<script type="importmap">(.*?)<\/script>/g),
  ];
  const hashes = inline.map(([, text]) => ` 'sha256-${createHash("sha256").update(text!).digest("base64")}'`).join("");
  const policy = `default-src 'self'; script-src 'self' 'wasm-unsafe-eval'${hashes}`;
  const server = createServer((request, response) => {
    results.handle(request, response, () => {
      const path = decodeURIComponent(new URL(request.url!, "http://localhost").pathname);
      const file = join(folder, path === "/" ? "index.html" : path);
      try {
        const body = readFileSync(file);
        response.writeHead(200, { "content-type": TYPES[extname(file)]!, "content-security-policy": policy }).end(body);
      } catch {
        response.writeHead(404).end();
      }
    });
  });
  server.listen(0, "localhost");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}/`,
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
