// A kernel whose numbers have moved by a hair: verify says so, and names the first user and step that it simulates otherwise.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { policies, scenarios, simulate, trace, type RunOptions } from "../../src/index.js";
import { makeLock, readLock, verifyLock, writeLock } from "../../src/records/index.js";

const scratch = mkdtempSync(join(tmpdir(), "slatesim-moved-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const world = scenarios["lts-tradeoff"]!;
const policy = policies.mix(1);
const SEED = "moved";
/** Of the logistic function's polynomial (kernel/coefficients.ts): its own last bit hardly ever decides one of the result. */
const COEFFICIENT = -0.02083333333332612;

/** The kernel with another last bit in that coefficient. */
function movedKernel(): Promise<WebAssembly.Module> {
  const wasm = readFileSync(fileURLToPath(new URL("../../build/kernel.wasm", import.meta.url)));
  const bytes = Buffer.from(new Float64Array([COEFFICIENT]).buffer);
  const at = wasm.indexOf(bytes);
  expect(at).toBeGreaterThan(0);
  wasm[at] = wasm[at]! ^ 1;
  return WebAssembly.compile(wasm);
}

async function enginesAgree(extent: Pick<RunOptions, "users" | "firstUser" | "steps">): Promise<boolean> {
  const run = (engine: "kernel" | "reference") => simulate(world, policy, { ...extent, seed: SEED, engine });
  return (await run("kernel")).digest === (await run("reference")).digest;
}

test("verify names the first block, user and step of a kernel that has moved, and both values", async () => {
  const path = join(scratch, "moved.lock.json");
  writeLock(path, await makeLock(world, policy, { users: 3 * 4096, seed: SEED, steps: 10 }));
  world.kernel!.use(await movedKernel());
  const { equal, difference } = await verifyLock(await readLock(path));
  expect(equal).toBe(false);
  const { firstUser, referenceAsLocked, betweenEngines } = difference!;
  expect(referenceAsLocked).toBe(true);
  const { user, step, field, values } = betweenEngines!;
  expect(user).toBeGreaterThan(firstUser);
  expect(await enginesAgree({ firstUser: 0, users: user, steps: 10 })).toBe(true);
  expect(await enginesAgree({ firstUser: user, users: 1, steps: step })).toBe(true);
  expect(await enginesAgree({ firstUser: user, users: 1, steps: step + 1 })).toBe(false);
  expect(values[0]).not.toBe(values[1]);
  expect(values[1]).toBe(Reflect.get(trace(world, policy, { user, seed: SEED }).steps[step]!, field));
});
