// What users install beside the package: each dependency with its licence and a reason, in CONTRIBUTING.md.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import lock from "../../package-lock.json" with { type: "json" };
import manifest from "../../package.json" with { type: "json" };

interface LockEntry {
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly os?: readonly string[];
  readonly hasInstallScript?: boolean;
}

const root = fileURLToPath(new URL("../../", import.meta.url));
const direct = Object.keys(manifest.dependencies);

function entryOf(name: string): LockEntry {
  const entries: Readonly<Record<string, LockEntry>> = lock.packages;
  return entries[`node_modules/${name}`]!;
}

/** A package and all that it brings along, other dependencies of ours and binaries for one machine left out. */
function closureOf(name: string): string[] {
  const { dependencies = {}, optionalDependencies = {} } = entryOf(name);
  const names = Object.keys({ ...dependencies, ...optionalDependencies });
  const brought = names.filter((each) => !direct.includes(each) && entryOf(each).os === undefined);
  return [...new Set([name, ...brought.flatMap(closureOf)])];
}

/** The rows of the table, cell by cell. */
function table(): string[][] {
  const page = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");
  const section = /^## Dependencies\n([\s\S]*?)^## /m.exec(page)![1]!;
  return [...section.matchAll(/^\| (`.*) \|$/gm)].map(([, row]) => row!.split("|").map((cell) => cell.trim()));
}

test("every dependency has its licence, what it brings along, and a reason", () => {
  const rows = table();
  for (const [, , , reason] of rows) expect(reason).toMatch(/\w+ \w+/);
  const expected = direct.map((name) => {
    const [, ...brought] = closureOf(name).map((each) => `\`${each}\``);
    return [`\`${name}\``, entryOf(name).license, brought.join(", ")];
  });
  expect(rows.map((row) => row.slice(0, 3))).toEqual(expected);
});

test("all that is installed has a licence of the kind that asks for its text alone, and no script", () => {
  const all = direct.flatMap(closureOf).map(entryOf);
  expect(all.length).toBeGreaterThan(direct.length);
  expect(all.filter(({ license }) => !["ISC", "MIT"].includes(license!))).toEqual([]);
  expect(all.filter(({ hasInstallScript }) => hasInstallScript === true)).toEqual([]);
});
