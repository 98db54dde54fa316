// Modules of worlds and agents that end the process, fail or never end while they are loaded: those of policies are in strayPolicies.test.ts.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { main } from "../node/cli/slatesim.js";

const scratch = mkdtempSync(join(tmpdir(), "slatesim-modules-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

let files = 0;

/** Runs a module that is refused, and returns the reason. */
function refused(flag: string, text: string): string {
  const path = join(scratch, `${files++}.mjs`);
  writeFileSync(path, text);
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, "run", flag, path], { encoding: "utf8" });
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  const rule = `"${flag}" expected a module that can be loaded, got "${pathToFileURL(path)}": `;
  expect(stderr.slice(0, rule.length)).toBe(rule);
  return stderr.slice(rule.length);
}

test("a module of a world or an agent is refused, also when the function that makes the world fails", () => {
  expect(refused("--world", "throw new Error('top')")).toBe("top\n");
  expect(refused("--world", "await new Promise(() => {})")).toBe("it waits for what never comes\n");
  expect(refused("--world", "export default () => process.exit(0)")).toBe("process.exit(0) was called\n");
  expect(refused("--agent-module", "process.exit(0)")).toBe("process.exit(0) was called\n");
});
