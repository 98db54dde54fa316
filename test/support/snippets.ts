// The manuals are programs: their TypeScript blocks run, and print what their comments say.
import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import ts from "typescript";
import { expect } from "vitest";

export const root = fileURLToPath(new URL("../../", import.meta.url));
/** Inside the package, so that its own name resolves. */
const folder = join(root, "build", "snippets");
export const execute = promisify(execFile);

/** The blocks of a language in a page at the project's root. */
export function blocksOf(page: string, language: string): string[] {
  const text = readFileSync(join(root, page), "utf8");
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map((match) => match[1]!);
}

/** The arguments of every `npx slatesim` in a page. */
export function commandsOf(page: string): string[][] {
  const lines = blocksOf(page, "sh").flatMap((block) => block.match(/^npx slatesim .*$/gm) ?? []);
  return lines.map((line) => [...line.matchAll(/"([^"]*)"|(\S+)/g)].map((word) => word[1] ?? word[2]!).slice(2));
}

/** Runs TypeScript in a new folder of its own, and hands back the lines that it printed. */
export async function runSnippet(name: string, snippet: string): Promise<string[]> {
  const place = join(folder, name);
  rmSync(place, { recursive: true, force: true }); // a run that was killed may have left something
  mkdirSync(place, { recursive: true });
  const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
  writeFileSync(join(place, "snippet.mjs"), ts.transpileModule(snippet, { compilerOptions: options }).outputText);
  try {
    const { stdout } = await execute(process.execPath, ["snippet.mjs"], { cwd: place });
    return stdout.trim().split("\n");
  } finally {
    rmSync(place, { recursive: true });
  }
}

/** What the compiler has against a program, under the settings of this project. */
export function typeMistakes(name: string, snippet: string): string[] {
  const place = join(folder, `${name}.ts`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(place, snippet);
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) => readFileSync(path, "utf8"));
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  try {
    const found = ts.getPreEmitDiagnostics(ts.createProgram([place], { ...options, rootDir: root }));
    return found.map(({ start, messageText }) => {
      const line = snippet.slice(0, start).split("\n").length;
      return `line ${line}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
    });
  } finally {
    rmSync(place);
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

/** What follows console.log(…); as a comment, with … for anything: /^\[ 601\..*, 603\..* \]$/. */
function saidResults(snippet: string): RegExp[] {
  const comments = [...snippet.matchAll(/console\.log\(.*\); \/\/ (.+)$/gm)].map((match) => match[1]!);
  return comments.map((comment) => {
    if (comment.startsWith("16 hexadecimal digits: ")) return /^[0-9a-f]{16}$/;
    return new RegExp(`^${comment.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll("…", ".*")}$`);
  });
}
