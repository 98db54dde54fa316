// What `npm start` prints is what the README shows.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

test("npm start gives the README's figures and digests", async () => {
  const { stdout } = await promisify(execFile)("npm", ["start", "--silent"], { cwd: root });
  const shown = /^```text\n([\s\S]*?)^```/m.exec(readFileSync(`${root}README.md`, "utf8"))![1]!;
  const rows = shown.trim().split("\n").slice(1);
  expect(rows).toHaveLength(5);
  for (const row of rows) expect(stdout).toContain(row.trim());
});
