// The rules of the house, read off the sources: which folder may import which, and what is said in one place only.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { aliases, folders, packages } from "../support/folders.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

const stateFolders =
  "random numeric spaces choice statistics wasm world control policies engines worlds/longTermSatisfaction worlds/custom worlds/scenarios.ts agents env testing".split(
    " ",
  );
const hostMath = /\bMath\s*\.\s*(a?(sin|cos|tan)h?|atan2|exp|expm1|log|log2|log10|log1p|pow|cbrt|hypot|random)\b/;
/** All of it but the names of its two types, which others may hold and hand on. */
const webAssembly = /\b(new|instanceof)\s+WebAssembly\b|\bWebAssembly\s*(\.\s*(?!(Module|Memory)\b)|[[;,})])/;

interface SourceFile {
  /** Path from the project's root, with slashes. */
  readonly path: string;
  readonly lines: number;
  readonly text: string;
  /** The text without its comments. */
  readonly code: string;
  readonly imports: readonly string[];
}

function readSources(folder: string): SourceFile[] {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
  return names
    .filter((name) => /\.(c?ts|mjs)$/.test(name))
    .map((name) => `${folder}/${name.split(sep).join("/")}`)
    .filter((path) => !/kernel\/(bytes|kernelSha256)\.ts$/.test(path))
    .map(readSource);
}

function readSource(path: string): SourceFile {
  const text = readFileSync(join(root, path), "utf8");
  const code = text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$|\s\/\/\s.*$/gm, "");
  const imports = [...code.matchAll(/\b(?:from\s+|import\s+|import\s*\(\s*)["']([^"']+)["']/g)].map(
    (match) => match[1]!,
  );
  return { path, lines: text.trimEnd().split("\n").length, text, code, imports };
}

/** The folder of the table that a file belongs to; src/worlds/ has three of them. */
function folderOf(path: string): string {
  const [, top, inner] = path.split("/");
  return top === "worlds" ? `worlds/${inner}` : top!;
}

/** What stands before a folder and may be imported by it. */
function allowedIn(folder: string): readonly string[] {
  return folders[folder]!.split(" ").filter((name) => name !== "");
}

/** The files of src/ that stand behind the name in an import; none for a package, or for the kernel. */
function filesBehind({ path }: SourceFile, target: string): readonly string[] {
  if (!target.startsWith(".") || target.endsWith(".wasm")) return aliases[target] ?? [];
  const file = relative(root, join(root, path, "..", target.replace(/\.js$/, ".ts")));
  return [file.split(sep).join("/")];
}

/** What is wrong with one import, or nothing. */
function judgeImport(file: SourceFile, target: string): string[] {
  const folder = folderOf(file.path);
  const behind = filesBehind(file, target);
  if (behind.length === 0) return packages[folder]?.test(target) ? [] : [`${file.path} imports the package ${target}`];
  return behind.flatMap((path) => {
    if (!path.startsWith("src/")) return [`${file.path} imports ${path}, outside src/`];
    const to = folderOf(path);
    return to === folder || allowedIn(folder).includes(to) ? [] : [`${file.path} imports ${path}`];
  });
}

/** What each file of src/ imports, types included; `nodeOf` may take several files for one. */
function importsBy(files: readonly SourceFile[], nodeOf = (path: string) => path): Map<string, Set<string>> {
  const graph = new Map<string, Set<string>>();
  for (const file of files) {
    const node = nodeOf(file.path);
    const neighbours = graph.get(node) ?? new Set();
    graph.set(node, neighbours);
    for (const target of file.imports.flatMap((name) => filesBehind(file, name))) {
      if (target !== file.path && nodeOf(target) === node && node !== file.path) continue;
      neighbours.add(nodeOf(target));
    }
  }
  return graph;
}

