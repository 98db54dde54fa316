import type { Users } from "../statistics/blocks.js";
import type { Run } from "../montecarlo/run.js";
import { enginesFor, type Engine } from "../policies/runPolicy.js";
import { simulate } from "../montecarlo/simulate.js";
import { lockedSteps, type LockedStep } from "./lock.js";
import type { OpenedLock } from "./lockFile.js";

/** A user's step where two tellings of it part. */
export interface Parting {
  readonly user: number;
  readonly step: number;
  readonly field: "choice" | "engagement" | "exposure";
  readonly values: readonly [number, number];
}

/** How far a changed block could be followed. */
export interface Divergence {
  /** The first life on record in the lock that is lived otherwise now: as locked, and now. */
  readonly fromLock?: Parting;
  /** The first user of the block whom the two engines lead differently: by the kernel, and by the reference. */
  readonly betweenEngines?: Parting;
  /**
   * Whether the reference engine still lives the block as it was locked, so that it is the kernel that has moved. Left out
   * for policies in TypeScript, which one engine alone lives.
   */
  readonly referenceAsLocked?: boolean;
}

/** Follows a changed block down to the first user and step of which both values can be had. */
export async function explainBlock(opened: OpenedLock, block: Users, locked: string): Promise<Divergence> {
  const fromLock = partingFromRecord(opened);
  const byEngines = enginesFor(opened.world, opened.policy).length > 1;
  return { ...(fromLock && { fromLock }), ...(byEngines && (await compareEngines(opened, block, locked))) };
}

async function compareEngines(opened: OpenedLock, block: Users, locked: string) {
  const reference = await digestOf(opened, block, "reference");
  const kernel = await digestOf(opened, block, "kernel");
  const betweenEngines = reference === kernel ? undefined : await firstBetweenEngines(opened, block);
  return { ...(betweenEngines && { betweenEngines }), referenceAsLocked: reference === locked };
}

/** Where the first life on record is lived otherwise now. */
export function partingFromRecord({ lock, world, policy }: OpenedLock): Parting | undefined {
  for (const { user, steps } of lock.lives) {
    const parting = firstParting(user, steps, lockedSteps(world, policy, lock, user));
    if (parting !== undefined) return parting;
  }
  return undefined;
}

const FIELDS = ["choice", "engagement", "exposure"] as const;

function firstParting(user: number, a: readonly LockedStep[], b: readonly LockedStep[]): Parting | undefined {
  for (let step = 0; step < Math.min(a.length, b.length); step++) {
    for (const [at, field] of FIELDS.entries()) {
      const values = [a[step]![at]!, b[step]![at]!] as const;
      if (!Object.is(...values)) return { user, step, field, values };
    }
  }
  return undefined;
}

/** By halves: digests add up, so of two halves the first that differs holds the first user. */
async function firstBetweenEngines(opened: OpenedLock, block: Users): Promise<Parting | undefined> {
  let { firstUser, users } = block;
  while (users > 1) {
    const half = { firstUser, users: Math.floor(users / 2) };
    if (await enginesAgree(opened, half)) {
      firstUser += half.users;
      users -= half.users;
    } else users = half.users;
  }
  const lives = await Promise.all(
    (["kernel", "reference"] as const).map((engine) => lifeBy(opened, firstUser, engine)),
  );
  return firstParting(firstUser, lives[0]!, lives[1]!);
}

async function enginesAgree(opened: OpenedLock, users: Users): Promise<boolean> {
  return (await digestOf(opened, users, "kernel")) === (await digestOf(opened, users, "reference"));
}

async function digestOf(opened: OpenedLock, users: Users, engine: Engine): Promise<string> {
  return (await runOf(opened, users, engine, opened.lock.steps)).digest;
}

/** One user's steps as runs of that user alone tell them: the mean over one is the value itself. */
async function lifeBy(opened: OpenedLock, user: number, engine: Engine): Promise<LockedStep[]> {
  const steps: LockedStep[] = [];
  let clicks: readonly number[] = [];
  for (let lived = 1; lived <= opened.lock.steps; lived++) {
    const { metrics } = await runOf(opened, { firstUser: user, users: 1 }, engine, lived);
    const positions = [...metrics.clickPositions, metrics.noClicks];
    const choice = positions.findIndex((count, slot) => count > (clicks[slot] ?? 0));
    steps.push([choice, metrics.perStep.engagement.mean.at(-1)!, metrics.finalExposure.mean]);
    clicks = positions;
  }
  return steps;
}

function runOf(
  { lock: { seed }, world, policy }: OpenedLock,
  users: Users,
  engine: Engine,
  steps: number,
): Promise<Run> {
  return simulate(world, policy, { ...users, seed, engine, steps });
}
