// Locks of policies in TypeScript, which are known by the module that exports them.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { importPolicy, scenarios, type BatchPolicy } from "../../src/index.js";
import { makeLock, type Verdict } from "../../src/records/index.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { mistakes, slatesim } from "./cli/slatesim.js";

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
    const { code, out, err } = slatesim("verify", join(moved, "mine.lock.json"));
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/: equal \(2 blocks, 5,000 users\)\n$/);
  });

  test("names user, step and both values when the policy shows other slates", () => {
    const { folder, lock } = lockedFolder("changed", "leastFirst");
    const module = readFileSync(join(folder, FILE), "utf8");
    // The most educational first, from the second step on.
    const sign = "< educativeness[least][lane]";
    writeFileSync(
      join(folder, FILE),
      module
        .replace("observation: { educativeness }, user }", "observation: { educativeness }, user, step }")
        .replace(sign, `${sign} !== step > 0`),
    );
    const { code, out } = slatesim("verify", lock);
    expect(code).toBe(1);
    expect(out).toMatch(/NOT equal \(2 blocks, 5,000 users\)\n {2}first in block 0 \(users 0 to 4095\): digest /);
    expect(out).toMatch(/\n {2}user 0, step 1: \w+ \S+ locked, \S+ now\n/);
    expect(out).toMatch(/the policy, the model or the numbers under it have moved\n$/);
    const { difference } = JSON.parse(slatesim("verify", lock, "--json").out) as Verdict;
    expect(difference).toMatchObject({ block: 0, fromLock: { user: 0, step: 1 } });
    expect(difference).not.toHaveProperty("referenceAsLocked");
  });

  test("is refused when the module is not there, has no such policy, or one of another name", () => {
    const { folder, lock } = lockedFolder("spoiled", "leastFirst");
    const text = readFileSync(lock, "utf8");
    const told = (from: string, to: string): string[] => {
      writeFileSync(lock, text.replace(from, to));
      return mistakes("verify", lock);
    };
    expect(told('"policies%20of%20mine.mjs#leastFirst"', "3")).toEqual([
      `${lock}: "policyModule" expected a path such as policies.js#name, got 3`,
    ]);
    expect(told("#leastFirst", "#noPolicy")).toEqual([
      expect.stringMatching(/" expected "noPolicy" to be a batch policy \(an object with name and fillSlates\) or an/),
    ]);
    expect(told('"least first"', '"most first"')).toEqual([
      `${lock}: "policy" expected "least first", the name of the module's policy, got "most first"`,
    ]);
    rmSync(join(folder, FILE));
    expect(told("", "")).toEqual([
      expect.stringMatching(/^"policy module" expected a module that can be loaded, got "file:/),
    ]);
  });
});

test("a policy that is handed over as a value cannot be locked, one of a module can", async () => {
  const inOrder: BatchPolicy = { name: "in order", fillSlates: () => {} };
  expect(await mistakesOf(() => makeLock(world, inOrder, options))).toEqual([
    '"policy" expected a built-in one, or one of a module, brought by importPolicy, got "in order"',
  ]);
  const url = new URL("../support/modulePolicies.mjs", import.meta.url);
  const lock = await makeLock(world, await importPolicy(url, "leastFirst"), options);
  expect(lock).toMatchObject({ policy: "least first", policyModule: `${url.href}#leastFirst` });
});
