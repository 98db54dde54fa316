// Hosts that lack something: the same bits by another way, or a refusal by name.
import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { hash64 } from "../../src/numeric/hash64.js";
import { digestText } from "../../src/statistics/userDigest.js";
import { compare, makeBatchEnv, policies, scenarios, simulate, streamVersion, useKernel } from "../../src/index.js";
import { CompiledKernel } from "../../src/wasm/compiledKernel.js";
import { kernelMistake } from "../../src/wasm/kernelMistake.js";
import { kernelHex } from "../../src/worlds/longTermSatisfaction/kernel/bytes.js";
import { kernelSha256 } from "../../src/worlds/longTermSatisfaction/kernel/kernelSha256.js";
import { seeds, worlds } from "../support/arbitraries.js";
import { follow, scripts } from "../support/batchScripts.js";
import { hostsWithoutKernel, restoreHost } from "../support/hosts.js";
import { hostileValues } from "../support/hostile.js";
import { mistakesOf } from "../support/mistakesOf.js";

const world = scenarios["lts-tradeoff"]!;
const few = { users: 70, steps: 4, seed: 1 };
const both = [policies.mix(3), policies.random()] as const;

afterEach(restoreHost);

/** As in QuickJS. */
function signedAsUintN(): void {
  vi.spyOn(BigInt, "asUintN").mockImplementation((bits, x) => BigInt.asIntN(bits, x));
}

describe("BigInt.asUintN that is negative where the upper bit is set", () => {
  test("changes no digest of a run", async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const { digest } = await simulate(world, both[0], { ...few, seed });
        signedAsUintN();
        for (const engine of ["kernel", "reference"] as const) {
          expect((await simulate(world, both[0], { ...few, seed, engine })).digest).toBe(digest);
        }
        restoreHost();
      }),
      { numRuns: 4 },
    );
  });

  test("changes no hash of a text", () => {
    const texts = Array.from({ length: 50 }, (_, i) => `text ${i}`);
    const hashes = texts.map(hash64);
    signedAsUintN();
    expect(texts.map(hash64)).toEqual(hashes);
    expect(digestText(2n ** 63n)).toBe("8000000000000000");
  });
});

describe.each(Object.entries(hostsWithoutKernel))("a host that %s", (obstacle, lack) => {
  test("simulates in TypeScript, with the same bits and one warning", async () => {
    const run = await simulate(world, both[0], few);
    const comparison = await compare(world, both, few);
    lack();
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    expect(await simulate(world, both[0], few)).toEqual({ ...run, engine: "reference", timing: expect.anything() });
    expect(await compare(world, both, few)).toEqual({
      ...comparison,
      engine: "reference",
      timing: expect.anything(),
    });
    expect(warn.mock.calls).toEqual([[expect.stringMatching(new RegExp(`same bits.*as this host ${obstacle}$`))]]);
  });

  test("has batch environments, with the same bits", async () => {
    lack();
    vi.spyOn(console, "warn").mockImplementation(() => {});
    await fc.assert(
      fc.asyncProperty(worlds, seeds, scripts, (any, seed, script) => follow(any, seed, script)),
      { numRuns: 12 },
    );
    const batch = await makeBatchEnv(world, { users: 2 });
    expect(batch.reset().observation.satisfaction).toBeInstanceOf(Float64Array);
  });

  test("refuses the kernel by name where it was asked for", async () => {
    lack();
    const rule = `"engine" expected "reference", as this host ${obstacle}, got "kernel"`;
    expect(await mistakesOf(() => simulate(world, both[0], { ...few, engine: "kernel" }))).toEqual([rule]);
    expect(await mistakesOf(() => compare(world, both, { ...few, engine: "kernel" }))).toEqual([rule]);
    expect((await simulate(world, both[0], { ...few, engine: "reference" })).engine).toBe("reference");
  });
});

test("a host that compiles no bytes says why, and runs a kernel that it is given", async () => {
  const module = await WebAssembly.compile(bytesOf(kernelHex));
  vi.spyOn(WebAssembly, "compile").mockRejectedValue(new Error("code generation\ndisallowed"));
  const kernel = new CompiledKernel(async () => kernelHex);
  expect(await kernel.obstacle()).toBe("does not compile the kernel (code generation\\ndisallowed)");
  kernel.use(module);
  expect(await kernel.obstacle()).toBeUndefined();
});

describe("useKernel", () => {
  const bytes = bytesOf(kernelHex);
  const identity = { streamVersion, sha256: kernelSha256 };
  const rule = `"module" expected slatesim/kernel.wasm of stream version ${streamVersion} with SHA-256 ${kernelSha256}`;

  test("runs the kernel that it is given, with the same bits", async () => {
    const { digest } = await simulate(world, both[0], { ...few, engine: "reference" });
    const given = await WebAssembly.compile(bytes);
    useKernel(given);
    const instantiate = vi.spyOn(WebAssembly, "instantiate");
    expect((await simulate(world, both[0], few)).digest).toBe(digest);
    expect(instantiate.mock.calls).toEqual([[given]]);
  });

  test("refuses what is no module", async () => {
    for (const value of [bytes, WebAssembly, ...Object.values(hostileValues).map((make) => make())]) {
      const mistakes = await mistakesOf(async () => useKernel(value as never));
      expect(mistakes).toEqual([expect.stringMatching(/^"module" expected a WebAssembly\.Module, got ./)]);
    }
  });

  test("refuses a module that is no kernel", async () => {
    const empty = new WebAssembly.Module(bytes.slice(0, 8));
    expect(await mistakesOf(async () => useKernel(empty))).toEqual([`${rule}, got a module that is no kernel`]);
  });

  test("refuses a kernel of another stream version, or of other bytes", () => {
    const module = new WebAssembly.Module(bytes);
    const got = `got one of stream version ${streamVersion} with SHA-256 ${kernelSha256}`;
    for (const wanted of [
      { ...identity, streamVersion: streamVersion + 1 },
      { ...identity, sha256: "0".repeat(64) },
    ]) {
      const { streamVersion: version, sha256 } = wanted;
      const expected = `"module" expected slatesim/kernel.wasm of stream version ${version} with SHA-256 ${sha256}`;
      expect(kernelMistake("module", module, wanted)).toBe(`${expected}, ${got}`);
    }
    expect(kernelMistake("module", module, identity)).toBeUndefined();
  });
});

function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g)!, (byte) => parseInt(byte, 16));
}
