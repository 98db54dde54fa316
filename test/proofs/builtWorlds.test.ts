// World files that are built: what is written, the cache, and locks.
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { commands } from "../../src/cli/commands.js";
import { makeLock, readLock, writeLock } from "../../src/records/index.js";
import { policies, simulate } from "../../src/index.js";
import { buildWorldFile } from "../../src/worldFiles/buildWorldFile.js";
import { importWorldFrom } from "../../src/worldFiles/importWorldFile.js";
import { compilerHash } from "../../src/worldFiles/compilerHash.js";
import { cachedWorld, type WhileCompiling } from "../../src/worldFiles/worldCache.js";
import { spawned } from "../node/cli/slatesim.js";
import { mistakesOf } from "../support/mistakesOf.js";

const WORLD = `import { Draws, multinomialLogit } from "slatesim/world";
import type { f64, bool } from "slatesim/world";
export const slateSize = 1;
export const numCandidates = 2;
export const timeBudget = 3;
export const choice = multinomialLogit();
export class Document { quality: f64 = 0; }
export class User { interest: f64 = 0; }
export class Response { worth: f64 = 0; }
export class Metrics { clicks: f64 = 0; }
export function sampleDocument(document: Document, draws: Draws): void { document.quality = draws.uniform(); }
export function sampleUser(user: User, draws: Draws): void { user.interest = draws.normal(); }
export function score(user: User, document: Document): f64 { return user.interest * document.quality; }
export function respond(user: User, document: Document, clicked: bool, response: Response): void { response.worth = document.quality; }
export function reward(response: Response): f64 { return response.worth; }
export function transition(user: User): void { user.interest *= 0.5; }
export function measure(user: User, document: Document, response: Response, clicked: bool, metrics: Metrics): void {
  metrics.clicks = clicked ? 1 : 0;
}
`;
const folder = mkdtempSync(join(tmpdir(), "slatesim-build-"));
const file = join(folder, "small.world.ts");
const url = pathToFileURL(file);
const cache = join(folder, "cache", "slatesim", "worlds");
let compiled = 0;

function counting<T>(work: () => Promise<T>): Promise<T> {
  compiled += 1;
  return work();
}

beforeAll(() => {
  vi.stubEnv("XDG_CACHE_HOME", join(folder, "cache"));
  writeFileSync(file, WORLD);
});

afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

test("a build writes the kernel, a module and its types, compiled once", async () => {
  const built = await buildWorldFile(file, join(folder, "out"), counting);
  const again = await buildWorldFile(file, join(folder, "out"), counting);
  expect(again).toEqual(built);
  expect(compiled).toBe(1);
  expect(readdirSync(join(folder, "out")).toSorted()).toEqual(["small.d.mts", "small.mjs", "small.wasm"]);
  const [wasm, module, types] = built.files.map(({ path }) => readFileSync(path));
  expect(WebAssembly.Module.imports(new WebAssembly.Module(wasm!))).toEqual([]);
  expect(module!.toString()).toContain(wasm!.toString("hex"));
  expect(module!.toString()).toContain(built.sourceSha256);
  expect(module!.toString().match(/import .*/g)).toEqual(['import { compiledWorld } from "slatesim";']); // no compiler
  expect(types!.toString()).toContain("readonly doc: { readonly quality: number };");
  expect(types!.toString()).toContain('readonly metrics: "clicks";');
});

test("files of others are not replaced, and no file is written beside them", async () => {
  const out = join(folder, "theirs");
  mkdirSync(out);
  writeFileSync(join(out, "small.mjs"), "mine");
  const mistakes = await mistakesOf(() => buildWorldFile(file, out, counting));
  expect(mistakes).toEqual([
    expect.stringMatching(/^"out" expected no file that slatesim did not write, got ".*small.mjs"$/),
  ]);
  expect(readdirSync(out)).toEqual(["small.mjs"]);
});

test("a world file is a world: in workers, too, and a damaged cache is made again", async () => {
  const world = await importWorldFrom(url, "default", counting);
  expect(compiled).toBe(1);
  const options = { users: 20_000, seed: 1 };
  const [one, two] = [
    await simulate(world, policies.first(), options),
    await simulate(world, policies.first(), { ...options, workers: 2 }),
  ];
  expect(two.digest).toBe(one.digest);
  expect(one.engine).toBe("kernel");
  const [entry] = readdirSync(cache);
  const path = join(cache, entry!);
  const whole = readFileSync(path, "utf8");
  writeFileSync(path, whole.replace('name: "small"', 'name: "other"'));
  const body = whole.slice(whole.indexOf("\n") + 1);
  await importWorldFrom(url, "default", (() => Promise.resolve({ module: body })) as WhileCompiling); // as if it were compiled
  expect(readFileSync(path, "utf8")).toBe(whole);
});

test("a compiler of other code compiles again, under the same version of the package", async () => {
  const compile: WhileCompiling = async (work) => {
    compiled += 1;
    return { module: "" } as Awaited<ReturnType<typeof work>>;
  };
  compiled = 0;
  const text = `${WORLD} `; // which nothing has compiled
  const [first, other] = [await cachedWorld(text, file, compile, "a"), await cachedWorld(text, file, compile, "b")];
  expect([compiled, first.path === other.path]).toEqual([2, false]);
  expect((await cachedWorld(text, file, compile, "a")).path).toBe(first.path);
  expect(compiled).toBe(2);
});

test("the compiler's hash goes by the code of every file, not by its types", () => {
  const code = join(folder, "compiler");
  const hash = (): string => compilerHash(code);
  mkdirSync(code);
  for (const name of ["parse.js", "emit.js", "emit.d.ts"]) writeFileSync(join(code, name), "1");
  const whole = hash();
  writeFileSync(join(code, "emit.d.ts"), "2");
  expect(hash()).toBe(whole);
  writeFileSync(join(code, "emit.js"), "2");
  expect(hash()).not.toBe(whole);
  writeFileSync(join(code, "emit.js"), "1");
  expect(hash()).toBe(whole);
  expect(compilerHash()).toMatch(/^[0-9a-f]{64}$/);
});

test("the command's example is understood, and says what it wrote", async () => {
  const { example } = commands.find(({ name }) => name === "build")!;
  copyFileSync(
    new URL("../../src/playground/editor/patience.world.ts", import.meta.url),
    join(folder, "patience.world.ts"),
  );
  const words = example.split(" ").slice(1);
  const paths = words.map((word) => (word === "patience.world.ts" || word === "worlds" ? join(folder, word) : word));
  const { code, out, err } = spawned(...paths);
  expect({ code, err }).toEqual({ code: 0, err: expect.not.stringContaining("rror") });
  expect(out).toContain("patience.wasm");
  expect(readdirSync(join(folder, "worlds")).toSorted()).toEqual(["patience.d.mts", "patience.mjs", "patience.wasm"]);
});

test("a lock names the world file, and says when it changed", async () => {
  const path = join(folder, "small.lock.json");
  const world = await importWorldFrom(url, "default");
  writeLock(path, await makeLock(world, policies.random(), { users: 10 }));
  expect(readFileSync(path, "utf8")).toContain('"worldModule": "small.world.ts#default"');
  expect((await readLock(path)).world.hash).toBe(world.hash);
  writeFileSync(file, WORLD.replace("0.5", "0.25"));
  const mistakes = await mistakesOf(() => readLock(path));
  writeFileSync(file, WORLD);
  expect(mistakes.join()).toContain(`the hash of the world "small", got "${world.hash}"`);
});
