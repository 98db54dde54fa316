// `npm run engines`: the same probe in every engine at hand; prints a table of digests, and exits with 1 where two differ. With
// REQUIRE_ENGINES=1 none may be missing; `npm run engines -- --table` writes the table into docs/engines.md, and a short one into README.md.
import { spawn } from "node:child_process";
import { accessSync, constants, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { differencesOf, expectedOf, lackedOf, missingOf, summaryOf, tableOf } from "./compare.mjs";
import { columns, engines } from "./engines.mjs";
import { install } from "./install.mjs";
import { pageWith } from "./page.mjs";

/** An engine that has not ended by then would not end. */
const MAX_MS = 300_000;
const page = new URL("../../docs/engines.md", import.meta.url);
const readme = new URL("../../README.md", import.meta.url);
const { digests } = JSON.parse(readFileSync(new URL("../properties/digests.json", import.meta.url), "utf8"));

const folder = mkdtempSync(join(tmpdir(), "slatesim-engines-"));
try {
  await install(folder);
  report(await rowsOf(engines));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** A row for each, in their order; as many at a time as there are cores. */
async function rowsOf(given) {
  const rows = [];
  const places = given.keys();
  const work = async () => {
    for (const place of places) rows[place] = await rowOf(given[place]);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return rows;
}

async function rowOf(engine) {
  const missing = engine.needs.filter((need) => !isHere(need));
  if (missing.length > 0) return { ...engine, version: undefined, missing };
  const begun = performance.now();
  const [told, output] = [await outputOf(...engine.version), await outputOf(engine.command, ...engine.args)];
  const version = /\d+([.-]\d+)+/.exec(told)?.[0];
  const result = /^.*?RESULT (\{.*\})$/m.exec(output)?.[1];
  console.error(`${engine.name}: ${((performance.now() - begun) / 1000).toFixed(0)} s`);
  if (result === undefined) return { ...engine, version, failure: `no result: ${output.slice(-400)}` };
  return { ...engine, version, ...JSON.parse(result) };

  function outputOf(command, ...words) {
    return new Promise((resolve) => {
      const child = spawn(command, words, { cwd: folder, env: { ...process.env, ...engine.env }, timeout: MAX_MS });
      let text = "";
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding("utf8").on("data", (part) => (text += part));
      child.once("error", (error) => resolve(String(error))).once("close", () => resolve(text));
    });
  }
}

/** Whether a file is there: by its path, from the folder, or a program by its name. */
function isHere(need) {
  if (need.includes("/")) return existsSync(join(need.startsWith("/") ? "" : folder, need));
  return (process.env.PATH ?? "").split(delimiter).some((place) => isExecutable(join(place, need)));
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function report(rows) {
  console.log(tableOf(rows, columns));
  const missing = missingOf(rows);
  const wrong = rows[0].failure === undefined ? [] : [rows[0].failure];
  if (rows[0].found !== undefined) {
    const expected = expectedOf(rows[0], digests);
    wrong.push(...rows.flatMap((row) => differencesOf(row, expected)));
  }
  for (const line of [...missing, ...wrong]) console.log(line);
  if (process.argv.includes("--table")) {
    const lacked = `Filled in before the probe, as the shell lacks it:\n\n${lackedOf(rows)}`;
    writeFileSync(page, pageWith(readFileSync(page, "utf8"), `${tableOf(rows, columns)}\n\n${lacked}`));
    writeFileSync(readme, pageWith(readFileSync(readme, "utf8"), summaryOf(rows)));
  }
  const required = process.env.REQUIRE_ENGINES === "1";
  process.exitCode = wrong.length > 0 || (required && missing.length > 0) ? 1 : 0;
}
