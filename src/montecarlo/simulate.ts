import { InvalidInput } from "../check/invalidInput.js";
import type { Policy } from "../policy/policy.js";
import { seedKey, seedText } from "../random/seedKey.js";
import type { World } from "../scenario/longTermSatisfaction/world.js";
import { SERIES_COLUMNS, type BlockEngine } from "./blockTotals.js";
import { kernelEngine } from "./kernelEngine.js";
import { runOptionMistakes, type RunOptions } from "./options.js";
import { referenceEngine } from "./referenceEngine.js";
import { blocksOf, finishRun, streamVersion, type Run, type RunHeader } from "./run.js";
import { RunTotals } from "./runTotals.js";

/** How long the event loop may be kept waiting, in milliseconds. */
const LONGEST_BUSY = 50;

/**
 * Lives `users` lives of a world under a policy and sums them up. The same arguments give the same bits on every machine
 * and with either engine; memory does not grow with `users`. Throws `InvalidInput` with every mistake at once.
 */
export async function simulate(world: World, policy: Policy, options: RunOptions): Promise<Run> {
  const mistakes = runOptionMistakes(world, policy, options);
  if (mistakes.length > 0) throw new InvalidInput(mistakes);
  const header = headerOf(world, policy, options);
  const start = performance.now();
  const engine = await openEngine(world, policy, options, header.steps);
  const totals = new RunTotals(world.parameters.slateSize, header.steps * SERIES_COLUMNS);
  let rested = start;
  for (const block of blocksOf(header.firstUser, header.users)) {
    totals.addBlock(engine(block.firstUser, block.users), block.users);
    if (performance.now() - rested < LONGEST_BUSY) continue;
    options.onProgress?.(totals.users);
    await new Promise((resume) => setTimeout(resume));
    rested = performance.now();
  }
  return finishRun(header, totals, (performance.now() - start) / 1000);
}

async function openEngine(world: World, policy: Policy, options: RunOptions, steps: number): Promise<BlockEngine> {
  const key = seedKey(options.seed);
  const open = options.engine === "reference" ? referenceEngine : kernelEngine;
  return open(world, policy, key, steps);
}

function headerOf(world: World, policy: Policy, options: RunOptions): RunHeader {
  const { scenario, parameters } = world;
  const { users, firstUser = 0, steps = parameters.timeBudget, seed, engine = "kernel" } = options;
  return {
    scenario,
    parameters,
    policy: policy.name,
    users,
    firstUser,
    steps,
    seed: seedText(seed),
    engine,
    streamVersion,
  };
}
