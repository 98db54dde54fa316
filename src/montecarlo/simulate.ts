import { InvalidInput } from "../check/invalidInput.js";
import type { Policy } from "../policy/policy.js";
import { seedKey, seedText } from "../random/seedKey.js";
import type { LongTermSatisfactionWorld } from "../scenario/longTermSatisfaction/world.js";
import { BLOCK_USERS, PART_USERS, SERIES_COLUMNS, type BlockEngine } from "./blockTotals.js";
import { kernelEngine } from "./kernelEngine.js";
import { runOptionMistakes, type RunOptions } from "./options.js";
import { referenceEngine } from "./referenceEngine.js";
import { streamVersion } from "../random/streamVersion.js";
import { finishRun, type Run, type RunHeader } from "./run.js";
import { RunTotals } from "./runTotals.js";

/** How long the event loop is kept waiting, in milliseconds, if one part of a block takes no longer. */
const LONGEST_BUSY = 50;

/**
 * Lives `users` lives of a world under a policy and sums them up. The same arguments give the same bits on every machine
 * and with either engine; memory does not grow with `users`. Throws `InvalidInput` with every mistake at once.
 */
export async function simulate(world: LongTermSatisfactionWorld, policy: Policy, options: RunOptions): Promise<Run> {
  const mistakes = runOptionMistakes(world, policy, options);
  if (mistakes.length > 0) throw new InvalidInput(mistakes);
  const header = headerOf(world, policy, options);
  const start = performance.now();
  const engine = await openEngine(world, policy, options, header.steps);
  const totals = new RunTotals(world.parameters.slateSize, header.steps * SERIES_COLUMNS);
  const rest = restNowAndThen(options.onProgress);
  for (const block of cut(header, BLOCK_USERS)) {
    engine.begin();
    for (const part of cut(block, PART_USERS)) {
      engine.live(part.firstUser, part.users);
      const pause = rest(part.firstUser + part.users - header.firstUser);
      if (pause) await pause; // awaiting nothing would cost a turn of the queue for every part
    }
    totals.addBlock(engine.totals(), block.users);
  }
  options.onProgress?.(totals.users);
  return finishRun(header, totals, (performance.now() - start) / 1000);
}

interface Users {
  readonly firstUser: number;
  readonly users: number;
}

/** Neighbouring groups of `size` users; the last may be smaller. */
function* cut({ firstUser, users }: Users, size: number): Generator<Users> {
  for (let done = 0; done < users; done += size) {
    yield { firstUser: firstUser + done, users: Math.min(size, users - done) };
  }
}

/** Lets the event loop turn, and tells how far the run is, once the last time was LONGEST_BUSY ago. */
function restNowAndThen(onProgress: RunOptions["onProgress"]): (usersDone: number) => Promise<void> | undefined {
  let rested = performance.now();
  return (usersDone) => {
    if (performance.now() - rested < LONGEST_BUSY) return undefined;
    onProgress?.(usersDone);
    return new Promise((resume) =>
      setTimeout(() => {
        rested = performance.now();
        resume();
      }),
    );
  };
}

async function openEngine(
  world: LongTermSatisfactionWorld,
  policy: Policy,
  options: RunOptions,
  steps: number,
): Promise<BlockEngine> {
  const key = seedKey(options.seed);
  const open = options.engine === "reference" ? referenceEngine : kernelEngine;
  return open(world, policy, key, steps);
}

function headerOf(world: LongTermSatisfactionWorld, policy: Policy, options: RunOptions): RunHeader {
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