/** A chain of imports that ends where it began, if there is one. */
function circleIn(graph: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] | undefined {
  const done = new Set<string>();
  const circleFrom = (node: string, chain: readonly string[]): readonly string[] | undefined => {
    if (chain.includes(node)) return [...chain.slice(chain.indexOf(node)), node];
    if (done.has(node)) return undefined;
    const found = [...(graph.get(node) ?? [])].map((next) => circleFrom(next, [...chain, node]));
    done.add(node);
    return found.find((circle) => circle !== undefined);
  };
  return [...graph.keys()].map((node) => circleFrom(node, [])).find((circle) => circle !== undefined);
}

/** The subfolder that a file lies in, such as src/env/batch, or else the file itself. */
function subfolderOf(path: string): string {
  const place = path.slice(0, path.lastIndexOf("/"));
  return place === `src/${folderOf(path)}` || !place.startsWith(`src/${folderOf(path)}/`) ? path : place;
}

function pathsSaying(pattern: RegExp, files: readonly SourceFile[]): string[] {
  return files.filter((file) => pattern.test(file.code)).map((file) => file.path);
}

const src = readSources("src");
const kernel = readSources("kernel");

describe("architecture", () => {
  test("every folder of src/ is in the table, and nothing else is", () => {
    expect(Object.keys(folders).toSorted()).toEqual([...new Set(src.map((file) => folderOf(file.path)))].toSorted());
  });

  test("the table's arrows run one way: a folder imports only folders that stand before it", () => {
    const names = Object.keys(folders);
    const back = names.flatMap((name, place) =>
      allowedIn(name)
        .filter((to) => !names.slice(0, place).includes(to))
        .map((to) => `${name} → ${to}`),
    );
    expect(back).toEqual([]);
  });

  test("folders import only what the table allows", () => {
    expect(src.flatMap((file) => file.imports.flatMap((target) => judgeImport(file, target)))).toEqual([]);
  });

  test("package.json maps the names that are not the same for Node and for pages", () => {
    const { imports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
      imports: Record<string, { node: string; default: string }>;
    };
    for (const [name, paths] of Object.entries(aliases)) {
      const built = paths.map((path) => path.replace(/^src(.*)\.ts$/, "./dist$1.js"));
      expect(Object.values(imports[name]!)).toEqual(built);
    }
  });

  test("no file imports itself by way of others", () => {
    expect(circleIn(importsBy(src))).toBeUndefined();
  });

  test("no chain of imports leads out of a subfolder and back into it", () => {
    expect(circleIn(importsBy(src, subfolderOf))).toBeUndefined();
  });

  test("only the world of long-term satisfaction, the list of worlds and the package's entrance name that world", () => {
    const naming = src.filter(({ text }) => /LongTermSatisfaction|\bLts/.test(text)).map(({ path }) => path);
    const elsewhere = naming.filter((path) => !path.startsWith("src/worlds/longTermSatisfaction/"));
    expect(elsewhere.toSorted()).toEqual(["src/index.ts", "src/worlds/scenarios.ts"]);
  });

  test("the kernel imports only itself", () => {
    const compiled = kernel.filter((file) => file.path.endsWith(".ts"));
    const outside = compiled.flatMap((file) => file.imports).filter((target) => !/^\.\.?\/[\w/]+$/.test(target));
    expect(outside).toEqual([]);
  });

  test("no host mathematics where simulated state is made", () => {
    const others = src.filter((file) => !["report", "cli"].includes(folderOf(file.path)));
    expect(pathsSaying(hostMath, [...kernel, ...others])).toEqual([]);
  });

  test("no clock where simulated state is made", () => {
    const state = src.filter((file) => stateFolders.includes(folderOf(file.path)));
    expect(pathsSaying(/\bDate\b|\bperformance\b/, [...kernel, ...state])).toEqual([]);
  });

  test("only src/wasm speaks to WebAssembly", () => {
    expect(pathsSaying(webAssembly, src).filter((path) => folderOf(path) !== "wasm")).toEqual([]);
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

  test("is below 28 kB", () => {
    expect(wasm.length).toBeLessThan(28_672);
  });
});
