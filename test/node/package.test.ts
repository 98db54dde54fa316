// What a user installs: the packed archive, unpacked elsewhere and imported by its name.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as source from "../../src/index.js";
import * as evaluation from "../../src/evaluation/index.js";
import * as queue from "../../src/queue/index.js";
import * as records from "../../src/records/index.js";
import * as report from "../../src/htmlReport/index.js";
import * as testing from "../../src/testing/index.js";
import * as train from "../../src/train/index.js";
import * as world from "../../src/worlds/compiled/index.js";
import { kernelHex } from "../../src/worlds/longTermSatisfaction/kernel/bytes.js";
import { kernelSha256 } from "../../src/worlds/longTermSatisfaction/kernel/kernelSha256.js";
import { library, manifest, mistakesOfConsumer, resolutions, unpackInto } from "../support/packed.js";

const consumer = mkdtempSync(join(tmpdir(), "slatesim-package-"));
let installed: string;

function runInConsumer(script: string): unknown {
  const output = execFileSync(process.execPath, ["--input-type=module", "--eval", script], { cwd: consumer });
  return JSON.parse(output.toString());
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

describe("the packed archive", () => {
  beforeAll(() => {
    installed = unpackInto(consumer);
  });
  afterAll(() => rmSync(consumer, { recursive: true, force: true }));

  test.each(["dist/index.js", "dist/index.d.ts", "dist/cli/main.js", "build/kernel.wasm", "LICENSE"])(
    "contains %s",
    (path) => expect(existsSync(join(installed, path))).toBe(true),
  );

  test("contains every document at the top that its README links to, and the types of every entrance", () => {
    const readme = readFileSync(join(installed, "README.md"), "utf8");
    const links = [...readme.matchAll(/\]\(([A-Z]+\.md)/g)].map((match) => match[1]!);
    const types = Object.values<{ types?: string } | string>(manifest.exports).flatMap((entrance) =>
      typeof entrance === "string" ? [] : (entrance.types ?? []),
    );
    const documents = ["ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "TUTORIAL.md"];
    expect([...new Set(links)].toSorted()).toEqual(documents);
    const rooms = ["", "queue/", "evaluation/", "records/", "htmlReport/", "testing/", "train/"];
    const others = ["workerd", "worlds/compiled/index", "workers/webWorker"].map((name) => `./dist/${name}.d.ts`);
    expect(types).toEqual([...rooms.map((room) => `./dist/${room}index.d.ts`), ...others]);
    expect([...links, ...types].filter((path) => !existsSync(join(installed, path)))).toEqual([]);
  });

  test("contains nothing but the build and the documents", () => {
    const files = readdirSync(installed, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = files.map((file) =>
      join(file.parentPath, file.name)
        .slice(installed.length + 1)
        .replaceAll(sep, "/"),
    );
    const expected =
      /^(dist\/.+\.([cm]?js|d\.[cm]?ts|[cm]?js\.map)|schema\/experiment\.schema\.json|build\/kernel\.wasm|docs\/[\w-]+\.md|package\.json|(README|ARCHITECTURE|CHANGELOG|CONTRIBUTING|TUTORIAL|TUTORIAL\.es)\.md|LICENSE)$/;
    expect(paths.filter((path) => !expected.test(path))).toEqual([]);
  });

  test("gives every public name of every entrance to who imports it", () => {
    const entrances = {
      ".": source,
      "./bullmq": queue,
      "./evaluation": evaluation,
      "./records": records,
      "./report": report,
      "./testing": testing,
      "./train": train,
      "./world": world,
    };
    const scripts = Object.keys(manifest.exports).filter((path) => !/workerd?$|\.(wasm|json)$/.test(path));
    expect(scripts).toEqual(Object.keys(entrances));
    for (const [path, names] of Object.entries(entrances)) {
      const entrance = path.replace(".", "slatesim");
      const script = `import * as all from "${entrance}"; console.log(JSON.stringify(Object.keys(all)));`;
      expect(runInConsumer(script)).toEqual(Object.keys(names).toSorted());
    }
  });

  test("shows results in notebooks, and names the packages that charts need where they are not installed", () => {
    const run = `const run = await simulate(scenarios["lts-tradeoff"], policies.random(), { users: 9, steps: 2 });`;
    const show = `console.log(JSON.stringify(await run[Symbol.for("Jupyter.display")]()));`;
    const script = `import { policies, scenarios, simulate } from "slatesim"; ${run} ${show}`;
    expect(runInConsumer(script)).toMatchObject({ "text/html": expect.stringContaining("<img ") });
    const [plot, away] = ["@observablehq", "away"].map((name) => join(consumer, "node_modules", name));
    renameSync(plot!, away!);
    expect(runInConsumer(script)).toEqual({ "text/plain": expect.stringMatching(/npm install @observablehq\/plot/) });
    renameSync(away!, plot!);
  });

  test("names the types of all that it makes, for libraries that export it", () => {
    const file = join(consumer, "library.mts");
    writeFileSync(file, library);
    const settings = { ...resolutions.nodenext, types: [], skipLibCheck: true }; // test/proofs/installed.test.ts checks all
    expect(mistakesOfConsumer([file], settings)).toEqual([]);
  });

  test("builds a world file to a module with types, in a folder that says nothing of ES modules", () => {
    const people = fileURLToPath(new URL("../../examples/people.world.ts", import.meta.url));
    const env = { ...process.env, XDG_CACHE_HOME: join(consumer, "cache") };
    execFileSync(process.execPath, [join(installed, manifest.bin.slatesim), "build", people, "--out", consumer], {
      env,
    });
    const program = `import { makeEnv } from "slatesim";
      import { world } from "./people.mjs";
      const { observation } = (await makeEnv(world)).reset({ seed: 1 });
      const boredom: readonly number[] = observation.user.boredom;
      console.log(JSON.stringify(boredom));`;
    const file = join(consumer, "people-run.mts");
    writeFileSync(file, program);
    for (const resolution of Object.values(resolutions))
      expect(mistakesOfConsumer([file], { ...resolution, types: ["node"], skipLibCheck: true })).toEqual([]);
    const refused = join(consumer, "people-text.mts");
    writeFileSync(refused, program.replace("readonly number[]", "string"));
    expect(
      mistakesOfConsumer([refused], { ...resolutions.nodenext, types: ["node"], skipLibCheck: true }),
    ).toHaveLength(1);
    expect(runInConsumer(program.replace(": readonly number[]", ""))).toEqual([0, 0, 0, 0]);
  });

  test("names its kernel file, which holds the embedded bytes", () => {
    const url = runInConsumer(`console.log(JSON.stringify(import.meta.resolve("slatesim/kernel.wasm")));`);
    const bytes = readFileSync(fileURLToPath(String(url)));
    expect(bytes.toString("hex")).toBe(kernelHex);
    expect(sha256(bytes.subarray(0, -100))).toBe(kernelSha256);
  });

  test("runs no script when it is installed", () => {
    const { scripts } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
    const hooks = new Set(["preinstall", "install", "postinstall"]); // `prepare` runs in a clone alone
    expect(Object.keys(scripts).filter((name) => hooks.has(name))).toEqual([]);
    expect(existsSync(join(installed, "binding.gyp"))).toBe(false);
  });

  test("has the sources of every source map in it", () => {
    const maps = readdirSync(installed, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".map"));
    const empty = maps.filter((path) => {
      const { sources, sourcesContent } = JSON.parse(readFileSync(join(installed, path), "utf8"));
      return sourcesContent?.length !== sources.length || !sourcesContent.every((text: unknown) => text);
    });
    expect(maps.length).toBeGreaterThan(100);
    expect(empty).toEqual([]);
  });

  test("has a command that starts with Node", () => {
    const command = readFileSync(join(installed, manifest.bin.slatesim), "utf8");
    expect(command.startsWith("#!/usr/bin/env node\n")).toBe(true);
  });
});
