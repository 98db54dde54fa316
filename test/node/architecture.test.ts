// The rules of the house, read off the sources: which room may import which, and what is said in one place only.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

const beforeCli =
  "check numeric random spaces choice policy scenario wasm agents env montecarlo files train records report".split(" ");

/** Each room of src/ and the rooms that it may import; every room may import itself. */
const rooms: Record<string, readonly string[]> = {
  check: [],
  numeric: [],
  random: ["check", "numeric"],
  spaces: ["check", "numeric", "random"],
  choice: ["check", "numeric", "random"],
  policy: ["check", "random"],
  scenario: ["check", "numeric", "random", "spaces", "choice"],
  wasm: ["numeric"],
  agents: ["check", "numeric", "random", "spaces", "choice"],
  env: ["check", "numeric", "random", "spaces", "choice", "scenario", "wasm"],
  montecarlo: ["check", "numeric", "random", "choice", "policy", "scenario", "wasm", "env"],
  files: ["check"],
  train: ["check", "numeric", "random", "spaces", "agents", "env", "files"],
  records: [
    "check",
    "numeric",
    "random",
    "spaces",
    "choice",
    "policy",
    "scenario",
    "wasm",
    "env",
    "montecarlo",
    "files",
  ],
  testing: ["check", "random", "spaces", "agents", "env", "scenario"],
  report: ["check", "numeric", "montecarlo", "records"],
  cli: [...beforeCli, "index.ts"],
  "index.ts": beforeCli,
};

/** The packages that a room may import. Only files, training, records and the command line know Node: all else runs in a page too. */
const packages: Record<string, RegExp> = {
  check: /^fastest-levenshtein$/,
  random: /^seedrandom$/,
  files: /^node:/,
  montecarlo: /^(piscina|node:(async_hooks|os|timers\/promises|worker_threads))$/, // in the pool and the watch for Node, which a page never loads
  train: /^(hyparquet-writer$|node:)/,
  records: /^(hyparquet-writer$|node:)/,
  testing: /^fast-check$/,
  cli: /^(cli-progress$|commander$|node:)/,
};

const stateRooms = new Set("random numeric spaces choice policy scenario wasm agents env testing".split(" "));
const hostMath = /\bMath\s*\.\s*(a?(sin|cos|tan)h?|atan2|exp|expm1|log|log2|log10|log1p|pow|cbrt|hypot|random)\b/;

interface SourceFile {
  /** Path from the project's root, with slashes. */
  readonly path: string;
  readonly lines: number;
  /** The text without its comments. */
  readonly code: string;
  readonly imports: readonly string[];
}

function readSources(folder: string): SourceFile[] {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
  return names
    .filter((name) => /\.(c?ts|mjs)$/.test(name))
    .map((name) => `${folder}/${name.split(sep).join("/")}`)
    .filter((path) => path !== "src/worlds/longTermSatisfaction/kernel/bytes.ts")
    .map(readSource);
}

function readSource(path: string): SourceFile {
  const text = readFileSync(join(root, path), "utf8");
  const code = text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$|\s\/\/\s.*$/gm, "");
  const imports = [...code.matchAll(/\b(?:from|import)\s*\(?\s*["']([^"']+)["']/g)].map((match) => match[1]!);
  return { path, lines: text.trimEnd().split("\n").length, code, imports };
}

function roomOf(path: string): string {
  return path.split("/")[1]!;
}

/** What is wrong with one import, or nothing. */
function judgeImport(file: SourceFile, target: string): string[] {
  const room = roomOf(file.path);
  if (target === "#workerPool" || target === "#codeWatch")
    return room === "montecarlo" ? [] : [`${file.path} imports the workers`];
  if (!target.startsWith(".")) {
    return packages[room]?.test(target) ? [] : [`${file.path} imports the package ${target}`];
  }
  const path = relative(root, join(root, file.path, "..", target))
    .split(sep)
    .join("/");
  if (!path.startsWith("src/")) return [`${file.path} imports ${path}, outside src/`];
  const to = roomOf(path.replace(/\.js$/, ".ts"));
  return to === room || rooms[room]?.includes(to) ? [] : [`${file.path} imports ${path}`];
}

/** Files of src/ that a file imports, types included. */
function neighboursOf({ path, imports }: SourceFile): string[] {
  const targets = imports.filter((target) => target.startsWith("."));
  return targets.map((target) =>
    relative(root, join(root, path, "..", target.replace(/\.js$/, ".ts")))
      .split(sep)
      .join("/"),
  );
}

/** A chain of imports that ends where it began, if there is one. */
function circleIn(files: readonly SourceFile[]): readonly string[] | undefined {
  const neighbours = new Map(files.map((file) => [file.path, neighboursOf(file)]));
  const done = new Set<string>();
  const circleFrom = (path: string, chain: readonly string[]): readonly string[] | undefined => {
    if (chain.includes(path)) return [...chain.slice(chain.indexOf(path)), path];
    if (done.has(path)) return undefined;
    const found = neighbours.get(path)?.map((next) => circleFrom(next, [...chain, path]));
    done.add(path);
    return found?.find((circle) => circle !== undefined);
  };
  return files.map(({ path }) => circleFrom(path, [])).find((circle) => circle !== undefined);
}

function pathsSaying(pattern: RegExp, files: readonly SourceFile[]): string[] {
  return files.filter((file) => pattern.test(file.code)).map((file) => file.path);
}

const src = readSources("src");
const kernel = readSources("kernel");

describe("architecture", () => {
  test("every folder of src/ is a room of the table", () => {
    expect(Object.keys(rooms)).toEqual(expect.arrayContaining([...new Set(src.map((file) => roomOf(file.path)))]));
  });

  test("rooms import only what the table allows", () => {
    expect(src.flatMap((file) => file.imports.flatMap((target) => judgeImport(file, target)))).toEqual([]);
  });

  test("no file imports itself by way of others", () => {
    expect(circleIn(src)).toBeUndefined();
  });

  test("the kernel imports only itself", () => {
    const compiled = kernel.filter((file) => file.path.endsWith(".ts"));
    const outside = compiled.flatMap((file) => file.imports).filter((target) => !/^\.\/[\w/]+$/.test(target));
    expect(outside).toEqual([]);
  });

  test("no host mathematics where simulated state is made", () => {
    const others = src.filter((file) => !["report", "cli"].includes(roomOf(file.path)));
    expect(pathsSaying(hostMath, [...kernel, ...others])).toEqual([]);
  });

  test("no clock where simulated state is made", () => {
    const state = src.filter((file) => stateRooms.has(roomOf(file.path)));
    expect(pathsSaying(/\bDate\b|\bperformance\b/, [...kernel, ...state])).toEqual([]);
  });

  test("only src/wasm speaks to WebAssembly", () => {
    const speakers = pathsSaying(/\bWebAssembly\s*[.[]/, src).filter((path) => roomOf(path) !== "wasm");
    expect(speakers).toEqual([]);
  });

  test("no file is longer than 250 lines", () => {
    const all = [...src, ...kernel, ...readSources("bench"), ...readSources("test")];
    expect(all.filter((file) => file.lines > 250).map((file) => `${file.path}: ${file.lines}`)).toEqual([]);
  });
});

describe("the built kernel", () => {
  const wasm = readFileSync(join(root, "build/kernel.wasm"));

  test("imports nothing", () => {
    expect(WebAssembly.Module.imports(new WebAssembly.Module(wasm))).toEqual([]);
  });

  test("is below 24 kB", () => {
    expect(wasm.length).toBeLessThan(24_576);
  });
});
