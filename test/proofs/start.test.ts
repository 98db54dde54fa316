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
  const lines = shown.split("\n").filter((line) => line !== "" && line !== "…");
  expect(lines.filter((line) => / [0-9a-f]{16}$/.test(line))).toHaveLength(8);
  expect(stdout.split("\n").filter((line) => lines.includes(line))).toEqual(lines);
});
