import { refuse } from "../check/refuse.js";
import { seedText } from "../random/seedKey.js";
import { streamVersion } from "../random/streamVersion.js";
import { LongTermSatisfactionWorld } from "../scenario/longTermSatisfaction/world.js";
import type { World } from "../scenario/world.js";
import { BLOCK_USERS, cut, SERIES_COLUMNS, type BlockEngine } from "./blockTotals.js";
import { openLtsEngine, openOwnEngine } from "./openEngine.js";
import { runOptionMistakes, type RunOptions } from "./options.js";
import { finishOwnRun, type OwnRun, type OwnRunHeader } from "./ownRun.js";
import { finishRun, type Run, type RunHeader } from "./run.js";
import { enginesFor, type Engine, type LtsRunPolicy, type OwnRunPolicy, type RunPolicy } from "./runPolicy.js";
import { OwnTotals, RunTotals } from "./runTotals.js";

/** How long the event loop is kept waiting, in milliseconds, if one part of a block takes no longer. */
const LONGEST_BUSY = 50;

/**
 * Lives `users` lives of a world under a policy and sums them up. The same arguments give the same bits on every machine
 * and with either engine; memory does not grow with `users`. Rejects with `InvalidInput`, every mistake at once; a policy of the
 * caller's that throws, or leaves illegal slates, ends the run with an error that names user and step.
 */
export async function simulate(
  world: LongTermSatisfactionWorld,
  policy: LtsRunPolicy,
  options: RunOptions,
): Promise<Run>;
export async function simulate<User, Shown, Response>(
  world: World<User, Shown, Response>,
  policy: OwnRunPolicy<User, Shown, Response>,
  options: RunOptions,
): Promise<OwnRun>;
export async function simulate(world: World, policy: RunPolicy, options: RunOptions): Promise<Run | OwnRun> {
  refuse(runOptionMistakes(world, policy, options));
  const start = performance.now();
  const extent = extentOf(world, policy, options);
  const spent = (): number => (performance.now() - start) / 1000;
  if (world instanceof LongTermSatisfactionWorld) {
    const header = headerOf(world, extent, options.engine ?? enginesFor(world, policy)[0]!);
    const engine = await openLtsEngine(world, policy as LtsRunPolicy, header);
    const totals = new RunTotals(world.slateSize, extent.steps * SERIES_COLUMNS);
    await liveAll(extent, engine, totals, options.onProgress);
    return finishRun(header, totals, spent());
  }
  const engine = openOwnEngine(world, policy as OwnRunPolicy, extent);
  const totals = new OwnTotals(world.slateSize, extent.steps);
  await liveAll(extent, engine, totals, options.onProgress);
  const { scenario, ...rest } = extent;
  return finishOwnRun({ scenario, world: world.hash, ...rest }, totals, spent());
}

/** In the order in which it is written out. */
function headerOf({ parameters }: LongTermSatisfactionWorld, extent: Extent, engine: Engine): RunHeader {
  const { scenario, policy, users, firstUser, steps, seed } = extent;
  return { scenario, parameters, policy, users, firstUser, steps, seed, engine, streamVersion };
}

/** What the headers of all runs have. */
type Extent = Omit<OwnRunHeader, "world">;

function extentOf(world: World, policy: RunPolicy, options: RunOptions): Extent {
  const { users, firstUser = 0, steps = world.timeBudget, seed } = options;
  const { scenario } = world;
  return { scenario, policy: policy.name, users, firstUser, steps, seed: seedText(seed), streamVersion };
}

/** Lives all users, block by block, and rests now and then. */
async function liveAll<Totals>(
  extent: Extent,
  engine: BlockEngine<Totals>,
  totals: { readonly users: number; addBlock(block: Totals, users: number): void },
  onProgress: RunOptions["onProgress"],
): Promise<void> {
  const rest = restNowAndThen(onProgress);
  for (const block of cut(extent, BLOCK_USERS)) {
    engine.begin();
    for (const part of cut(block, engine.partUsers)) {
      engine.live(part.firstUser, part.users);
      const pause = rest(part.firstUser + part.users - extent.firstUser);
      if (pause) await pause; // awaiting nothing would cost a turn of the queue for every part
    }
    totals.addBlock(engine.totals(), block.users);
  }
  onProgress?.(totals.users);
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
