// The program of docs/kernel-abi.md: the kernel in a host that is no JavaScript, which has the digests of `simulate`.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { policies, scenarios, simulate } from "../../src/index.js";
import { blocksOf, readPage, root } from "../support/snippets.js";

const PAGE = "docs/kernel-abi.md";
/** Where `.ci/run` puts Wasmtime for Python. */
const env = { ...process.env, PYTHONPATH: join(root, "build", "python") };
const place = mkdtempSync(join(tmpdir(), "slatesim-hosts-"));
afterAll(() => rmSync(place, { recursive: true }));

const absent = python("-c", "import wasmtime").status !== 0 && process.env["REQUIRE_WASMTIME"] === undefined;
if (absent) process.stderr.write("\n*** THE KERNEL IN PYTHON IS LEFT OUT: no wasmtime in build/python. ***\n\n");

function python(...words: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync("python3", words, { env, encoding: "utf8" });
}

describe.skipIf(absent)("the kernel in Wasmtime", () => {
  test.each([
    [1, 0],
    [64, 1],
    [5000, 2],
    [20_000, 3],
  ])("simulates %i users under mix(%i) with the digest of simulate", async (users, m) => {
    const program = join(place, "kernel.py");
    writeFileSync(program, blocksOf(PAGE, "python").join(""));
    const { stdout, stderr } = python(program, join(root, "build/kernel.wasm"), String(users), String(m));
    const { digest } = await simulate(scenarios.lts, policies.mix(m), { users });
    expect({ stdout, stderr }).toEqual({ stdout: `${digest}\n`, stderr: "" });
  });
});

test("the page names every export of the kernel, and no other", () => {
  const names = WebAssembly.Module.exports(new WebAssembly.Module(readFileSync(join(root, "build/kernel.wasm")))).map(
    ({ name }) => name,
  );
  const functions = [...readPage(PAGE).matchAll(/`(\w+)\(/g)].map(([, name]) => name!);
  const pointers = [...readPage(PAGE).matchAll(/`(\w+Pointer)`/g)].map(([, name]) => name!);
  const named = new Set([...functions, ...pointers, "memory"]);
  expect([...named].toSorted()).toEqual(names.toSorted());
});
