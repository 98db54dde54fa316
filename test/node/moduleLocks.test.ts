// Locks of policies in TypeScript, which are known by the module that exports them.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { importPolicy, scenarios } from "../../src/index.js";
import { makeLock, readLock, type Verdict } from "../../src/records/index.js";
import { lockText } from "../../src/records/lockText.js";
import { parseLock } from "../../src/records/parseLock.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { mistakes, slatesim, spawned } from "./cli/slatesim.js";

const scratch = mkdtempSync(join(tmpdir(), "slatesim-module-locks-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const FILE = "policies of mine.mjs";
const world = scenarios["lts-tradeoff"]!;
const options = { users: 5000, steps: 3, seed: 1 };

/** A folder with a module of policies and the lock of one of them. */
function lockedFolder(name: string, exported: string): { readonly folder: string; readonly lock: string } {
  const folder = join(scratch, name);
  mkdirSync(folder);
  cpSync(fileURLToPath(new URL("../support/modulePolicies.mjs", import.meta.url)), join(folder, FILE));
  const lock = join(folder, "mine.lock.json");
  const module = `${join(folder, FILE)}#${exported}`;
  const words = ["--policy-module", module, "--scenario", "lts-tradeoff", "--users", "5000", "--steps", "3"];
  expect(slatesim("lock", lock, ...words)).toMatchObject({ code: 0, err: "" });
  return { folder, lock };
}

describe("a lock of a module's policy", () => {
  test.each(["leastFirst", "default"])("is verified wherever both are together: %s", (exported) => {
    const { folder, lock } = lockedFolder(`${exported} here`, exported);
    expect(readFileSync(lock, "utf8")).toContain(`"policyModule": "policies%20of%20mine.mjs#${exported}"`);
    const moved = join(scratch, `${exported} there`);
    cpSync(folder, moved, { recursive: true });
    rmSync(folder, { recursive: true });
    const path = join(moved, "mine.lock.json");
    const said = `${path}: equal (2 blocks, 5,000 users)\n`;
    expect(slatesim("verify", path)).toEqual({ code: 0, err: "", out: said });
  });

  test("names user, step and both values when the policy shows other slates", () => {
    const { folder, lock } = lockedFolder("changed", "leastFirst");
    const module = readFileSync(join(folder, FILE), "utf8");
    // The most educational first, from the second step on; there user 0 clicks the one in the middle.
    const sign = "< educativeness[least][lane]";
    writeFileSync(
      join(folder, FILE),
      module
        .replace("observation: { educativeness }, user }", "observation: { educativeness }, user, step }")
        .replace(sign, `${sign} !== step > 0`),
    );
    const { code, out } = spawned("verify", lock); // a thread that has loaded the module would keep it
    expect({
      code,
      out: out.replace(/digest [0-9a-f]{16} locked, [0-9a-f]{16} now/, "digest # locked, # now"),
    }).toEqual({
      code: 1,
      out: [
        `${lock}: NOT equal (2 blocks, 5,000 users)`,
        "  first in block 0 (users 0 to 4095): digest # locked, # now",
        "  user 0, step 2: choice 1 locked, 2 now",
        "  the policy, the model or its numeric functions have changed\n",
      ].join("\n"),
    });
    const { difference } = JSON.parse(spawned("verify", lock, "--json").out) as Verdict;
    expect(difference).toMatchObject({ block: 0, fromLock: { user: 0, step: 2 } });
    expect(difference).not.toHaveProperty("referenceAsLocked");
  });

  test("is refused when the module is not there, has no such policy, or one of another name", () => {
    const { folder, lock } = lockedFolder("spoiled", "leastFirst");
    const fields = parseLock(lock);
    const told = (changes: Readonly<Record<string, unknown>>): string[] => {
      writeFileSync(lock, lockText({ ...fields, ...changes }));
      return mistakes("verify", lock);
    };
    expect(told({ policyModule: "policies%20of%20mine.mjs#noPolicy" })).toEqual([
      expect.stringMatching(/" expected "noPolicy" to be a batch policy \(an object with name and fillSlates\) or an/),
    ]);
    expect(told({ policy: "most first" })).toEqual([
      `${lock}: "policy" expected "least first", the name of the module's policy, got "most first"`,
    ]);
    rmSync(join(folder, FILE));
    expect(told({})).toEqual([
      `${lock}: "policyModule" expected a file at or below the lock's folder, got "policies of mine.mjs"`,
    ]);
  });
});

describe("verify runs no code but what lies at or below the lock's folder", () => {
  const { folder, lock } = lockedFolder("inner", "leastFirst");
  const fields = parseLock(lock);
  const ran = join(scratch, "ran");
  const code = `import { writeFileSync } from "node:fs"; writeFileSync(${JSON.stringify(ran)}, "");`;
  const evil = join(scratch, "evil.mjs");
  writeFileSync(evil, code);
  symlinkSync(evil, join(folder, "link.mjs"));
  symlinkSync(scratch, join(folder, "up"));
  mkdirSync(join(folder, "folder.mjs"));
  execFileSync("mkfifo", [join(folder, "fifo.mjs")]);

  test.each([
    `data:text/javascript,${encodeURIComponent(code)}`,
    `DATA:text/javascript,${encodeURIComponent(code)}#leastFirst`,
    ` data:text/javascript,${encodeURIComponent(code)}`,
    "../evil.mjs#x",
    "%2e%2e/evil.mjs",
    ".%2E/evil.mjs",
    "..%2Fevil.mjs",
    "..\\evil.mjs",
    "..%5Cevil.mjs",
    "./../evil.mjs",
    "a/../../evil.mjs",
    ".\t./evil.mjs",
    "\n../evil.mjs",
    evil,
    `//localhost${evil}`,
    `/${evil}`,
    pathToFileURL(evil).href,
    `file:${evil}`,
    `file:../evil.mjs`,
    "file%3A../evil.mjs",
    "node:fs#default",
    "node%3Afs",
    "http://localhost:9/evil.mjs",
    "https:evil.mjs",
    "evil.mjs%00.mjs",
    "evil.mjs\0",
    "%zz.mjs",
    "link.mjs",
    "up/evil.mjs",
    "folder.mjs",
    "fifo.mjs",
    "policies%20of%20mine.mjs?x#leastFirst",
    "nowhere.mjs",
    "",
    "#leastFirst",
    3,
    null,
    {},
    ["evil.mjs"],
  ])("refuses %j", async (policyModule) => {
    writeFileSync(lock, lockText({ ...fields, policyModule }));
    const told = await mistakesOf(() => readLock(lock));
    expect(told).toEqual([expect.stringContaining("policyModule")]);
    expect(existsSync(ran)).toBe(false);
  });

  test.each<[string, Readonly<Record<string, unknown>>, readonly string[]]>([
    ["a wrong field", { users: 0 }, []],
    ["a wrong block", { blocks: ["x", "y"] }, []],
    ["another world", { world: "0".repeat(16) }, []],
    ["a wrong checksum", { sha256: "0".repeat(64) }, []],
    ["a wrong flag", {}, ["--sample", "0.5"]],
  ])("refuses %s before it loads the module", (what, changes, words) => {
    const loud = `loud-${what.replaceAll(" ", "-")}.mjs`; // one of its own, as what is loaded once does not run again
    writeFileSync(join(folder, loud), code);
    const text = lockText({ ...fields, policyModule: `${loud}#x`, ...changes });
    writeFileSync(
      lock,
      "sha256" in changes ? text.replace(/"sha256": ".*"/, `"sha256": "${changes["sha256"]}"`) : text,
    );
    mistakes("verify", lock, ...words);
    expect(existsSync(ran)).toBe(false);
    writeFileSync(lock, lockText({ ...fields, policyModule: `${loud}#x` }));
    mistakes("verify", lock);
    expect(existsSync(ran)).toBe(true);
    rmSync(ran);
  });

  test("loads what the command line names instead", () => {
    const module = `${join(folder, FILE)}#leastFirst`;
    for (const policyModule of ["nowhere.mjs#y", "#leastFirst"]) {
      writeFileSync(lock, lockText({ ...fields, policyModule }));
      expect(slatesim("verify", lock, "--policy-module", module)).toMatchObject({ code: 0, err: "" });
    }
    expect(mistakes("verify", lock, "--policy-module", join(folder, "fifo.mjs"))).toEqual([
      expect.stringMatching(/^"--policy-module" expected a file, no FIFO, got /),
    ]);
    const builtIn = join(folder, "builtIn.json");
    expect(slatesim("lock", builtIn, "--users", "10").code).toBe(0);
    expect(mistakes("verify", builtIn, "--policy-module", module)).toEqual([
      expect.stringMatching(/"policyModule" expected a module, as one was named for it, got undefined$/),
    ]);
  });

  test("is told by lock when the module lies elsewhere, and then wants it named", async () => {
    const below = join(folder, "locks");
    mkdirSync(below);
    const path = join(below, "other.lock.json");
    const module = `${join(folder, FILE)}#leastFirst`;
    const made = slatesim("lock", path, "--policy-module", module, "--users", "10", "--steps", "2");
    expect(made.code).toBe(0);
    expect(made.err).toMatch(/^The module is not at or below the lock's folder, .* --policy-module\.\n$/);
    expect(readFileSync(path, "utf8")).toContain('"policyModule": "#leastFirst"');
    expect(mistakes("verify", path)).toEqual([
      expect.stringMatching(/"policyModule" expected a file, to be named by --policy-module/),
    ]);
    expect(slatesim("verify", path, "--policy-module", module).code).toBe(0);
    const policy = await importPolicy(pathToFileURL(join(folder, FILE)), "leastFirst");
    expect((await readLock(path, { policy })).policy).toBe(policy);
  });
});

test("a lock that is made in TypeScript has the address of the policy's module", async () => {
  const url = new URL("../support/modulePolicies.mjs", import.meta.url);
  const lock = await makeLock(world, await importPolicy(url, "leastFirst"), options);
  expect(lock).toMatchObject({ policy: "least first", policyModule: `${url.href}#leastFirst` });
  expect(lock).not.toHaveProperty("values");
});
