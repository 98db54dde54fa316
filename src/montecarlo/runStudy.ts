import { refuse } from "../check/refuse.js";
import { storedBlocksMistake, type StoredStudy } from "../studies/blockStore.js";
import { callingThread, yieldNowAndThen } from "../studies/callingThread.js";
import type { StoppingRule } from "../studies/stoppingRule.js";
import type { ChunkSimulator, Study } from "../studies/study.js";
import { stepsIn, type StudyBlock } from "../studies/studyBlock.js";
import { StudyTotals } from "../studies/studyTotals.js";
import { chunksOf, type UserRange } from "../statistics/blocks.js";
import { openWorkers, type ThreadOptions } from "../workers/openWorkers.js";
import type { OnProgress } from "./options.js";

/** Chunks requested for each one that can be simulated at once: while one is fetched, the next is being simulated. */
const QUEUE_DEPTH = 2;

export interface StudyControl extends ThreadOptions {
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
  let thrown: { readonly error: unknown } | undefined; // `onProgress` may abort and throw at once: what it throws is what counts
  const report = (usersDone: number): void => {
    try {
      control.onProgress?.(usersDone, Math.max(usersDone, expected));
    } catch (error) {
      thrown = { error };
      throw error;
    }
  };
  const signal = control.signal ?? new AbortController().signal;
  const simulator = await openSimulator(study, users, control, signal, report);
  let [simulatedUsers, userSteps] = [0, 0];
  const end = (ended: StudyOutcome["ended"]): StudyOutcome => {
    return { totals, workers: simulator.width, simulatedUsers, userSteps, ended };
  };
  const yieldOften = yieldNowAndThen(signal);
  const pause: ChunkPause = ({ firstUser, users: count }) =>
    yieldOften(() => simulator.width === 1 && report(firstUser + count - users.firstUser));
  try {
    const chunks = chunksOf(users, rule !== undefined && study.estimator === "controlled");
    for await (const { block, kept } of blocksInOrder({ simulator, blocks, pause }, chunks, signal)) {
      totals.addBlock(block);
      if (!kept) [simulatedUsers, userSteps] = [simulatedUsers + block.users, userSteps + stepsIn(block)];
      if (rule?.isMet(totals)) return end("enough");
      if (rule) expected = Math.min(users.users, rule.usersNeeded(totals));
      if (simulator.width > 1) report(totals.users);
    }
    return end("all");
  } catch (error) {
    if (thrown !== undefined) throw thrown.error;
    if (!signal.aborted || error !== signal.reason || totals.users === 0) throw error;
    return end("interrupted");
  } finally {
    await simulator.close();
    expected = totals.users;
    report(totals.users);
  }
}

async function openSimulator(
  study: Study,
  users: UserRange,
  threads: ThreadOptions,
  signal: AbortSignal,
  report: (usersDone: number) => void,
): Promise<ChunkSimulator> {
  signal.throwIfAborted();
  const pool = await openWorkers(study, users, threads);
  return pool ?? callingThread(study, signal, (nextUser) => report(nextUser - users.firstUser));
}

/** Called after a chunk that the store had kept; returns a promise to wait for, or nothing. */
type ChunkPause = (chunk: UserRange) => Promise<void> | undefined;

export interface Supply {
  readonly simulator: ChunkSimulator;
  readonly blocks: StoredStudy | undefined;
  readonly pause: ChunkPause | undefined;
}

/** A chunk's blocks, and whether the store had kept them. */
interface SuppliedChunk {
  readonly blocks: readonly StudyBlock[];
  readonly kept: boolean;
}

interface SuppliedBlock {
  readonly block: StudyBlock;
  readonly kept: boolean;
}

/** Requests a few chunks ahead and returns their blocks in the order of the chunks. */
export async function* blocksInOrder(
  supply: Supply,
  chunks: Iterator<UserRange>,
  signal: AbortSignal,
): AsyncGenerator<SuppliedBlock> {
  const { simulator } = supply;
  const underWay: Promise<SuppliedChunk>[] = [];
  const most = simulator.width === 1 ? 1 : simulator.width * QUEUE_DEPTH;
  for (;;) {
    while (underWay.length < most) {
      const { value: chunk, done } = chunks.next();
      if (done === true) break;
      const supplied = supplyChunk(supply, chunk);
      supplied.catch(() => {}); // reported when its turn comes
      underWay.push(supplied);
    }
    const next = underWay.shift();
    if (next === undefined) return;
    const { blocks, kept } = await unlessAborted(next, signal);
    for (const block of blocks) yield { block, kept };
  }
}

/** Reads a chunk from the store, or simulates it. */
async function supplyChunk({ simulator, blocks: stored, pause }: Supply, chunk: UserRange): Promise<SuppliedChunk> {
  const found = await stored?.read(chunk);
  if (found !== undefined) {
    refuse([storedBlocksMistake(found, chunk.users)]);
    await pause?.(chunk); // for a long time, only files may be read
    return { blocks: found, kept: true };
  }
  const blocks = await simulator.simulate(chunk);
  await stored?.write(chunk, blocks);
  return { blocks, kept: false };
}

/** Ends with the work, or at once with the signal's reason. A `Promise.race` would keep every block reachable from the signal's promise. */
function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    if (signal.aborted) return abort();
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
