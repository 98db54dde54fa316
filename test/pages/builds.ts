// A page made of the packed package by every bundler, each in a folder that test/pages/site.ts serves.
import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import { build as esbuild } from "esbuild";
import { rollup } from "rollup";
import { build as viteBuild, createServer, type Plugin } from "vite";
import webpack from "webpack";
import { root } from "../support/snippets.js";
import type { Results, Site } from "./site.js";

/** A project with the package installed, whose pages have a policy and a world in modules. */
const project = mkdtempSync(join(tmpdir(), "slatesim-pages-"));
const installed = join(project, "node_modules/slatesim");

/** Entries of a page with threads and module worlds: they share the package, of which there must be one. */
const entries = { page: "./page.js", worker: "slatesim/worker", world: "./world.js" };

export function makeProject(): void {
  mkdirSync(join(project, "node_modules"));
  execFileSync("npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", project], { cwd: root });
  const archive = readdirSync(project).find((name) => name.endsWith(".tgz"))!;
  execFileSync("tar", ["-xzf", archive], { cwd: project });
  renameSync(join(project, "package"), installed);
  for (const name of ["fastest-levenshtein", "seedrandom"]) {
    cpSync(join(root, "node_modules", name), join(project, "node_modules", name), { recursive: true });
  }
  for (const name of ["page.js", "index.html"]) cpSync(join(root, "test/pages", name), join(project, name));
  cpSync(join(root, "examples/policy.js"), join(project, "policy.js"));
  cpSync(join(root, "examples/podcasts.js"), join(project, "world.js"));
  writeFileSync(join(project, "package.json"), '{ "type": "module" }');
}

export function removeProject(): void {
  rmSync(project, { recursive: true, force: true });
}

/** A folder with the page and the policy; a build adds the rest. */
function newSite(name: string): string {
  const site = join(project, name);
  mkdirSync(site);
  for (const file of ["index.html", "policy.js"]) cpSync(join(project, file), join(site, file));
  return site;
}

const viteConfig = { root: project, configFile: false, logLevel: "warn", worker: { format: "es" } } as const;

/** What each bundler makes of the entries; returns the folder. */
export const builders = {
  async esbuild() {
    const outdir = newSite("esbuild");
    const entryPoints = Object.entries(entries).map(([out, file]) => ({ in: file, out }));
    await esbuild({ absWorkingDir: project, entryPoints, bundle: true, splitting: true, format: "esm", outdir });
    return outdir;
  },
  async rollup() {
    const dir = newSite("rollup");
    const input = { ...entries, page: join(project, "page.js"), world: join(project, "world.js") };
    const options = { browser: true, rootDir: project, modulePaths: [join(project, "node_modules")] };
    const bundle = await rollup({ input, plugins: [nodeResolve(options)], preserveEntrySignatures: "strict" });
    await bundle.write({ dir, format: "es", entryFileNames: "[name].js" });
    await bundle.close();
    return dir;
  },
  async vite() {
    const outDir = newSite("vite-entries");
    const rollupOptions = {
      input: { ...entries, page: join(project, "page.js"), world: join(project, "world.js") },
      preserveEntrySignatures: "strict",
      output: { entryFileNames: "[name].js" },
    } as const;
    await viteBuild({ ...viteConfig, build: { outDir, emptyOutDir: false, modulePreload: false, rollupOptions } });
    return outDir;
  },
  async webpack() {
    const path = newSite("webpack-entries");
    await packed({
      entry: { ...entries, worker: { import: entries.worker, chunkLoading: "import" } },
      experiments: { outputModule: true },
      output: {
        path,
        filename: "[name].js",
        module: true,
        library: { type: "module" },
        chunkFormat: "module",
        publicPath: "auto",
      },
      optimization: { runtimeChunk: "single" },
    });
    return path;
  },
} satisfies Record<string, () => Promise<string>>;

/** Builds that find the package's own worker. */
export const findingBuilders = {
  async vite() {
    const outDir = join(project, "vite");
    await viteBuild({ ...viteConfig, build: { outDir } });
    cpSync(join(project, "policy.js"), join(outDir, "policy.js"));
    return outDir;
  },
  async webpack() {
    const path = newSite("webpack");
    await packed({ entry: { page: "./page.js" }, output: { path } });
    return path;
  },
} satisfies Record<string, () => Promise<string>>;

function packed(more: webpack.Configuration): Promise<void> {
  return new Promise((resolve, reject) => {
    webpack({ mode: "production", context: project, ...more }, (error, stats) => {
      if (error) reject(error);
      else if (stats?.hasErrors()) reject(new Error(stats.toString({ all: false, errors: true })));
      else resolve();
    });
  });
}

/** Serves the project by Vite as it does while one writes. */
export async function serveByVite({ handle }: Results): Promise<Site> {
  const plugin: Plugin = { name: "results", configureServer: ({ middlewares }) => void middlewares.use(handle) };
  const optimizeDeps = { exclude: ["slatesim"] };
  const server = await createServer({ ...viteConfig, plugins: [plugin], optimizeDeps, server: { port: 0 } });
  await server.listen();
  return { url: server.resolvedUrls!.local[0]!, close: () => server.close() };
}

const IMPORT_MAP = {
  slatesim: "/node_modules/slatesim/dist/index.js",
  "#codeWatch": "/node_modules/slatesim/dist/userCode/webWatch.js",
  "#notebook": "/node_modules/slatesim/dist/notebook/webNotebook.js",
  "#workerAddress": "/node_modules/slatesim/dist/workers/webAddress.js",
  "#workerPool": "/node_modules/slatesim/dist/workers/webPool.js",
  "fastest-levenshtein": "/node_modules/fastest-levenshtein/esm/mod.js",
  "seedrandom/seedrandom.js": "/node_modules/seedrandom/seedrandom.js",
};

/** The package as it is, by an import map, which reaches no worker: that one is bundled. */
export async function unbundled(): Promise<string> {
  const site = newSite("unbundled");
  cpSync(join(project, "page.js"), join(site, "page.js"));
  symlinkSync(join(project, "node_modules"), join(site, "node_modules"), "junction");
  await esbuild({
    absWorkingDir: project,
    entryPoints: { worker: entries.worker },
    bundle: true,
    format: "esm",
    outdir: site,
  });
  const map = `<script type="importmap">${JSON.stringify({ imports: IMPORT_MAP })}</script>`;
  const page = readFileSync(join(project, "index.html"), "utf8");
  writeFileSync(join(site, "index.html"), page.replace("<script", `${map}\n<script`));
  writeFileSync(join(site, "silent.js"), "addEventListener('message', () => {});");
  return site;
}
