// Files that show results: --report, --chart, and slatesim report.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { main, slatesim as warm, spawned as slatesim } from "../node/cli/slatesim.js";

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
  writeFileSync(at("experiment.json"), experimentIn(page!));
  const { digest } = JSON.parse(slatesim("run", "--config", at("experiment.json"), "--json").out);
  expect(digest).toBe(JSON.parse(run.out).digest);
});

/** The experiment that a report shows. */
function experimentIn(page: string): string {
  return /<code>(\{.*\})<\/code>/.exec(page)![1]!.replaceAll("&quot;", '"');
}

test("sweep writes report and chart, and report makes both again from the folder of --out", () => {
  const grid = ["--vary", "sensitivity=0.01,0.1", "--vary", "memoryDiscount=0.7,0.9"];
  const words = [...grid, "--policy", "random", "--policy", "mix(1)", "--users", "50", "--out", at("kept")];
  expect(warm("sweep", ...words, "--report", at("sweep.html"), "--chart", at("sweep.svg")).code).toBe(0);
  const shown = ["--report", at("kept.html"), "--chart", at("kept.svg"), "--kind", "lifts"];
  expect(warm("report", at("kept/result.json"), ...shown).code).toBe(0);
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

/** Runs `slatesim run --chart` where other programs or packages are installed. */
function drawnWhere(env: Readonly<Record<string, string>>, file: string) {
  const words = [main, "run", "--users", "20", "--chart", at(file)];
  return spawnSync(process.execPath, words, { encoding: "utf8", env: { ...process.env, ...env } });
}

test("pictures name slatesim as their maker, so that those of others are not replaced", () => {
  const programs = at("programs");
  mkdirSync(programs);
  const header = Buffer.from("89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55", "hex");
  const rest = Buffer.from("0000000a49444154789c6360000000020001e221bc330000000049454e44ae426082", "hex");
  writeFileSync(at("other.png"), Buffer.concat([header, rest]));
  writeFileSync(
    join(programs, "rsvg-convert"),
    `#!/bin/sh\n/bin/cat > '${at("seen.svg")}'\n/bin/cat '${at("other.png")}'\n`,
  );
  chmodSync(join(programs, "rsvg-convert"), 0o755);
  const [first, again] = [1, 2].map(() => drawnWhere({ PATH: programs }, "run.png").status);
  expect([first, again]).toEqual([0, 0]);
  const picture = readFileSync(at("run.png"));
  expect([picture.subarray(0, 33), picture.subarray(-rest.length)]).toEqual([header, rest]);
  const chunk = picture.subarray(33, -rest.length);
  expect(chunk.toString("latin1", 4, 25)).toBe("tEXtSoftware\0slatesim");
  expect([chunk.readUInt32BE(0), chunk.readUInt32BE(25)]).toEqual([17, crc32(chunk.subarray(4, 25))]);
  expect(readFileSync(at("seen.svg"), "utf8")).not.toContain("var(");
  const { status, stderr } = drawnWhere({ PATH: programs }, "other.png");
  expect([status, stderr]).toEqual([2, expect.stringContaining("expected no file that slatesim did not write")]);
});

test("what is not installed is said before the run begins", () => {
  const converted = drawnWhere({ PATH: at("") }, "none.png");
  expect([converted.status, converted.stderr]).toEqual([2, expect.stringContaining("rsvg-convert, which makes .png")]);
  const hooks = `export function resolve(name, context, next) {
    if (name === "linkedom") throw new Error("none");
    return next(name, context);
  }`;
  const hiding = `import { register } from "node:module"; register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(hooks)}`)});`;
  const preload = `data:text/javascript,${encodeURIComponent(hiding)}`;
  const { status, stderr } = drawnWhere({ NODE_OPTIONS: `--import "${preload}"` }, "none.svg");
  const sentence = "Charts need packages that are not installed: npm install @observablehq/plot linkedom";
  expect([status, stderr]).toEqual([2, expect.stringContaining(sentence)]);
});
