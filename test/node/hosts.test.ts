// Hosts that lack something, as processes of their own; and what the library asks of a host at all.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { policies, scenarios, simulate } from "../../src/index.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const few = { users: 50, steps: 3, seed: "1" };
const { digest } = await simulate(scenarios["lts-tradeoff"]!, policies.mix(3), few);

function node(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: root, encoding: "utf8" });
  return { status, stdout, stderr };
}

describe("the command line without WebAssembly", () => {
  const command = "dist/cli/main.js run --scenario lts-tradeoff --policy mix(3) --users 50 --steps 3 --seed 1".split(
    " ",
  );
  const warning = /^slatesim simulates in TypeScript, .* as this host has no WebAssembly$/gm;

  test("runs in TypeScript, with one warning", () => {
    const { status, stdout, stderr } = node("--jitless", ...command);
    expect(status).toBe(0);
    expect(stdout).toContain(digest);
    expect(stderr.match(warning)).toHaveLength(1);
  });

  test("refuses the kernel by name", () => {
    const { status, stdout, stderr } = node("--jitless", ...command, "--engine", "kernel");
    expect(status).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain('"--engine" expected "reference", as this host has no WebAssembly, got "kernel"');
    expect(stderr).not.toMatch(warning);
  });
});

const ownRun = `
import { policies, scenarios, simulate } from "slatesim";
const options = ${JSON.stringify(few)};
const { engine, digest } = await simulate(scenarios["lts-tradeoff"], policies.mix(3), options);
const { digest: inThreads } = await simulate(scenarios["lts-tradeoff"], policies.mix(3), { ...options, users: 16_385, steps: 1, workers: 2 });
console.log(engine, digest, inThreads);
`;

// Processors without SIMD are played by V8 on x64 alone.
test.runIf(process.arch === "x64")("a host without SIMD simulates in TypeScript, in threads too", async () => {
  const threads = await simulate(scenarios["lts-tradeoff"]!, policies.mix(3), { ...few, users: 16_385, steps: 1 });
  const { stdout, stderr } = node("--no-enable-sse4-1", "--input-type=module", "--eval", ownRun);
  expect(stdout).toBe(`reference ${digest} ${threads.digest}\n`);
  expect(stderr).toMatch(/^slatesim simulates in TypeScript, .*\(.*SIMD.*\)\n$/);
});

/** Imports modules of WebAssembly as workerd does, and compiles no bytes afterwards. */
const likeWorkerd = `
import { register } from "node:module";
const load = async (url, context, next) => {
  if (!url.endsWith(".wasm")) return next(url, context);
  const source = \`
    import { readFileSync } from "node:fs";
    export default new WebAssembly.Module(readFileSync(new URL(\${JSON.stringify(url)})));\`;
  return { format: "module", source, shortCircuit: true };
};
register("data:text/javascript," + encodeURIComponent("export const load = " + load));
WebAssembly.compile = async () => { throw new Error("Wasm code generation disallowed"); };
const { policies, scenarios, simulate } = await import("slatesim/workerd");
const { engine, digest } = await simulate(scenarios["lts-tradeoff"], policies.mix(3), ${JSON.stringify(few)});
console.log(engine, digest);
`;

test("slatesim/workerd runs the kernel that it imports, where no bytes are compiled", () => {
  expect(node("--no-warnings", "--input-type=module", "--eval", likeWorkerd)).toEqual({
    status: 0,
    stdout: `kernel ${digest}\n`,
    stderr: "",
  });
});

test("docs/hosts.md names all that the library asks of a host, and nothing else", () => {
  const asked = readFileSync(join(root, "test/host/host.d.ts"), "utf8");
  const names = [...asked.matchAll(/^(?:declare \w+|interface) (\w+)/gm)].map((match) => match[1]!);
  const page = readFileSync(join(root, "docs/hosts.md"), "utf8");
  const [, table] = /^\| for .*\n\| -.*\n((?:\|.*\n)+)/m.exec(page)!;
  const cells = table!.replaceAll(/^\|[^|]*\|/gm, "");
  const told = [...cells.matchAll(/`(\w+)`/g)].map((match) => match[1]!);
  expect(told.toSorted()).toEqual(names.toSorted());
});
