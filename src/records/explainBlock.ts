import { engineHere, type Engine } from "../engines/openEngine.js";
import type { Run } from "../montecarlo/run.js";
import { simulate } from "../montecarlo/simulate.js";
import { recordedName, recordedSteps, type RecordedStep } from "../montecarlo/tracedEpisodes.js";
import { metricsByName } from "../statistics/metrics.js";
import type { UserRange } from "../statistics/blocks.js";
import type { OpenedLock } from "./lockFile.js";

/** A user's step where two records of it differ. */
export interface StepDifference {
  readonly user: number;
  readonly step: number;
  /** "choice", the reward, or a number of the state after the step. */
  readonly field: string;
  readonly values: readonly [number, number];
}

/** Location of the first difference in a changed block, as far as it can be found. */
export interface Divergence {
  /** First difference in an episode that the lock records: as locked, and now. */
  readonly fromLock?: StepDifference;
  /** First user of the block whose episode differs between the engines: by the kernel, and by the reference. */
  readonly betweenEngines?: StepDifference;
  /**
   * Whether the reference engine still reproduces the locked block, so that the kernel has changed. Absent for policies in
   * TypeScript, which have one engine only.
   */
  readonly referenceAsLocked?: boolean;
}

/** Locates the first difference in a changed block: user, step, and both values. */
export async function explainBlock(opened: OpenedLock, block: UserRange, locked: string): Promise<Divergence> {
  const fromLock = differenceFromRecord(opened);
  const byEngines = "rule" in opened.policy && (await engineHere(opened.world, opened.policy, [])) === "kernel";
  return { ...(fromLock && { fromLock }), ...(byEngines && (await compareEngines(opened, block, locked))) };
}

async function compareEngines(opened: OpenedLock, block: UserRange, locked: string) {
  const reference = await digestOf(opened, block, "reference");
  const kernel = await digestOf(opened, block, "kernel");
  const betweenEngines = reference === kernel ? undefined : await firstBetweenEngines(opened, block);
  return { ...(betweenEngines && { betweenEngines }), referenceAsLocked: reference === locked };
}

/** Returns the first difference in an episode that the lock records. */
export function differenceFromRecord({ lock, world, policy }: OpenedLock): StepDifference | undefined {
  for (const { user, steps } of lock.lives) {
    const stepDifference = firstStepDifference(user, steps, recordedSteps(world, policy, lock, user), (place) =>
      recordedName(world, place),
    );
    if (stepDifference !== undefined) return stepDifference;
  }
  return undefined;
}

function firstStepDifference(
  user: number,
  a: readonly RecordedStep[],
  b: readonly RecordedStep[],
  nameOf: (place: number) => string,
): StepDifference | undefined {
  for (let step = 0; step < Math.max(a.length, b.length); step++) {
    const [numbers, others] = [a[step] ?? [], b[step] ?? []];
    for (let place = 0; place < Math.max(numbers.length, others.length); place++) {
      const values = [numbers[place] ?? NaN, others[place] ?? NaN] as const;
      if (!Object.is(...values)) return { user, step, field: nameOf(place), values };
    }
  }
  return undefined;
}

/** Bisects: digests add up, so the first of two halves that differs contains the first user. */
async function firstBetweenEngines(opened: OpenedLock, block: UserRange): Promise<StepDifference | undefined> {
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
  return firstStepDifference(firstUser, episodes[0]!, episodes[1]!, (place) => recordedName(opened.world, place));
}

async function enginesAgree(opened: OpenedLock, users: UserRange): Promise<boolean> {
  return (await digestOf(opened, users, "kernel")) === (await digestOf(opened, users, "reference"));
}

async function digestOf(opened: OpenedLock, users: UserRange, engine: Engine): Promise<string> {
  return (await runOf(opened, users, engine, opened.lock.steps)).digest;
}

/** Returns one user's steps from runs of that user alone: the mean over one user is the value itself. */
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
