// The manuals are programs: their TypeScript blocks run, and print what their comments say.
import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import ts from "typescript";
import { expect, inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** The folder in which test/proofs/install.ts installed the package; other tests have none, and take the build. */
    consumer: string | undefined;
  }
}

export const root = fileURLToPath(new URL("../../", import.meta.url));
const consumer = inject("consumer");
/** Where the package's name resolves: inside of what installed it, or of the package itself. */
const folder = consumer === undefined ? join(root, "build", "snippets") : join(consumer, "snippets");
/** The package that programs in that folder import. */
export const packageRoot = consumer === undefined ? root : join(consumer, "node_modules", "slatesim");
export const execute = promisify(execFile);

/** A page's name for files and folders. */
export function placeName(page: string): string {
  return page.replaceAll(/\W/g, "-");
}

/** The pages that are run, by their paths from the project's root. */
export const pages: readonly string[] = [
  "README.md",
  ...readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

export function readPage(page: string): string {
  return readFileSync(join(root, page), "utf8");
}

/** The blocks of a language in a page. */
export function blocksOf(page: string, language: string): string[] {
  return [...readPage(page).matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map(
    (match) => match[1]!,
  );
}

/** The files of a page: JavaScript blocks whose first line is a comment with the file's name. */
export function filesOf(page: string): { readonly name: string; readonly text: string }[] {
  return blocksOf(page, "js").map((text) => ({ name: /^\/\/ (\S+\.js)\n/.exec(text)![1]!, text }));
}

export interface PageCommand {
  /** The arguments of `slatesim`. */
  readonly words: readonly string[];
  /** What the page says that it prints: lines, … for any number of them; none if the page does not say. */
  readonly shown: readonly string[];
}

/** Every `npx slatesim` in a page; a text block right after the last one of a block shows its output. */
export function commandsOf(page: string): PageCommand[] {
  const blocks = [...readPage(page).matchAll(/^```sh\n([\s\S]*?)^```\n(?:\n```text\n([\s\S]*?)^```)?/gm)];
  return blocks.flatMap(([, block, text]) => {
    const lines = block!.match(/^npx slatesim .*$/gm) ?? [];
    const shown = text?.trimEnd().split("\n") ?? [];
    return lines.map((line, place) => {
      return { words: wordsOf(line).slice(2), shown: place === lines.length - 1 ? shown : [] };
    });
  });
}

/** The scripts of package.json that a page's shell blocks call. */
export function scriptsOf(page: string): string[] {
  const text = blocksOf(page, "sh").join("\n");
  return [...text.matchAll(/\bnpm (?:run (?:--silent )?([\w:]+)|(start|test)\b)/g)].map(([, run, own]) => run ?? own!);
}

function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map((word) => word[1] ?? word[2]!);
}

/** A new folder below the package for what a page writes. */
export function newPlace(name: string): string {
  const place = join(folder, name);
  rmSync(place, { recursive: true, force: true }); // a run that was killed may have left something
  mkdirSync(place, { recursive: true });
  return place;
}

/** Runs TypeScript in that folder, and hands back the lines that it printed. */
export async function runIn(place: string, snippet: string): Promise<string[]> {
  const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
  writeFileSync(join(place, "snippet.mjs"), ts.transpileModule(snippet, { compilerOptions: options }).outputText);
  const { stdout } = await execute(process.execPath, ["snippet.mjs"], { cwd: place });
  return stdout.trim().split("\n");
}

/** Runs TypeScript in a new folder of its own, and hands back the lines that it printed. */
export async function runSnippet(name: string, snippet: string): Promise<string[]> {
  const place = newPlace(name);
  try {
    return await runIn(place, snippet);
  } finally {
    rmSync(place, { recursive: true });
  }
}

/** What the compiler has against a program, under the settings of this project. */
export function typeMistakes(name: string, snippet: string): string[] {
  return typeMistakesIn({ [name]: snippet });
}

/** What the compiler has against several programs, by their names. */
export function typeMistakesIn(snippets: Readonly<Record<string, string>>): string[] {
  mkdirSync(folder, { recursive: true });
  const places = Object.keys(snippets).map((name) => join(folder, `${name}.ts`));
  Object.values(snippets).forEach((snippet, at) => writeFileSync(places[at]!, snippet));
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) => readFileSync(path, "utf8"));
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  try {
    const found = ts.getPreEmitDiagnostics(ts.createProgram(places, { ...options, rootDir: consumer ?? root }));
    return found.map(({ file, start, messageText }) => {
      const line = file?.text.slice(0, start).split("\n").length;
      return `${file?.fileName.slice(folder.length + 1)}, line ${line}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
    });
  } finally {
    for (const place of places) rmSync(place);
  }
}

/** Expects the lines to hold what each `console.log(…); // …` says, in this order, and hands back how many say something. */
export function expectSaid(snippet: string, lines: readonly string[]): number {
  const results = saidResults(snippet);
  let from = 0;
  for (const said of results) {
    const at = lines.findIndex((line, index) => index >= from && said.test(line));
    expect(at, `${said} in:\n${lines.slice(from).join("\n")}`).toBeGreaterThanOrEqual(0);
    from = at + 1;
  }
  return results.length;
}

/** Expects the lines of a text block one after another, except where it says …. */
export function expectShown(shown: readonly string[], lines: readonly string[]): void {
  let from = 0;
  let skipping = true;
  for (const line of shown) {
    if (line === "…") {
      skipping = true;
      continue;
    }
    const at = skipping ? lines.findIndex((each, index) => index >= from && matches(line, each)) : from;
    expect(at, `${line}\nin:\n${lines.slice(from).join("\n")}`).toBeGreaterThanOrEqual(0);
    expect(matches(line, lines[at] ?? ""), `${line}\nis:\n${lines[at]}`).toBe(true);
    from = at + 1;
    skipping = false;
  }
}

function matches(pattern: string, line: string): boolean {
  return patternOf(pattern).test(line.trimEnd());
}

/** A text with … for anything: /^\[ 601\..*, 603\..* \]$/. */
function patternOf(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll("…", ".*")}$`);
}

/** What follows console.log(…); as a comment. */
function saidResults(snippet: string): RegExp[] {
  const comments = [...snippet.matchAll(/console\.log\(.*\); \/\/ (.+)$/gm)].map((match) => match[1]!);
  return comments.map((comment) => {
    return comment.startsWith("16 hexadecimal digits: ") ? /^[0-9a-f]{16}$/ : patternOf(comment);
  });
}
