// The list of faults that some test must notice: `npm run mutants` puts them in, which takes hours.
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = new URL("../../", import.meta.url);
const textOf = (path: string): string => readFileSync(fileURLToPath(new URL(path, root)), "utf8");

test("every fault of the list stands once in its file, and names a test that there is", () => {
  const faults = textOf("test/mutants/faults.jsonl").trimEnd().split("\n");
  for (const line of faults) {
    const { file, find, replace, test: by } = JSON.parse(line) as Readonly<Record<string, string>>;
    expect(textOf(file!).split(find!).length - 1, line).toBe(1);
    expect(replace, line).not.toBe(find);
    expect(by === undefined || existsSync(new URL(by, root)), line).toBe(true);
  }
});

test("CONTRIBUTING.md counts the faults of every folder", () => {
  const faults = textOf("test/mutants/faults.jsonl").trimEnd().split("\n");
  const folders = faults.map((line) => (JSON.parse(line) as { file: string }).file.split("/").slice(0, 2).join("/"));
  const rows = [...textOf("CONTRIBUTING.md").matchAll(/^\| `?([\w/]+)`? +\| (\d+) +\| (\d+) +\| (\d+) +\|$/gm)];
  const counted = rows.map(([, name, all, killed, explained]) => {
    expect(Number(killed) + Number(explained), name).toBe(Number(all));
    return [name!, Number(all)] as const;
  });
  const found = [...new Set(folders)].map((name) => [name, folders.filter((each) => each === name).length] as const);
  expect(Object.fromEntries(counted)).toEqual({ ...Object.fromEntries(found), all: faults.length });
});
