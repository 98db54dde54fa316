// Files that show results: --report, --chart, and slatesim report.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { spawned as slatesim } from "./slatesim.js";

const folder = mkdtempSync(join(tmpdir(), "slatesim-reports-"));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);

function withoutCommand(page: string): string {
  return page.replace(/<pre>.*<\/pre>/, "");
}

test("run writes a page with its command, and report makes it again from the JSON", () => {
  const run = slatesim(
    "run",
    "--policy",
    "mix(2)",
    "--users",
    "100",
    "--json",
    "--report",
    at("run.html"),
    "--chart",
    at("run.svg"),
  );
  expect(run.code).toBe(0);
  writeFileSync(at("run.json"), run.out);
  const again = slatesim(
    "report",
    at("run.json"),
    "--report",
    at("again.html"),
    "--chart",
    at("again.svg"),
    "--kind",
    "series",
  );
  expect(again.code).toBe(0);
  expect(readFileSync(at("again.svg"), "utf8")).toBe(readFileSync(at("run.svg"), "utf8"));
  const [page, second] = ["run.html", "again.html"].map((name) => readFileSync(at(name), "utf8"));
  expect(page).toContain("npx slatesim run --policy &#39;mix(2)&#39; --users 100");
  expect(withoutCommand(second!)).toBe(withoutCommand(page!));
});

test("sweep writes report and chart, and report makes both again from the folder of --out", () => {
  const grid = ["--vary", "sensitivity=0.01,0.1", "--vary", "memoryDiscount=0.7,0.9"];
  const words = [...grid, "--policy", "random", "--policy", "mix(1)", "--users", "50", "--out", at("kept")];
  expect(slatesim("sweep", ...words, "--report", at("sweep.html"), "--chart", at("sweep.svg")).code).toBe(0);
  const shown = ["--report", at("kept.html"), "--chart", at("kept.svg"), "--kind", "lifts"];
  expect(slatesim("report", at("kept/result.json"), ...shown).code).toBe(0);
  const [page, again, drawn, redrawn] = ["sweep.html", "kept.html", "sweep.svg", "kept.svg"].map((name) =>
    readFileSync(at(name), "utf8"),
  );
  expect(page).toContain("npx slatesim sweep --vary sensitivity=0.01,0.1 --vary memoryDiscount=0.7,0.9");
  expect(withoutCommand(again!)).toBe(withoutCommand(page!));
  expect(redrawn).toBe(drawn);
});

test("files that cannot be written are refused before the run begins, all at once", () => {
  writeFileSync(at("mine.html"), "mine");
  const refused = [
    ["--report", at("run.txt"), '"--report" expected a file that ends in .html'],
    ["--report", at("none/run.html"), '"--report" expected a file in a folder that can be written'],
    ["--report", at("mine.html"), '"--report" expected no file that slatesim did not write'],
    ["--chart", at("run.gif"), '"--chart" expected a file that ends in .svg or .png'],
  ] as const;
  for (const [flag, path, sentence] of refused) {
    const { code, out, err } = slatesim("run", "--users", "1e9", flag, path);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(sentence);
  }
  expect(["run.txt", "run.gif"].filter((name) => existsSync(at(name)))).toEqual([]);
  expect(readFileSync(at("mine.html"), "utf8")).toBe("mine");
});
