// node browser.mjs PROGRAM: serves the bundle, opens its page in a browser, and prints what the page posts.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { basename, extname, join } from "node:path";
import { text } from "node:stream/consumers";

const program = process.argv[2];
const profile = mkdtempSync(join(tmpdir(), "slatesim-browser-"));
const TYPES = { ".html": "text/html", ".js": "text/javascript" };

/** How each is started: without a display, with a profile of its own, and as root in a container, which has no sandbox. */
const starts = {
  chromium: (url) => [
    program,
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    `--user-data-dir=${profile}`,
    url,
  ],
  "firefox-esr": (url) => [program, "--headless", "--no-remote", "--profile", profile, url],
  MiniBrowser: (url) => ["xvfb-run", "--auto-servernum", "dbus-run-session", "--", program, url],
};

let post;
const posted = new Promise((resolve) => (post = resolve));
const server = createServer(async (request, response) => {
  if (request.method === "POST") post(await text(request));
  const path = join("bundle", basename(new URL(request.url, "http://localhost").pathname));
  response.writeHead(existsSync(path) ? 200 : 404, { "content-type": TYPES[extname(path)] ?? "text/plain" });
  response.end(existsSync(path) ? readFileSync(path) : "");
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));

const url = `http://127.0.0.1:${server.address().port}/page.html`;
const [command, ...args] = starts[basename(program)](url);
const child = spawn(command, args, {
  detached: true, // with its processes in a group, which is ended as one
  stdio: "ignore",
  env: { ...process.env, HOME: profile, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1", LIBGL_ALWAYS_SOFTWARE: "1" },
});
process.once("SIGTERM", () => end(1));
const ended = new Promise((resolve) => child.once("close", resolve));
const result = await Promise.race([posted, ended.then(() => undefined)]);
if (result !== undefined) process.stdout.write(`RESULT ${result}\n`);
await end(result === undefined ? 1 : 0);

async function end(code) {
  if (child.exitCode === null) process.kill(-child.pid);
  await ended;
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  process.exit(code);
}
