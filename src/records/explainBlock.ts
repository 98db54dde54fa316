import { enginesFor, type Engine } from "../engines/openEngine.js";
import type { Run } from "../montecarlo/run.js";
import { simulate } from "../montecarlo/simulate.js";
import { recordedName, recordedSteps, type RecordedStep } from "../montecarlo/tracedEpisodes.js";
import { metricsByName } from "../statistics/metrics.js";
import type { UserRange } from "../statistics/blocks.js";
import type { OpenedLock } from "./lockFile.js";

/** A user's step where two records of it differ. */
export interface Parting {
  readonly user: number;
  readonly step: number;
  /** "choice", the reward, or a number of the state after the step. */
  readonly field: string;
  readonly values: readonly [number, number];
}

/** How far a changed block could be followed. */
export interface Divergence {
  /** The first episode on record in the lock that is another now: as locked, and now. */
  readonly fromLock?: Parting;
  /** The first user of the block whose episode differs between the engines: by the kernel, and by the reference. */
  readonly betweenEngines?: Parting;
  /**
   * Whether the reference engine still simulates the block as it was locked, so that it is the kernel that has moved. Left out
   * for policies in TypeScript, as there are no two to compare.
   */
  readonly referenceAsLocked?: boolean;
}

/** Follows a changed block down to the first user and step of which both values can be had. */
export async function explainBlock(opened: OpenedLock, block: UserRange, locked: string): Promise<Divergence> {
  const fromLock = partingFromRecord(opened);
  const byEngines = enginesFor(opened.world, opened.policy, PLAIN).length > 1 && "rule" in opened.policy;
  return { ...(fromLock && { fromLock }), ...(byEngines && (await compareEngines(opened, block, locked))) };
}

async function compareEngines(opened: OpenedLock, block: UserRange, locked: string) {
  const reference = await digestOf(opened, block, "reference");
  const kernel = await digestOf(opened, block, "kernel");
  const betweenEngines = reference === kernel ? undefined : await firstBetweenEngines(opened, block);
  return { ...(betweenEngines && { betweenEngines }), referenceAsLocked: reference === locked };
}

/** Where the first episode on record is another now. */
export function partingFromRecord({ lock, world, policy }: OpenedLock): Parting | undefined {
  for (const { user, steps } of lock.lives) {
    const parting = firstParting(user, steps, recordedSteps(world, policy, lock, user), (place) =>
      recordedName(world, place),
    );
    if (parting !== undefined) return parting;
  }
  return undefined;
}

/** Locks are of runs without metrics of the caller's, discount or warm-up. */
const PLAIN = { moreMetrics: false, weighted: false };

function firstParting(
  user: number,
  a: readonly RecordedStep[],
  b: readonly RecordedStep[],
  nameOf: (place: number) => string,
): Parting | undefined {
  for (let step = 0; step < Math.max(a.length, b.length); step++) {
    const [numbers, others] = [a[step] ?? [], b[step] ?? []];
    for (let place = 0; place < Math.max(numbers.length, others.length); place++) {
      const values = [numbers[place] ?? NaN, others[place] ?? NaN] as const;
      if (!Object.is(...values)) return { user, step, field: nameOf(place), values };
    }
  }
  return undefined;
}

/** By halves: digests add up, so of two halves the first that differs holds the first user. */
async function firstBetweenEngines(opened: OpenedLock, block: UserRange): Promise<Parting | undefined> {
  let { firstUser, users } = block;
  while (users > 1) {
    const half = { firstUser, users: Math.floor(users / 2) };
    if (await enginesAgree(opened, half)) {
      firstUser += half.users;
      users -= half.users;
    } else users = half.users;
  }
  const episodes = await Promise.all(
    (["kernel", "reference"] as const).map((engine) => episodeBy(opened, firstUser, engine)),
  );
  return firstParting(firstUser, episodes[0]!, episodes[1]!, (place) => recordedName(opened.world, place));
}

async function enginesAgree(opened: OpenedLock, users: UserRange): Promise<boolean> {
  return (await digestOf(opened, users, "kernel")) === (await digestOf(opened, users, "reference"));
}

async function digestOf(opened: OpenedLock, users: UserRange, engine: Engine): Promise<string> {
  return (await runOf(opened, users, engine, opened.lock.steps)).digest;
}

/** One user's steps from runs of that user alone: the mean over one is the value itself. */
async function episodeBy(opened: OpenedLock, user: number, engine: Engine): Promise<RecordedStep[]> {
  const steps: RecordedStep[] = [];
  let clicks: readonly number[] = [];
  for (let taken = 1; taken <= opened.lock.steps; taken++) {
    const { metrics } = await runOf(opened, { firstUser: user, users: 1 }, engine, taken);
    const positions = [...metrics.clickPositions, metrics.noClicks];
    const choice = positions.findIndex((count, slot) => count > (clicks[slot] ?? 0));
    const values = opened.world.kernel!.stateMetrics.map((name) => metricsByName(metrics)[name]!.mean);
    steps.push([choice, metrics.perStep.reward.mean.at(-1)!, ...values]);
    clicks = positions;
  }
  return steps;
}

function runOf(
  { lock: { seed }, world, policy }: OpenedLock,
  users: UserRange,
  engine: Engine,
  steps: number,
): Promise<Run> {
  return simulate(world, policy, { ...users, seed, engine, steps });
}
