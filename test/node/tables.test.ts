// Tables of users and documents from files: the same numbers from every format, and every error with its place.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, inject, test } from "vitest";
import { makeWorld, policies, simulate } from "../../src/index.js";
import { blockFolder, readDocuments, readUserTable } from "../../src/records/index.js";
import { NUMERIC_PARAMETERS, USER_PARAMETERS } from "../../src/worlds/longTermSatisfaction/parameters.js";
import { ask } from "../support/duckdb.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { tableWriters, type Columns } from "../support/tableFiles.js";

const seed = inject("fastCheckSeed");
const place = mkdtempSync(join(tmpdir(), "slatesim-tables-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));

const formats = Object.entries(tableWriters);

/** A number in the range of a parameter. */
function numberOf(name: (typeof USER_PARAMETERS)[number]): fc.Arbitrary<number> {
  const { min, max, integer = false, maxExcluded = false } = NUMERIC_PARAMETERS[name];
  if (integer) return fc.integer({ min: min!, max: max! });
  return fc.double({ min: min!, max: max!, maxExcluded, noNaN: true }).map((x) => x + 0); // 0 for -0
}

const tables: fc.Arbitrary<Columns> = fc
  .tuple(fc.subarray([...USER_PARAMETERS], { minLength: 1 }), fc.integer({ min: 1, max: 250 }))
  .chain(([names, rows]) =>
    fc.record(
      Object.fromEntries(
        names.map((name) => [name, fc.array(numberOf(name), { minLength: rows, maxLength: rows, size: "max" })]),
      ),
    ),
  );

test.each(formats)("%s: users are those that were written, to the last bit", async (ending, write) => {
  const path = join(place, `users${ending}`);
  const property = fc.asyncProperty(tables, async (columns) => {
    write(path, columns);
    const read = await readUserTable(path);
    const written = Object.entries(columns).map(([name, numbers]) => [name, Float64Array.from(numbers)]);
    expect(read).toEqual({ columns: Object.fromEntries(written) });
  });
  await fc.assert(property, { seed, numRuns: 25 });
});

test.each(formats)("%s: documents are those that were written", async (ending, write) => {
  const path = join(place, `documents${ending.toUpperCase()}`);
  write(path, { clusterId: [3, 0, 255], educativeness: [0, 1, 0.3] });
  expect(await readDocuments(path)).toEqual([
    { educativeness: 0, clusterId: 3 },
    { educativeness: 1, clusterId: 0 },
    { educativeness: 0.3, clusterId: 255 },
  ]);
});

test("Parquet of another program: whole numbers of all sizes, decimals, several groups of rows", async () => {
  const path = join(place, "duckdb.parquet");
  const numbers = "(i % 60 + 1)::BIGINT AS timeBudget, (i / 1000)::FLOAT AS sensitivity, (i % 9)::DECIMAL(8, 3) AS x";
  const renamed = `SELECT timeBudget, sensitivity, x AS memeEngagementLogMean FROM (SELECT ${numbers} FROM range(5000) t(i))`;
  await ask(`COPY (${renamed}) TO '${path}' (FORMAT PARQUET, ROW_GROUP_SIZE 2048)`);
  const { columns } = await readUserTable(path);
  const rows = Array.from({ length: 5000 }, (_, i) => i);
  expect(columns).toEqual({
    timeBudget: Float64Array.from(rows, (i) => (i % 60) + 1),
    sensitivity: Float64Array.from(rows, (i) => Math.fround(i / 1000)),
    memeEngagementLogMean: Float64Array.from(rows, (i) => i % 9),
  });
});

test("CSV of another program: a mark of the byte order, carriage returns, quotes, blanks, empty lines", async () => {
  const path = join(place, "other.csv");
  writeFileSync(path, '\ufeff"sensitivity", timeBudget\r\n 0.5 ,"7"\r\n\r\n1e-2,8');
  expect(await readUserTable(path)).toEqual({
    columns: { sensitivity: Float64Array.of(0.5, 0.01), timeBudget: Float64Array.of(7, 8) },
  });
});

test("hundreds of thousands of rows", async () => {
  const path = join(place, "many.csv");
  const rows = 200_000;
  writeFileSync(path, `sensitivity\n${Array.from({ length: rows }, (_, i) => `${i / rows}\n`).join("")}`);
  const { columns } = await readUserTable(path);
  expect(columns.sensitivity).toEqual(Float64Array.from({ length: rows }, (_, i) => i / rows));
});

describe("refused are", () => {
  const sensitivity = "expected a number in [0, 1000], got";

  test.each<[string, string, string, readonly (string | RegExp)[]]>([
    ["nothing at all", "a.csv", "", ['"a.csv" expected at least one row, got 0']],
    ["names alone", "a.csv", "sensitivity\n", ['"a.csv" expected at least one row, got 0']],
    [
      "unknown columns",
      "a.csv",
      "sensitvity,b\u001b\n1,2\n",
      [
        'a.csv: "sensitvity" is not a parameter of a user (did you mean "sensitivity"?)',
        'a.csv: "b\\u001b" is not a parameter of a user',
      ],
    ],
    [
      "a column twice",
      "a.csv",
      "timeBudget,timeBudget\n1,2\n",
      ['"a.csv" expected each column once, got "timeBudget"'],
    ],
    [
      "cells that are no numbers, with their lines",
      "a.csv",
      'sensitivity,timeBudget\n0.1,60\n\n0x10,\n"a\nb",1.5\n-1,1\n',
      [
        `"a.csv, line 4, sensitivity" ${sensitivity} "0x10"`,
        '"a.csv, line 4, timeBudget" expected an integer in [1, 65536], got ""',
        `"a.csv, line 6, sensitivity" ${sensitivity} "a\\nb"`,
        '"a.csv, line 6, timeBudget" expected an integer in [1, 65536], got 1.5',
        `"a.csv, line 7, sensitivity" ${sensitivity} -1`,
      ],
    ],
    [
      "lines of other lengths",
      "a.csv",
      "sensitivity\n1,2\n",
      ['"a.csv, line 2" expected 1 fields, as the first line has, got 2'],
    ],
    [
      "an open quote",
      "a.csv",
      'sensitivity\n"1\n',
      [/^"path" expected a sound CSV file, got .*a\.csv": Quote Not Closed/],
    ],
    [
      "a quote that is open for the rest of a long file",
      "a.csv",
      `sensitivity\n"${"1\n".repeat(100_000)}`,
      [/^"path" expected a sound CSV file, got .*a\.csv": Max Record Size/],
    ],
    ["JSON that is none", "a.json", "[", [/^"path" expected a sound JSON file, got .*a\.json": Unexpected end/]],
    ["JSON that is no list", "a.json", "{}", ['"a.json" expected a list of objects, got {}']],
    ["an empty list", "a.json", "[]", ['"a.json" expected at least one row, got 0']],
    [
      "rows that are no objects, or others than the first",
      "a.json",
      '[{"sensitivity":1},{"timeBudget":3},7,{"sensitivity":"1"},{"sensitivity":null}]',
      [
        `"a.json, row 2, sensitivity" ${sensitivity} undefined`,
        '"a.json, row 2, timeBudget" expected nothing, as row 1 has none, got 3',
        '"a.json, row 3" expected an object, got 7',
        `"a.json, row 4, sensitivity" ${sensitivity} "1"`,
        `"a.json, row 5, sensitivity" ${sensitivity} null`,
      ],
    ],
    ["a first row without columns", "a.json", "[{}]", [/^"a\.json" expected columns, some of memoryDiscount, /]],
    ["Parquet that is none", "a.parquet", "PAR1 PAR1", [/^"path" expected a sound Parquet file, got .*a\.parquet": /]],
    ["other endings", "a.txt", "", [/^"path" expected a file whose name ends in \.csv, \.json or \.parquet, got /]],
  ])("%s", async (_, name, text, told) => {
    const path = join(place, name);
    writeFileSync(path, text);
    const errors = (await mistakesOf(() => readUserTable(path))).map((error) => error.replace(`${place}/`, ""));
    expect(errors).toEqual(told.map((each) => (typeof each === "string" ? each : expect.stringMatching(each))));
    rmSync(path);
  });

  test("no more than the first twenty", async () => {
    for (const [ending, write] of formats) {
      const path = join(place, `wrong${ending}`);
      write(path, { sensitivity: Array.from({ length: 1000 }, (_, i) => (i < 3 ? 1 : -i)) });
      const errors = await mistakesOf(() => readUserTable(path));
      expect(errors).toHaveLength(20);
      expect(errors[0]).toContain(ending === ".csv" ? "line 5, sensitivity" : "row 4, sensitivity");
    }
  });

  test("documents without a column, beyond the ranges, and too many", async () => {
    const path = join(place, "documents.csv");
    writeFileSync(path, "educativeness\n1.5\n");
    expect(await mistakesOf(() => readDocuments(path))).toEqual([
      `"${path}" expected a column clusterId, got "educativeness"`,
      `"${path}, line 2, educativeness" expected a number in [0, 1], got 1.5`,
    ]);
    writeFileSync(path, `educativeness,clusterId\n0,256\n${"0,0\n".repeat(4096)}`);
    expect(await mistakesOf(() => readDocuments(path))).toEqual([
      `"${path}, line 2, clusterId" expected an integer in [0, 255], got 256`,
      `"${path}" expected at most 4096 rows, got 4097`,
    ]);
  });

  test("Parquet with nulls, with texts, and cut off", async () => {
    const path = join(place, "nulls.parquet");
    await ask(
      `COPY (SELECT * FROM (VALUES (1, 'a'), (NULL, 'b')) t(sensitivity, timeBudget)) TO '${path}' (FORMAT PARQUET)`,
    );
    const errors = await mistakesOf(() => readUserTable(path));
    expect(errors.toSorted()).toEqual([
      `"${path}, row 1, timeBudget" expected an integer in [1, 65536], got "a"`,
      `"${path}, row 2, sensitivity" ${sensitivity} null`,
      `"${path}, row 2, timeBudget" expected an integer in [1, 65536], got "b"`,
    ]);
  });

  test("files that are not there, and folders", async () => {
    expect(await mistakesOf(() => readUserTable(join(place, "no.csv")))).toEqual([
      `"path" expected a file that is there, got "${join(place, "no.csv")}"`,
    ]);
    const folder = join(place, "folder.csv");
    mkdirSync(folder);
    expect(await mistakesOf(() => readUserTable(folder))).toEqual([
      `"path" expected a file, no folder, got "${folder}"`,
    ]);
  });
});

/** A world whose users have these sensitivities. */
function worldOf(sensitivity: readonly number[]) {
  return makeWorld("lts", { users: { columns: { sensitivity } } });
}

test("blocks in a folder go on with the same table only", async () => {
  const folder = join(place, "blocks");
  const options = { users: 5000, steps: 2, seed: 1 };
  const whole = await simulate(worldOf([0.1, 0.2]), policies.first(), { ...options, users: 9000 });
  await simulate(worldOf([0.1, 0.2]), policies.first(), { ...options, store: blockFolder(folder) });
  const again = await simulate(worldOf([0.1, 0.2]), policies.first(), {
    ...options,
    users: 9000,
    store: blockFolder(folder),
  });
  expect([again.digest, again.metrics]).toEqual([whole.digest, whole.metrics]);
  for (const other of [[0.2, 0.1], [0.1, 0.2, 0.1, 0.2], [0.1]]) {
    const resumed = () => simulate(worldOf(other), policies.first(), { ...options, store: blockFolder(folder) });
    expect(await mistakesOf(resumed)).toEqual([expect.stringMatching(/study: variants\[0\]" expected .*as asked for/)]);
  }
});
