// Tables for other tools: DuckDB reads back what is written in every format.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import type { Cell, Table } from "../../src/tables/table.js";
import { replacementMistake, tableFileMistake } from "../../src/tables/tableFile.js";
import { csvText, writeTable } from "../../src/tables/writeTable.js";
import { ask } from "../support/duckdb.js";

const place = mkdtempSync(join(tmpdir(), "slatesim-tables-"));
afterAll(() => rmSync(place, { recursive: true }));
const at = (name: string): string => join(place, name);

const columns = { name: "text", count: "integer", mean: "number", best: "boolean" } as const;
const READERS = {
  csv: "read_csv('PATH', columns = {name: 'VARCHAR', count: 'BIGINT', mean: 'DOUBLE', best: 'BOOLEAN'}, header = true, quote = '\"', escape = '\"', new_line = '\\n')",
  jsonl: "read_json('PATH', columns = {name: 'VARCHAR', count: 'BIGINT', mean: 'DOUBLE', best: 'BOOLEAN'})",
  parquet: "'PATH'",
} as const;
const formats = Object.keys(READERS) as (keyof typeof READERS)[];

const plain = fc.string({ unit: fc.constantFrom(..."ab =,\";'#é😀|") }).map((text) => `x${text}x`);
const rows = fc.array(
  fc.record({
    name: fc.option(plain),
    count: fc.option(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })),
    mean: fc.option(fc.double()),
    best: fc.option(fc.boolean()),
  }),
  { minLength: 100, maxLength: 200 },
);

function readBack(cell: Cell | bigint): Cell {
  return typeof cell === "bigint" ? Number(cell) : cell;
}

describe("a table that is written", () => {
  test.each(formats)("is what DuckDB reads, with null for what is not finite: %s", async (format) => {
    const path = at(`any.${format}`);
    await fc.assert(
      fc.asyncProperty(rows, async (given) => {
        await writeTable(path, { columns, rows: given });
        const found = await ask<Record<string, Cell | bigint>>(`from ${READERS[format].replace("PATH", path)}`);
        const expected = given.map((row) => ({ ...row, mean: Number.isFinite(row.mean) ? row.mean! + 0 : null }));
        expect(
          found.map((row) => Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, readBack(cell)]))),
        ).toEqual(expected);
      }),
      { numRuns: 2 },
    );
  });

  test("has nothing where a number is infinite", () => {
    expect(csvText({ columns, rows: [{ mean: Infinity }, { mean: -Infinity }] })).toBe(
      "name,count,mean,best\n,,,\n,,,\n",
    );
  });

  test("has every column in every row, whatever a row leaves out", async () => {
    const table: Table = { columns, rows: [{ count: 1 }, { name: "a", mean: NaN, best: false }] };
    await writeTable(at("few.jsonl"), table);
    expect(readFileSync(at("few.jsonl"), "utf8")).toBe(
      '{"name":null,"count":1,"mean":null,"best":null}\n{"name":"a","count":null,"mean":null,"best":false}\n',
    );
    expect(csvText(table)).toBe("name,count,mean,best\n,1,,\na,,,false\n");
  });

  test("quotes what would break a line of CSV, and keeps texts from running as formulas of a spreadsheet", () => {
    const texts = ['say "a", b', "two\nlines", "=1+1", "+a", "-a", "@a", "\ta"];
    const csv = csvText({
      columns: { name: "text", mean: "number" },
      rows: texts.map((name) => ({ name, mean: -1.5 })),
    });
    expect(csv).toBe(
      `name,mean\n"say ""a"", b",-1.5\n"two\nlines",-1.5\n'=1+1,-1.5\n'+a,-1.5\n'-a,-1.5\n'@a,-1.5\n'\ta,-1.5\n`,
    );
  });
});

function mistake(path: string, force: boolean): string | undefined {
  return replacementMistake("--csv", path, { first: ["name", "count"], force });
}

describe("the file of a table", () => {
  test("has an ending that names its format", () => {
    for (const name of ["a.csv", "b.JSONL", "c.parquet"]) expect(tableFileMistake("--csv", at(name))).toBeUndefined();
    expect(tableFileMistake("--csv", "/dev/null")).toBeUndefined();
    for (const name of ["a.txt", "a", "csv", "a.json", "a.parquet.gz"]) {
      const rule = "a name that ends in .csv, .jsonl or .parquet, the formats that are written";
      expect(tableFileMistake("--csv", at(name))).toBe(`"--csv" expected ${rule}, got "${at(name)}"`);
    }
    expect(tableFileMistake("--csv", at("none/a.csv"))).toMatch(/a file in a folder that can be written/);
  });

  test.each(formats)("replaces one that slatesim wrote, and another only by force: %s", async (format) => {
    const [own, other] = [at(`own.${format}`), at(`other.${format}`)];
    await writeTable(own, { columns, rows: [{ name: "a" }] });
    expect(mistake(own, false)).toBeUndefined();
    writeFileSync(other, "");
    expect(mistake(other, false)).toBeUndefined();
    for (const foreign of ["name,size\n", '{"name":1}\n', "PAR1PAR1", "no table"]) {
      writeFileSync(other, foreign);
      expect(mistake(other, true)).toBeUndefined();
      expect(mistake(other, false)).toBe(
        `"--csv" expected no file that slatesim did not write (--force replaces it), got "${other}"`,
      );
    }
  });
});
