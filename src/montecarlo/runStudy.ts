import { refuse } from "../check/refuse.js";
import { cut, PORTION_USERS, type Users } from "../statistics/blocks.js";
import { openWorkers } from "../workers/openWorkers.js";
import type { OnProgress } from "./options.js";
import { storedBlocksMistake, type StoredStudy } from "../studies/blockStore.js";
import { callingThread, turnNowAndThen } from "../studies/callingThread.js";
import type { PrecisionRule } from "../studies/precision.js";
import type { BlockSource, Study } from "../studies/study.js";
import { stepsIn, type StudyBlock } from "../studies/studyBlock.js";
import { StudyTotals } from "../studies/studyTotals.js";

/** Portions in hand for each that can be lived at once: while one is fetched the next is under way. */
const AHEAD = 2;

export interface StudyControl {
  /** How many threads; "auto" for as many as there are cores, where that is worth it. */
  readonly workers: number | "auto";
  /** Told from time to time, and at the end, how many users are done. */
  readonly onProgress: OnProgress | undefined;
  readonly signal: AbortSignal | undefined;
  readonly blocks: StoredStudy | undefined;
  /** The study may end before all users are lived. */
  readonly rule: PrecisionRule | undefined;
}

export interface StudyOutcome {
  readonly totals: StudyTotals;
  /** Threads that lived it; 1 when that was the calling one. */
  readonly workers: number;
  /** Users of the totals that were lived now, not read from the store, and the steps that they lived under all contenders. */
  readonly simulatedUsers: number;
  readonly userSteps: number;
  readonly ended: "enough" | "all" | "interrupted";
}

/**
 * Lives a study of those users block by block. Blocks are added in their order whoever lived them, so everything but the time
 * is the same for any number of workers: also where it ends, and which error it ends with. An abort leaves the totals
 * of the users before the first unfinished block; without any, it rejects with the signal's reason.
 */
export async function runStudy(study: Study, users: Users, control: StudyControl): Promise<StudyOutcome> {
  const { blocks, rule } = control;
  const totals = new StudyTotals(study);
  let expected = users.users;
  let unheard: { readonly error: unknown } | undefined; // whoever watches may abort and fail at once: the failure is what counts
  const tell = (usersDone: number): void => {
    try {
      control.onProgress?.(usersDone, Math.max(usersDone, expected));
    } catch (error) {
      unheard = { error };
      throw error;
    }
  };
  const signal = control.signal ?? new AbortController().signal;
  const source = await openSource(study, users, control.workers, signal, tell);
  let [simulatedUsers, userSteps] = [0, 0];
  const end = (ended: StudyOutcome["ended"]): StudyOutcome => {
    return { totals, workers: source.width, simulatedUsers, userSteps, ended };
  };
  const turn = turnNowAndThen(signal);
  const rest: Rest = ({ firstUser, users: count }) =>
    turn(() => source.width === 1 && tell(firstUser + count - users.firstUser));
  try {
    for await (const { block, kept } of blocksInOrder({ source, blocks, rest }, cut(users, PORTION_USERS), signal)) {
      totals.addBlock(block);
      if (!kept) [simulatedUsers, userSteps] = [simulatedUsers + block.users, userSteps + stepsIn(block, study.steps)];
      if (rule?.isMet(totals)) return end("enough");
      if (rule) expected = Math.min(users.users, rule.usersNeeded(totals));
      if (source.width > 1) tell(totals.users);
    }
    return end("all");
  } catch (error) {
    if (unheard !== undefined) throw unheard.error;
    if (!signal.aborted || error !== signal.reason || totals.users === 0) throw error;
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

export interface Supply {
  readonly source: BlockSource;
  readonly blocks: StoredStudy | undefined;
  readonly rest: Rest | undefined;
}

/** A portion's blocks, and whether the store had kept them. */
interface Lived {
  readonly blocks: readonly StudyBlock[];
  readonly kept: boolean;
}

interface SuppliedBlock {
  readonly block: StudyBlock;
  readonly kept: boolean;
}

/** Keeps a few portions under way and hands out their blocks in the order of the portions. */
export async function* blocksInOrder(
  supply: Supply,
  portions: Iterator<Users>,
  signal: AbortSignal,
): AsyncGenerator<SuppliedBlock> {
  const { source } = supply;
  const underWay: Promise<Lived>[] = [];
  const most = source.width === 1 ? 1 : source.width * AHEAD;
  for (;;) {
    while (underWay.length < most) {
      const { value: portion, done } = portions.next();
      if (done === true) break;
      const lived = livePortion(supply, portion);
      lived.catch(() => {}); // heard when its turn comes
      underWay.push(lived);
    }
    const next = underWay.shift();
    if (next === undefined) return;
    const { blocks, kept } = await unlessAborted(next, signal);
    for (const block of blocks) yield { block, kept };
  }
}

/** What the store has of a portion is not lived again. */
async function livePortion({ source, blocks: stored, rest }: Supply, portion: Users): Promise<Lived> {
  const found = await stored?.read(portion);
  if (found !== undefined) {
    refuse([storedBlocksMistake(found, portion.users)]);
    await rest?.(portion); // nothing but files may be read for long
    return { blocks: found, kept: true };
  }
  const blocks = await source.live(portion);
  await stored?.write(portion, blocks);
  return { blocks, kept: false };
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
