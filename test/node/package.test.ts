// What a user installs: the packed archive, unpacked elsewhere and imported by its name.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
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
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as source from "../../src/index.js";
import * as evaluation from "../../src/evaluation/index.js";
import * as records from "../../src/records/index.js";
import * as report from "../../src/htmlReport/index.js";
import * as testing from "../../src/testing/index.js";
import * as train from "../../src/train/index.js";
import { kernelSha256 } from "../../src/worlds/longTermSatisfaction/kernel/bytes.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const consumer = mkdtempSync(join(tmpdir(), "slatesim-package-"));
const installed = join(consumer, "node_modules", "slatesim");

/** Packs without the build scripts: the tests run on a finished build, and rebuilding would pull it from under them. */
function installPackedArchive(): void {
  const modules = join(consumer, "node_modules");
  mkdirSync(modules);
  execFileSync("npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", consumer], { cwd: root });
  const archive = readdirSync(consumer).find((name) => name.endsWith(".tgz"))!;
  execFileSync("tar", ["-xzf", archive], { cwd: consumer });
  renameSync(join(consumer, "package"), installed);
  for (const dependency of Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })) {
    symlinkSync(join(root, "node_modules", dependency), join(modules, dependency), "junction");
  }
}

function runInConsumer(script: string): unknown {
  const output = execFileSync(process.execPath, ["--input-type=module", "--eval", script], { cwd: consumer });
  return JSON.parse(output.toString());
}

/** A library that exports what it makes with the package: its declarations have to name the types. */
const library = `
import {
  choiceModels, compare, defineWorld, longTermSatisfaction, makeBatchEnv, makeEnv, makeMultiUserEnv, metrics, policies, simulate, spaces, trace, type MetricStep,
} from "slatesim";
export const box = new spaces.Box({ low: 0, high: 1, shape: [2] });
export const fields = new spaces.Dict({ a: new spaces.Discrete(2), b: new spaces.Nullable(new spaces.Sequence(box, 2)) });
export const pair = new spaces.Tuple([new spaces.MultiDiscrete([2]), new spaces.CandidateSet(box, 2)]);
export const world = longTermSatisfaction();
export const own = defineWorld({
  name: "own",
  slateSize: 1,
  numCandidates: 2,
  documents: { space: fields, sample: () => ({ a: 1, b: null }) },
  users: { space: box, sample: () => 0, observe: () => [0, 0], scoreDocument: () => 0, transition: (state) => state },
  choice: choiceModels.multinomialLogit(),
  responses: { space: box, respond: () => [0, 1] },
  reward: () => 1,
});
export const [env, ownEnv] = [await makeEnv(world), await makeEnv(own)];
export const [start, step, snapshot, fork, slates] = [env.reset(), env.step([0]), env.snapshot(), env.fork(), env.actionSpace];
export const [batch, ownBatch] = [await makeBatchEnv(world, { users: 1 }), await makeBatchEnv(own, { users: 1 })];
export const [batchStart, batchStep] = [batch.reset(), batch.step(new Int32Array(3))];
export const group = await makeMultiUserEnv(world, { users: 1 });
export const groupStep = group.step([[0]]);
export const { observation, info } = groupStep;
export const shown = metrics.mean(({ slate }: MetricStep) => slate.length, { series: "shown" });
export const [run, ownRun] = [await simulate(world, policies.first(), { users: 1 }), await simulate(own, policies.first(), { users: 1, steps: 1, metrics: { shown } })];
export const { totalEngagement, perStep } = run.metrics;
export const ownShown = ownRun.metrics.shown;
export const comparison = await compare(world, [policies.first(), policies.random()], { users: 1 });
export const [life, ownLife] = [trace(world, policies.first(), { user: 0 }), trace(own, policies.first(), { user: 0, steps: 1 })];
export const [lifeStep] = life.steps;
`;

/** What the compiler has against a program in the consumer's folder, and against declarations of it. */
function mistakesInConsumer(program: string): string[] {
  const file = join(consumer, "library.mts");
  writeFileSync(file, program);
  const settings = { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.NodeNext, types: [], skipLibCheck: true };
  const compiled = ts.createProgram([file], { ...settings, strict: true, declaration: true, noEmit: true });
  return ts.getPreEmitDiagnostics(compiled).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
}

function sha256(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}

describe("the packed archive", () => {
  beforeAll(installPackedArchive);
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
    const rooms = ["", "evaluation/", "records/", "htmlReport/", "testing/", "train/"];
    expect(types).toEqual(rooms.map((room) => `./dist/${room}index.d.ts`));
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
      /^(dist\/.+\.([cm]?js|d\.[cm]?ts|[cm]?js\.map)|build\/kernel\.wasm|docs\/[\w-]+\.md|docs\/images\/[\w-]+\.svg|package\.json|(README|ARCHITECTURE|CHANGELOG|CONTRIBUTING|TUTORIAL)\.md|LICENSE)$/;
    expect(paths.filter((path) => !expected.test(path))).toEqual([]);
  });

  test("gives every public name of every entrance to who imports it", () => {
    const entrances = {
      ".": source,
      "./evaluation": evaluation,
      "./records": records,
      "./report": report,
      "./testing": testing,
      "./train": train,
    };
    const scripts = Object.keys(manifest.exports).filter((path) => !/\.(wasm|json)$/.test(path));
    expect(scripts).toEqual(Object.keys(entrances));
    for (const [path, names] of Object.entries(entrances)) {
      const entrance = path.replace(".", "slatesim");
      const script = `import * as all from "${entrance}"; console.log(JSON.stringify(Object.keys(all)));`;
      expect(runInConsumer(script)).toEqual(Object.keys(names).toSorted());
    }
  });

  test("names the types of all that it makes, for libraries that export it", () => {
    expect(mistakesInConsumer(library)).toEqual([]);
  });

  test("names its kernel file, which holds the embedded bytes", () => {
    const url = runInConsumer(`console.log(JSON.stringify(import.meta.resolve("slatesim/kernel.wasm")));`);
    expect(sha256(fileURLToPath(String(url)))).toBe(kernelSha256);
  });

  test("has a command that starts with Node", () => {
    const command = readFileSync(join(installed, manifest.bin.slatesim), "utf8");
    expect(command.startsWith("#!/usr/bin/env node\n")).toBe(true);
  });
});
