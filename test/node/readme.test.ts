// The README is the manual: every TypeScript snippet and every slatesim command in it must run.
import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import ts from "typescript";
import { afterAll, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const readme = readFileSync(join(root, "README.md"), "utf8");
/** Inside the package, so that its own name resolves. */
const folder = join(root, "build", "readme");
const run = promisify(execFile);

function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map((match) => match[1]!);
}

describe("the README's snippets", () => {
  mkdirSync(folder, { recursive: true });
  afterAll(() => rmSync(folder, { recursive: true }));

  blocks("ts").forEach((snippet, index) => {
    test(`snippet ${index + 1} runs and prints what its comments say`, async () => {
      const file = join(folder, `snippet-${index + 1}.mjs`);
      const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
      writeFileSync(file, ts.transpileModule(snippet, { compilerOptions: options }).outputText);
      const { stdout } = await run(process.execPath, [file]);
      const lines = stdout.trim().split("\n");
      expect(lines.length).toBeGreaterThan(0);
      for (const said of saidResults(snippet))
        expect(
          lines.some((line) => said.test(line)),
          `${said} in:\n${stdout}`,
        ).toBe(true);
    });
  });

  const commands = blocks("sh").flatMap((block) =>
    [...block.matchAll(/^npx slatesim (.*)$/gm)].map((match) => match[1]!),
  );
  for (const command of commands) {
    test(`slatesim ${command} runs`, async () => {
      const words = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2]!);
      const { stdout } = await run(process.execPath, [join(root, "dist/cli/main.js"), ...words]);
      expect(stdout).not.toBe("");
    });
  }

  test("are there", () => {
    expect(blocks("ts").length).toBeGreaterThanOrEqual(4);
    expect(commands.length).toBeGreaterThanOrEqual(4);
  });
});

/** What follows console.log(…); as a comment, with … for anything: /^\[ 601\..*, 603\..* \]$/. */
function saidResults(snippet: string): RegExp[] {
  const comments = [...snippet.matchAll(/^\s*console\.log\(.*\); \/\/ ([[\dt].*)$/gm)].map((match) => match[1]!);
  const exact = comments.filter((comment) => /^(\[|true)/.test(comment));
  return exact.map(
    (comment) => new RegExp(`^${comment.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll("…", ".*")}$`),
  );
}
