// The package as its users get it: packed from the finished build, unpacked or installed elsewhere.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("../../", import.meta.url));
export const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** Packs into a folder, and returns the archive. Without the build scripts: rebuilding would pull the build from under the tests. */
export function packInto(folder: string): string {
  const words = ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder];
  return join(folder, execFileSync("npm", words, { cwd: root, encoding: "utf8" }).trim());
}

/** Unpacks the package into a folder's `node_modules`, beside this clone's dependencies. Returns where it is. */
export function unpackInto(folder: string): string {
  const modules = join(folder, "node_modules");
  const unpacked = join(modules, "slatesim");
  mkdirSync(modules);
  execFileSync("tar", ["-xzf", packInto(folder)], { cwd: folder });
  renameSync(join(folder, "package"), unpacked);
  for (const dependency of Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })) {
    mkdirSync(dirname(join(modules, dependency)), { recursive: true }); // of its scope
    symlinkSync(join(root, "node_modules", dependency), join(modules, dependency), "junction");
  }
  return unpacked;
}

/** Installs the package into an empty folder as a user does, with the optional packages that pages use and what the types of Node need. */
export function installInto(folder: string): void {
  const packages = [
    packInto(folder),
    ...["assemblyscript", "fast-check", "@types/node"].map((name) => `${name}@${versionOf(name)}`),
  ];
  const words = ["install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, ...packages];
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }'); // as the project has whose pages are run there
  execFileSync("npm", words, { cwd: folder });
}

/** The version of a package that this clone has. */
function versionOf(name: string): string {
  return JSON.parse(readFileSync(join(root, "node_modules", name, "package.json"), "utf8")).version;
}

/** How a consumer of the package may resolve modules. */
export const resolutions: Readonly<Record<"nodenext" | "bundler", ts.CompilerOptions>> = {
  nodenext: { module: ts.ModuleKind.NodeNext },
  bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
};

/** What the compiler has against programs of a consumer, against their declarations, and against those of the package. */
export function mistakesOfConsumer(files: readonly string[], settings: ts.CompilerOptions): string[] {
  const strict = { target: ts.ScriptTarget.ES2023, strict: true, skipLibCheck: false, declaration: true, noEmit: true };
  const program = ts.createProgram([...files], { ...strict, ...settings });
  return ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    return `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
}

/** A library that exports what it makes with the package: its declarations have to name the types. */
export const library = `
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
