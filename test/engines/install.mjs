import { execFile } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { npmPackages } from "./engines.mjs";

const execute = promisify(execFile);
const root = fileURLToPath(new URL("../../", import.meta.url));
const here = fileURLToPath(new URL(".", import.meta.url));

/** Fills an empty folder: the packed package as its users install it, the engines of npm, the probe, and its bundles. */
export async function install(folder) {
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  const { stdout } = await execute("npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder], {
    cwd: root,
  });
  const npm = (...words) => execute("npm", ["install", "--no-audit", "--no-fund", ...words], { cwd: folder });
  await npm(`./${stdout.trim()}`);
  await npm("--force", "--ignore-scripts", ...npmPackages);
  cpSync(join(here, "probe"), folder, { recursive: true });
  for (const file of ["browser.mjs", "quickjs.mjs"]) cpSync(join(here, file), join(folder, file));
  await bundle(folder);
}

/** One script for shells and for workerd; for pages modules that share what they import, beside the worker. */
async function bundle(folder) {
  const esbuild = (...words) =>
    execute("node_modules/.bin/esbuild", ["--bundle", "--log-level=warning", "--target=es2022", ...words], {
      cwd: folder,
    });
  const worker = "node_modules/slatesim/dist/workers/webWorker.js";
  await esbuild("shellMain.mjs", "--format=iife", "--outfile=bundle/shellMain.js");
  await esbuild("workerdMain.mjs", "--format=esm", "--external:*.wasm", "--outfile=bundle/workerdMain.js");
  const entries = ["pageMain=pageMain.mjs", "own=own.mjs", `webWorker=${worker}`];
  await esbuild(...entries, "--format=esm", "--splitting", "--outdir=bundle");
  writeFileSync(join(folder, "bundle/page.html"), '<script type="module" src="pageMain.js"></script>\n');
  const parts = ["shellPrelude.js", "bundle/shellMain.js"].map((file) => readFileSync(join(folder, file), "utf8"));
  writeFileSync(join(folder, "bundle/shell.js"), parts.join("\n"));
}
