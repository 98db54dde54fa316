// What `npm run engines` says of what it found, and that the page has what it runs. The run itself takes minutes.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import recorded from "../properties/digests.json" with { type: "json" };
import { readPage } from "../support/snippets.js";

interface Row {
  readonly name: string;
  readonly columns: readonly string[];
  readonly version?: string;
  readonly found?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly missing?: readonly string[];
  readonly debian?: string;
  readonly failure?: string;
  readonly lacked?: readonly string[];
}
type Found = NonNullable<Row["found"]>;

const from = async <Exports>(file: string): Promise<Exports> =>
  (await import(new URL(`../engines/${file}`, import.meta.url).href)) as Exports;
const { engines, columns, npmPackages } = await from<{
  engines: readonly (Row & { needs: readonly string[] })[];
  columns: readonly string[];
  npmPackages: readonly string[];
}>("engines.mjs");
const { hashOf } = await from<{ hashOf(value: unknown): string }>("probe/hash.mjs");
const { pageWith, namesIn } = await from<{
  pageWith(page: string, text: string): string;
  namesIn(page: string): object;
}>("page.mjs");
const { differencesOf, expectedOf, lackedOf, missingOf, summaryOf, tableOf } = await from<{
  differencesOf(row: Row, expected: Found): string[];
  expectedOf(row: Row, digests: Readonly<Record<string, string>>): Found;
  lackedOf(rows: readonly Row[]): string;
  missingOf(rows: readonly Row[]): string[];
  summaryOf(rows: readonly Row[]): string;
  tableOf(rows: readonly Row[], columns: readonly string[]): string;
}>("compare.mjs");

describe("docs/engines.md", () => {
  const page = readPage("docs/engines.md");

  test("has the engines and columns of the script", () => {
    expect(namesIn(page)).toEqual({ columns, engines: engines.map(({ name }) => name) });
  });

  test("has a digest in every cell that its engine fills, the same in each column", () => {
    const lines = [...page.matchAll(/^\| .* \|$/gm)].map(([row]) => row.split("|").map((cell) => cell.trim()));
    const rows = engines.map(({ name }) => lines.find((line) => line[1] === name)!.slice(3, -1));
    rows.forEach((cells, place) => {
      const filled = columns.filter((_, at) => /^[0-9a-f]{8}$/.test(cells[at]!));
      expect(filled).toEqual(engines[place]!.columns);
    });
    const differ = rows.map((cells) => cells.some((cell, at) => cell !== "–" && cell !== rows[0]![at]));
    expect(engines.filter((_, place) => differ[place])).toEqual([]);
  });

  test("says the same as the short table of the README", () => {
    const lines = [...page.matchAll(/^\| .* \|$/gm)].map(([row]) => row.split("|").map((cell) => cell.trim()));
    const rows = engines.map((engine) => ({ ...engine, version: lines.find((line) => line[1] === engine.name)![2]! }));
    expect(readPage("README.md")).toBe(pageWith(readPage("README.md"), summaryOf(rows)));
  });

  test("keeps what stands around the table when it is written anew", () => {
    const table = tableOf([node], columns);
    const written = pageWith(page, table);
    expect(written.split(table).length).toBe(2);
    expect(pageWith(written, table)).toBe(written);
    expect(written.slice(0, 40)).toBe(page.slice(0, 40));
    expect(written.slice(-40)).toBe(page.slice(-40));
  });
});

test("engines of npm have exact versions, those of Debian the name of a package", () => {
  for (const name of npmPackages) expect(name).toMatch(/^(@[\w-]+\/)?[\w-]+@\d+\.\d+\.\d+(-[\w.]+)?$/);
  for (const { name, needs, debian } of engines) {
    const ofNpm = needs.every((need) => need === process.execPath || need.startsWith("node_modules/"));
    expect([name, ofNpm]).toEqual([name, debian === undefined]);
  }
});

