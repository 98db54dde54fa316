// The examples do what their first lines say: each is run as a reader would run it.
import { execFile } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import ts from "typescript";
import { build, preview } from "vite";
import { afterAll, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const command = join(root, "dist/cli/main.js");
/** Inside the package, so that its own name resolves. */
const compiled = join(root, "build", "examples");
const place = mkdtempSync(join(tmpdir(), "slatesim-examples-"));

function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

/** The arguments of every `npx slatesim` in a file. */
function commandsIn(path: string): string[][] {
  const lines = read(path).matchAll(/npx slatesim ([^#\n]*(?:#\w+[^#\n]*)?)/g);
  return [...lines].map(([, words]) => [...words!.matchAll(/"([^"]*)"|(\S+)/g)].map((word) => word[1] ?? word[2]!));
}

async function run(...words: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, words, { cwd: root });
  return stdout;
}

/** Node 20 does not take TypeScript as it is. */
async function runTypeScript(path: string): Promise<string> {
  const file = join(compiled, path.replace(/\.ts$/, ".mjs"));
  const compilerOptions = { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, ts.transpileModule(read(path), { compilerOptions }).outputText);
  return run(file);
}

/** As vitest.config.ts does, which refuses to begin where Chromium is required and there is none. */
function findChromium(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const names = ["chromium", "chromium-browser", "google-chrome"];
  const paths = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return process.env["CHROMIUM_BIN"] || paths.find((path) => existsSync(path));
}

describe.concurrent("the examples", () => {
  afterAll(() => {
    for (const folder of [compiled, place]) rmSync(folder, { recursive: true, force: true });
  });

  test("are those that are run here", () => {
    const files = readdirSync(join(root, "examples"), { recursive: true, withFileTypes: true });
    const names = files.filter((entry) => entry.isFile()).map(({ name }) => name);
    const shown = [
      "agent.ts",
      "experiment.json",
      "podcasts.js",
      "policy.js",
      "users.csv",
      "videos.csv",
      "tutorial.es.ipynb",
      "tutorial.ipynb",
      "world.ts",
      "index.html",
      "main.ts",
      "vite.config.ts",
      "locks.yml",
      "lts-mix.lock",
      // By docs.test.ts:
      "people.world.ts",
      // By cluster.test.ts:
      "Dockerfile",
      "compose.yaml",
      "merge.yaml",
      "shards.slurm",
      "shards.yaml",
    ];
    expect(names.toSorted()).toEqual([...shown, ".oxlintrc.json", "tsconfig.json"].toSorted());
  });

  test.each(["agent.ts", "podcasts.js", "policy.js", "world.ts", "page/main.ts", "ci/locks.yml"])(
    "%s says how to run it",
    (name) => {
      expect(read(`examples/${name}`)).toMatch(/^(\/\/|#) [A-Z][\s\S]*?\n(\/\/|#) {2,4}(npx|npm|node) /);
    },
  );

  test("a policy fills the slates of a run, and is the best of a comparison", async () => {
    const [single, compare] = commandsIn("examples/policy.js");
    expect(single).toEqual(expect.arrayContaining(["run", "examples/policy.js#harvest"]));
    expect(await run(command, ...single!)).toContain("harvest after 56");
    expect(await run(command, ...compare!)).toMatch(/^harvest after 56 brings most: \d+/m);
  });

  test("an agent passes the check and learns", async () => {
    const lines = (await runTypeScript("examples/agent.ts")).split("\n");
    expect(lines[0]).toBe("the agent has all properties");
    const [random, learnt] = lines.slice(1).map((line) => Number(/: (\d+) s/.exec(line)?.[1]));
    expect(learnt! / random!).toBeGreaterThan(1.4);
  });

  test("a world has episodes of different lengths and metrics of its own", async () => {
    mkdirSync(join(compiled, "examples"), { recursive: true });
    copyFileSync(join(root, "examples/podcasts.js"), join(compiled, "examples/podcasts.js"));
    const printed = await runTypeScript("examples/world.ts");
    for (const name of ["clickedQuality", "topicDiversity", "energy"]) {
      expect(printed.match(new RegExp(`^  ${name} +0\\.\\d{3} \\[0\\.\\d{3}, 0\\.\\d{3}\\]$`, "gm"))).toHaveLength(2);
    }
    const lengths = [...printed.matchAll(/^ {2}episodeLength +([\d.]+)/gm)].map(([, mean]) => Number(mean));
    expect(lengths[1]! - lengths[0]!).toBeGreaterThan(1);
  });

  test("the command line runs, compares and trains in a module's world", async () => {
    const [single, rivals, trained] = await Promise.all(
      commandsIn("examples/podcasts.js").map((words) => run(command, ...words)),
    );
    expect(single).toMatch(/^podcasts · most-educational · 2,000 users/);
    expect(rivals).toMatch(/^mix\(3\) best /m);
    expect(trained).toMatch(/^podcasts · random · 2 iterations/);
  });

  test("the lock of the CI job is verified by the job's commands, and was made by the command in its comment", async () => {
    const [lock, ...verify] = commandsIn("examples/ci/locks.yml");
    expect(verify.map(([name]) => name)).toEqual(["verify", "verify"]);
    const verdicts = await Promise.all(verify.map((words) => run(command, ...words)));
    for (const verdict of verdicts) expect(verdict).toContain("lts-mix.lock: equal");
    const again = join(place, "again.lock");
    await run(command, "lock", again, ...lock!.slice(2));
    const [made, kept] = [again, join(root, "examples/ci/lts-mix.lock")].map((path) => {
      const { kernel: _kernel, sha256: _sum, ...bits } = JSON.parse(readFileSync(path, "utf8"));
      return bits; // kernels may differ as long as the bits are the same
    });
    expect(made).toEqual(kept);
  });

  const executablePath = findChromium();
  test.skipIf(executablePath === undefined)("a page shows the progress and the result of a run", async () => {
    const [outDir, port] = [join(place, "page"), 0];
    const site = {
      root: join(root, "examples/page"),
      logLevel: "error",
      build: { outDir },
      preview: { port },
    } as const;
    await build(site);
    const server = await preview(site);
    const browser = await chromium.launch({ executablePath: executablePath!, args: ["--no-sandbox", "--disable-gpu"] });
    try {
      const tab = await browser.newPage();
      const errors: Error[] = [];
      tab.on("pageerror", (error) => errors.push(error));
      await tab.goto(server.resolvedUrls!.local[0]!);
      const result = tab.locator("#result", { hasText: "digest" });
      await result.waitFor();
      expect(await result.textContent()).toMatch(/^92\d\.\d\d s of engagement .*, digest [0-9a-f]{16}, 2 workers$/);
      expect(await tab.locator("#progress").evaluate((bar) => (bar as HTMLProgressElement).value)).toBe(1);
      expect(errors).toEqual([]);
    } finally {
      await browser.close();
      await server.close();
    }
  });
});
