// Puts small faults into the code, one at a time, and asks whether a test fails: `npm run mutants [words of paths …]`. Works on
// copies of the tree, one for each core. The faults are in faults.jsonl, a line each: { file, find, replace, test?, why? }, where
// `find` stands once in the file, `test` is the file that is to notice, and `why` says of a fault that no test can notice why so.
import { execFile, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../../", import.meta.url));
const WANTED = 0.9;
const PROOFS = "test/proofs/";
/** As in test/support/slowProperties.ts. */
const slowProperties = new Set(
  ["compileWorld", "controlled", "solve"].map((name) => `test/properties/${name}.test.ts`),
);
/** A test that has not ended by then would not end: that is a failure, too. */
const MAX_MS = 600_000;

const lines = readFileSync(new URL("faults.jsonl", import.meta.url), "utf8")
  .trimEnd()
  .split("\n");
const words = process.argv.slice(2);
const faults = lines
  .map((line) => JSON.parse(line))
  .filter(({ file }) => words.length === 0 || words.some((word) => file.includes(word)));
const stale = faults.filter(({ file, find }) => countOf(find, file) !== 1);
if (stale.length > 0) {
  for (const { file, find } of stale) console.error(`${file}: ${countOf(find, file)} times instead of once: ${find}`);
  process.exit(2);
}

const named = [...new Set(faults.flatMap(({ test }) => test ?? []))];
for (const test of named.filter(isProof)) await mustPass([test]);
await mustPass(named.filter((path) => !isProof(path)));

const queue = [...faults];
const survivors = [];
await Promise.all(Array.from({ length: availableParallelism() }, work));
report();

function countOf(find, file) {
  const path = join(root, file);
  return existsSync(path) ? readFileSync(path, "utf8").split(find).length - 1 : 0;
}

/** Whether the proofs' configuration runs a test. */
function isProof(path) {
  return path.startsWith(PROOFS) || slowProperties.has(path);
}

/** Tests that fail without any fault would notice every one. */
async function mustPass(tests) {
  if (tests.length > 0 && !(await passes(root, ["run", ...tests])))
    throw new Error(`without any fault: ${tests.join(" ")} failed`);
}

/** Takes faults until there are none, in a copy of the tree of its own. */
async function work() {
  const copy = mkdtempSync(join(tmpdir(), "slatesim-mutants-"));
  try {
    const left = new Set(["node_modules", ".git", "runs"]);
    cpSync(root, copy, { recursive: true, filter: (path) => !left.has(path.slice(root.length)) });
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
    for (let fault = queue.shift(); fault !== undefined; fault = queue.shift()) {
      const noticed = await isNoticed(fault, copy);
      if (!noticed) survivors.push(fault);
      console.log(`${noticed ? "killed  " : "SURVIVED"} ${fault.file}: ${fault.find} → ${fault.replace}`);
    }
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** First by the test that is to notice, then by those that import the file, then by those that start what is built from it. */
async function isNoticed({ file, find, replace, test }, copy) {
  const path = join(copy, file);
  const sound = readFileSync(path, "utf8");
  writeFileSync(
    path,
    sound.replace(find, () => replace),
  );
  const isKernel = file.startsWith("kernel/");
  try {
    if (isKernel && !(await succeeds(copy, "npm", ["run", "build:kernel"]))) return true;
    if (test !== undefined && !(await passes(copy, ["run", test]))) return true;
    if (!(await passes(copy, ["related", file, "--run"]))) return true;
    if (!(await builds(copy))) return true;
    const noticed = !(await passes(copy, ["run", "test/node"]));
    writeFileSync(path, sound);
    await builds(copy); // for the next fault
    return noticed;
  } finally {
    writeFileSync(path, sound);
    if (isKernel) await succeeds(copy, "npm", ["run", "build:kernel"]);
  }
}

function passes(cwd, given) {
  const where = given.some((word) => isProof(word))
    ? ["--config", `${PROOFS}vitest.config.ts`]
    : ["--project", "node", "--project", "mocks"];
  const all = ["vitest", ...given, ...where, "--bail", "1", "--passWithNoTests"];
  const child = spawn("npx", all, { cwd, stdio: "ignore", timeout: MAX_MS });
  return new Promise((resolve) => child.on("close", (code) => resolve(code === 0)));
}

function builds(cwd) {
  return succeeds(cwd, "npx", ["tsc", "-p", "tsconfig.build.json"]);
}

async function succeeds(cwd, command, given) {
  try {
    await promisify(execFile)(command, given, { cwd });
    return true;
  } catch {
    return false;
  }
}

function folderOf({ file }) {
  return file.split("/").slice(0, 2).join("/");
}

function report() {
  const unexplained = survivors.filter(({ why }) => why === undefined);
  for (const folder of new Set(faults.map(folderOf))) {
    const [all, alive] = [faults, survivors].map((list) => list.filter((fault) => folderOf(fault) === folder).length);
    console.log(`${folder}: ${all - alive} of ${all} killed`);
  }
  const share = 1 - survivors.length / faults.length;
  console.log(
    `${(100 * share).toFixed(1)} % of ${faults.length} killed, ${unexplained.length} survivors are not explained`,
  );
  if (share < WANTED || unexplained.length > 0) process.exitCode = 1;
}
