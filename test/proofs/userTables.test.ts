// A table of ten million users is read line by line: memory holds its numbers, and no more than growing them takes.
import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const ROWS = 10_000_000;
const COLUMNS = 2;
/** Node itself, and the lines that are under way. */
const BASE_MB = 200;
/** A column as it is doubled, and the copy of the right length: while one is cut, the other has up to 2^24 numbers still. */
const NUMBERS_MB = (COLUMNS * 2 ** 24 + 2 ** 23 + COLUMNS * ROWS) * 8e-6;

const place = mkdtempSync(join(tmpdir(), "slatesim-many-users-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));

const entrance = new URL("../../dist/records/index.js", import.meta.url).href;

/** Reads the table, and prints what it has and the most memory that the process had. */
const program = `
  import { readUserTable } from ${JSON.stringify(entrance)};
  const begun = performance.now();
  const { columns } = await readUserTable("users.csv");
  const seconds = (performance.now() - begun) / 1000;
  const { sensitivity, timeBudget } = columns;
  const sum = timeBudget.reduce((total, x) => total + x, 0);
  const megabytes = process.resourceUsage().maxRSS / 1000;
  console.log(JSON.stringify({ rows: sensitivity.length, last: sensitivity.at(-1), sum, megabytes, seconds }));
`;

function writeUsers(path: string): void {
  const file = openSync(path, "w");
  writeSync(file, "sensitivity,timeBudget\n");
  for (let from = 0; from < ROWS; from += 10_000) {
    const lines = Array.from({ length: 10_000 }, (_, i) => `${(from + i) / ROWS},${((from + i) % 60) + 1}\n`);
    writeSync(file, lines.join(""));
  }
  closeSync(file);
}

test("ten million rows of CSV", () => {
  writeUsers(join(place, "users.csv"));
  const printed = execFileSync(process.execPath, ["--input-type=module", "--eval", program], { cwd: place });
  const { rows, last, sum, megabytes, seconds } = JSON.parse(printed.toString());
  console.log(`${rows} rows in ${seconds.toFixed(1)} s, at most ${megabytes.toFixed(0)} MB of memory`);
  const whole = Math.floor(ROWS / 60);
  const rest = ROWS % 60;
  expect({ rows, last, sum }).toEqual({
    rows: ROWS,
    last: (ROWS - 1) / ROWS,
    sum: whole * 1830 + (rest * (rest + 1)) / 2,
  });
  expect(megabytes).toBeLessThan(BASE_MB + NUMBERS_MB);
});
