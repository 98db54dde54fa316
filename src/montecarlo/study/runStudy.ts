import { cut, PORTION_USERS, type Users } from "../blockTotals.js";
import { openWorkers } from "../workers/openWorkers.js";
import type { OnProgress } from "../options.js";
import type { BlockStore } from "./blockStore.js";
import { callingThread, turnNowAndThen } from "./callingThread.js";
import type { PrecisionRule } from "./precision.js";
import type { BlockSource, Study } from "./study.js";
import type { StudyBlock } from "./studyBlock.js";
import { StudyTotals } from "./studyTotals.js";

/** Portions in hand for each that can be lived at once: while one is fetched the next is under way. */
const AHEAD = 2;

export interface StudyControl {
  /** How many threads; "auto" for as many as there are cores, where that is worth it. */
  readonly workers: number | "auto";
  /** Told from time to time, and at the end, how many users are done. */
  readonly onProgress: OnProgress | undefined;
  readonly signal: AbortSignal | undefined;
  readonly store: BlockStore | undefined;
  /** The study may end before all users are lived. */
  readonly rule: PrecisionRule | undefined;
}

export interface StudyOutcome {
  readonly totals: StudyTotals;
  /** How many of its users were lived now; the others were in the store. */
  readonly usersLived: number;
  /** Threads that lived it; 1 when that was the calling one. */
  readonly workers: number;
  readonly ended: "enough" | "all" | "interrupted";
}

/**
 * Lives a study of those users block by block. Blocks are added in their order whoever lived them, so everything but the time
 * is the same for any number of workers: also where it ends, and which error it ends with. An abort leaves the totals
 * of the users before the first unfinished block; without any, it rejects with the signal's reason.
 */
export async function runStudy(study: Study, users: Users, control: StudyControl): Promise<StudyOutcome> {
  const { store, rule } = control;
  const totals = new StudyTotals(study);
  let expected = users.users;
  const tell = (usersDone: number): void => control.onProgress?.(usersDone, Math.max(usersDone, expected));
  const signal = control.signal ?? new AbortController().signal;
  const source = await openSource(study, users, control.workers, signal, tell);
  const kept = { users: 0 };
  const end = (ended: StudyOutcome["ended"]): StudyOutcome => {
    return { totals, usersLived: totals.users - kept.users, workers: source.width, ended };
  };
  const turn = turnNowAndThen(signal);
  const rest: Rest = ({ firstUser, users: count }) =>
    turn(() => source.width === 1 && tell(firstUser + count - users.firstUser));
  try {
    for await (const block of blocksInOrder({ source, store, rest, kept }, users, signal)) {
      totals.addBlock(block);
      if (rule?.isMet(totals)) return end("enough");
      if (rule) expected = Math.min(users.users, rule.usersNeeded(totals));
      if (source.width > 1) tell(totals.users);
    }
    return end("all");
  } catch (error) {
    if (!signal.aborted || totals.users === 0) throw error;
    return end("interrupted");
  } finally {
    await source.close();
    expected = totals.users;
    tell(totals.users);
  }
}

async function openSource(
  study: Study,
  users: Users,
  workers: StudyControl["workers"],
  signal: AbortSignal,
  tell: (usersDone: number) => void,
): Promise<BlockSource> {
  signal.throwIfAborted();
  const pool = await openWorkers(study, users, workers);
  return pool ?? callingThread(study, signal, (nextUser) => tell(nextUser - users.firstUser));
}

/** Heard after a portion that was kept: a promise to wait for, or nothing. */
type Rest = (portion: Users) => Promise<void> | undefined;

interface Supply {
  readonly source: BlockSource;
  readonly store: BlockStore | undefined;
  readonly rest: Rest;
  /** How many of the users that were handed out came from the store. */
  readonly kept: { users: number };
}

/** Keeps a few portions under way and hands out their blocks in the order of the users. */
async function* blocksInOrder(supply: Supply, users: Users, signal: AbortSignal): AsyncGenerator<StudyBlock> {
  const { source, kept } = supply;
  const portions = cut(users, PORTION_USERS);
  const underWay: Promise<Supplied>[] = [];
  const most = source.width === 1 ? 1 : source.width * AHEAD;
  for (;;) {
    while (underWay.length < most) {
      const { value: portion } = portions.next();
      if (portion === undefined) break;
      const lived = livePortion(supply, portion);
      lived.catch(() => {}); // heard when its turn comes
      underWay.push(lived);
    }
    const next = underWay.shift();
    if (next === undefined) return;
    const { blocks, isKept } = await unlessAborted(next, signal);
    for (const block of blocks) {
      if (isKept) kept.users += block.users;
      yield block;
    }
  }
}

interface Supplied {
  readonly blocks: readonly StudyBlock[];
  readonly isKept: boolean;
}

/** What the store has of a portion is not lived again. */
async function livePortion({ source, store, rest }: Supply, portion: Users): Promise<Supplied> {
  const kept = await store?.read(portion);
  if (kept !== undefined) {
    await rest(portion); // nothing but files may be read for long
    return { blocks: kept, isKept: true };
  }
  const blocks = await source.live(portion);
  await store?.write(portion, blocks);
  return { blocks, isKept: false };
}

/** Ends as the work does, or at once with the signal's reason. A `Promise.race` would leave every block on the signal's promise. */
function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    if (signal.aborted) return abort();
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
