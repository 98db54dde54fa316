import type { StoredStudy } from "../studies/blockStore.js";
import { callingThread, yieldNowAndThen } from "../studies/callingThread.js";
import { isRemoteWorkers, type RemoteWorkers } from "../studies/remoteWorkers.js";
import type { StoppingRule } from "../studies/stoppingRule.js";
import type { ChunkSimulator, Study, StudyChunk } from "../studies/study.js";
import { stepsIn } from "../studies/studyBlock.js";
import { StudyTotals } from "../studies/studyTotals.js";
import { chunksOf, type UserRange } from "../statistics/blocks.js";
import { openWorkers, type ThreadOptions } from "../workers/openWorkers.js";
import { blocksInOrder, type ChunkPause } from "./blocksInOrder.js";
import type { OnProgress } from "./options.js";

/** The threads of a study, or workers in other processes. */
export type WorkerChoice = Omit<ThreadOptions, "workers"> & {
  readonly workers: ThreadOptions["workers"] | RemoteWorkers;
};

export interface StudyControl extends WorkerChoice {
  /** Called from time to time, and at the end, with the number of users done. */
  readonly onProgress: OnProgress | undefined;
  readonly signal: AbortSignal | undefined;
  readonly blocks: StoredStudy | undefined;
  /** The study may end before all users are simulated. */
  readonly rule: StoppingRule | undefined;
}

export interface StudyOutcome {
  readonly totals: StudyTotals;
  /** Number of threads that simulated; 1 for the calling thread. */
  readonly workers: number;
  /** Users that were simulated, not read from the store, and the steps that they took under all variants. */
  readonly simulatedUsers: number;
  readonly userSteps: number;
  readonly ended: "enough" | "all" | "interrupted";
}

/**
 * Runs a study of those users block by block. Adds blocks in user order, whichever worker simulated them. Results, the stopping
 * point and any error are therefore independent of the number of workers; only the timing differs. An abort leaves the totals
 * of the users before the first unfinished block; without any, it rejects with the signal's reason.
 */
export async function runStudy(study: Study, users: UserRange, control: StudyControl): Promise<StudyOutcome> {
  const { blocks, rule } = control;
  const totals = new StudyTotals(study);
  let expected = users.users;
  const progress = new ProgressReport(control.onProgress);
  const report = (usersDone: number): void => progress.tell(usersDone, expected);
  const signal = control.signal ?? new AbortController().signal;
  const simulator = await openSimulator([study], users, control, signal, report);
  let [simulatedUsers, userSteps] = [0, 0];
  const end = (ended: StudyOutcome["ended"]): StudyOutcome => {
    return { totals, workers: simulator.width, simulatedUsers, userSteps, ended };
  };
  const yieldOften = yieldNowAndThen(signal);
  const pause: ChunkPause<UserRange> = ({ firstUser, users: count }) =>
    yieldOften(() => simulator.width === 1 && report(firstUser + count - users.firstUser));
  try {
    const supply = { simulator, storeOf: blocks && (() => blocks), pause };
    const chunks = chunksOf(users, rule !== undefined && study.estimator === "controlled");
    for await (const { block, kept } of blocksInOrder(supply, chunks, signal)) {
      totals.addBlock(block);
      if (!kept) [simulatedUsers, userSteps] = [simulatedUsers + block.users, userSteps + stepsIn(block)];
      if (rule?.isMet(totals)) return end("enough");
      if (rule) expected = Math.min(users.users, rule.usersNeeded(totals));
      if (simulator.width > 1) report(totals.users);
    }
    return end("all");
  } catch (error) {
    progress.throwFailure();
    if (!signal.aborted || error !== signal.reason || totals.users === 0) throw error;
    return end("interrupted");
  } finally {
    await simulator.close();
    expected = totals.users;
    report(totals.users);
  }
}

/** Opens the workers that were chosen, or the calling thread, for studies of those users. `report` is called with the users done, a study after another. */
export async function openSimulator(
  studies: readonly Study[],
  users: UserRange,
  { workers, workerUrl }: WorkerChoice,
  signal: AbortSignal,
  report: (usersDone: number) => void,
): Promise<ChunkSimulator> {
  signal.throwIfAborted();
  if (isRemoteWorkers(workers)) return workers.openSimulator(studies, users, signal);
  const pool = await openWorkers(studies, users, { workers, workerUrl });
  const onUsers = (nextUser: number, { study = 0 }: StudyChunk): void =>
    report(study * users.users + nextUser - users.firstUser);
  return pool ?? callingThread(studies, signal, onUsers);
}

/** Tells the caller's function how far a study is. */
export class ProgressReport {
  private readonly onProgress: OnProgress | undefined;
  private failure: { readonly error: unknown } | undefined;

  constructor(onProgress: OnProgress | undefined) {
    this.onProgress = onProgress;
  }

  tell(usersDone: number, usersExpected: number): void {
    try {
      this.onProgress?.(usersDone, Math.max(usersDone, usersExpected));
    } catch (error) {
      this.failure = { error };
      throw error;
    }
  }

  /** Throws what the function threw, if it did: it may abort at once, and then what it throws is what counts. */
  throwFailure(): void {
    if (this.failure !== undefined) throw this.failure.error;
  }
}