test("what .ci/run installs has every Debian package of the engines", () => {
  const script = readFileSync(new URL("../../.ci/run", import.meta.url), "utf8");
  const packages = new Set(engines.flatMap(({ debian = "" }) => debian.split(" ")));
  expect([...packages].filter((name) => !script.includes(name))).toEqual([]);
});

const random = "recorded lts: random";
const found: Found = {
  kernel: { "lts: random": hashOf(1), [random]: hashOf(recorded.digests["lts: random"]) },
  reference: { "lts: random": hashOf(1) },
  items: { draws: hashOf([2]) },
};
const node: Row = { name: "Node", version: "20.1.0", columns: Object.keys(found), found };
const expected = expectedOf(node, recorded.digests);

const other = (change: Found): Row => ({ ...node, name: "Other", found: { ...found, ...change } });

describe("a row", () => {
  test("with the same hashes is right", () => {
    expect(differencesOf(node, expected)).toEqual([]);
    expect(differencesOf(other({}), expected)).toEqual([]);
  });

  test("with another hash, with an error, or without a case is wrong, by name", () => {
    const wrong: [Found, RegExp][] = [
      [{ items: { draws: hashOf([3]) } }, /^Other: items: draws: expected [0-9a-f]{16}, got [0-9a-f]{16}$/],
      [{ items: { draws: "Error: no" } }, /, got Error: no$/],
      [{ items: {} }, /, got nothing$/],
      [{ reference: { "lts: random": hashOf(2) } }, /^Other: reference: lts: random: /],
    ];
    for (const [change, message] of wrong) {
      expect(differencesOf(other(change), expected)).toEqual([expect.stringMatching(message)]);
    }
  });

  test("that did not come to an end is wrong", () => {
    const { found: _, ...rest } = node;
    expect(differencesOf({ ...rest, failure: "no result" }, expected)).toEqual(["Node: no result"]);
  });

  test("whose reference differs from its kernel, or whose case fails, is wrong even where it is the first", () => {
    for (const change of [{ reference: { "lts: random": hashOf(2) } }, { items: { draws: "Error: no" } }]) {
      const first = other(change);
      expect(differencesOf(first, expectedOf(first, recorded.digests)).length).toBe(1);
    }
  });

  test("is held to the digests on record", () => {
    const moved = expectedOf(node, { ...recorded.digests, "lts: random": "0000000000000000" });
    expect(differencesOf(node, moved)).toEqual([expect.stringContaining(`Node: kernel: ${random}: expected`)]);
  });

  test("that is missing is named, with the package that has it", () => {
    const row: Row = { name: "jsc", columns: ["kernel"], missing: ["jsc"], debian: "libjsc" };
    expect(missingOf([node, row])).toEqual(["jsc is missing: no jsc (Debian: libjsc)"]);
    expect(tableOf([node, row], ["kernel", "items"])).toMatch(/\| jsc +\| +\| missing +\| – +\|$/);
  });

  test("tells what its shell lacked", () => {
    expect(lackedOf([node, { ...node, name: "A", lacked: ["atob"] }, { ...node, name: "B", lacked: ["atob"] }])).toBe(
      "- A; B: atob.",
    );
  });
});

describe("the hash", () => {
  const different = [0, -0, NaN, 1, 1n, "1", "", null, undefined, true, [], [1], [[1]], [1, 0], {}, { a: 1 }, { b: 1 }];

  test("tells values apart, signed zeros too", () => {
    expect(new Set(different.map(hashOf)).size).toBe(different.length);
  });

  test("changes with every bit of a number", () => {
    const view = new DataView(new ArrayBuffer(8));
    const flipped = Array.from({ length: 52 }, (_, bit) => {
      view.setFloat64(0, 0.1);
      view.setBigUint64(0, view.getBigUint64(0) ^ (1n << BigInt(bit)));
      return hashOf(view.getFloat64(0));
    });
    expect(new Set([hashOf(0.1), ...flipped]).size).toBe(53);
  });

  test("is the same for equal values", () => {
    expect(hashOf({ a: Float64Array.of(1, 2), call: () => 1 })).toBe(hashOf({ a: [1, 2] }));
  });
});
