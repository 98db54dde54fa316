// Kernels of compiled worlds simulate every block by themselves: what they hand to the reference is right, too, but takes many times as long.
import { readFileSync } from "node:fs";
import { describe, expect, test, vi } from "vitest";
import type * as Reference from "../../src/engines/episodeEngine.js";
import {
  interestEvolution,
  interestExploration,
  policies,
  simulate,
  type BuiltInPolicy,
  type World,
} from "../../src/index.js";
import { compileWorld } from "../../src/worlds/compiled/index.js";
import { WORLD } from "../support/refusedFiles.js";
import { worldFile } from "../support/twiceWritten.js";
import { kernelPolicies } from "../support/worldReadings.js";

const compiled = async (path: string): Promise<World> =>
  compileWorld(readFileSync(new URL(`../../${path}`, import.meta.url), "utf8"), { file: path });

const worlds: Readonly<Record<string, () => World | Promise<World>>> = {
  people: () => compiled("examples/people.world.ts"),
  "the notebook's model": () => compiled("src/playground/editor/patience.world.ts"),
  "an exponential cascade": () => compileWorld(worldFile("exponentialCascade(0.02, 0.9)")),
  "a proportional cascade": () => compileWorld(worldFile("proportionalCascade(-1, 0.1)")),
  "candidates that users keep": () =>
    compileWorld(worldFile("multinomialLogit()", 'export const resample = "episode";')),
  "candidates that users share": () =>
    compileWorld(worldFile("multinomialLogit()", 'export const resample = "never";')),
  "interest evolution": () => interestEvolution(),
  "interest exploration": () => interestExploration(),
};

const handedOver = vi.hoisted(() => ({ blocks: 0 }));

vi.mock("../../src/engines/episodeEngine.js", async (importActual) => {
  const actual = await importActual<typeof Reference>();
  const episodeEngine: typeof actual.episodeEngine = (...given) => {
    handedOver.blocks += 1;
    return actual.episodeEngine(...given);
  };
  return { ...actual, episodeEngine };
});

/** How many blocks of a run in the kernel the reference simulates: an engine of its own for each. */
async function blocksHandedOver(world: World, policy: BuiltInPolicy): Promise<number> {
  handedOver.blocks = 0;
  const steps = Math.min(30, world.timeBudget);
  const { engine } = await simulate(world, policy, { users: 5000, steps, seed: 1, workers: 1, engine: "kernel" });
  expect(engine).toBe("kernel");
  return handedOver.blocks;
}

describe.each(Object.entries(worlds))("%s", (_, make) => {
  test("leaves no block to the reference", async () => {
    const world = await make();
    for (const policy of kernelPolicies(world)) expect(await blocksHandedOver(world, policy), policy.name).toBe(0);
  });
});

test("a block whose scores are too large for the kernel is counted", async () => {
  // Finite in the reference, too: its magnitudes add up to more than the largest number, so that the kernel leaves the choice to it.
  const text = WORLD.replace("slateSize = 2", "slateSize = 3").replace(
    "return user.interest * document.quality",
    "return 1.5e308",
  );
  expect(await blocksHandedOver(await compileWorld(text), policies.first())).toBeGreaterThan(0);
});
