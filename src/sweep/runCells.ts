import { refuse } from "../check/refuse.js";
import { blocksInOrder } from "../montecarlo/blocksInOrder.js";
import type { ReadOptions } from "../montecarlo/options.js";
import { openSimulator, ProgressReport } from "../montecarlo/runStudy.js";
import { chunksOfAll, simulatePart } from "../montecarlo/simulatePart.js";
import { identityOf } from "../montecarlo/studyIdentity.js";
import type { Pace } from "../montecarlo/timing.js";
import type { UserRange } from "../statistics/blocks.js";
import { storedStudyMistakes, type BlockStore, type StoredStudy } from "../studies/blockStore.js";
import { yieldNowAndThen } from "../studies/callingThread.js";
import type { Study, StudyChunk } from "../studies/study.js";
import { stepsIn } from "../studies/studyBlock.js";
import { StudyTotals } from "../studies/studyTotals.js";

/** A chunk of the study at index `study`. */
type CellChunk = Required<StudyChunk>;

/** How far the studies of a sweep came. */
export interface CellsOutcome extends Omit<Pace, "seconds"> {
  readonly interrupted: boolean;
}

/**
 * Simulates the same users in every study, study after study, on one pool of workers, which takes chunks of the next study while the
 * last of one are under way. `onFinished` is called with each study's totals, in order. An abort ends it after the studies that are
 * finished; without any, it rejects with the signal's reason.
 */
export async function runCells(
  studies: readonly Study[],
  options: ReadOptions,
  onFinished: (place: number, totals: StudyTotals) => void,
): Promise<CellsOutcome> {
  const { firstUser = 0, users: count = 0, workers = 1, workerUrl, signal = new AbortController().signal } = options;
  const users = { firstUser, users: count };
  const all = { studies, users, endsEarly: false };
  await simulatePart(all, options.store, options);
  const progress = new ProgressReport(options.onProgress);
  const report = (done: number): void => progress.tell(done, studies.length * count);
  const simulator = await openSimulator(studies, users, { workers, workerUrl }, signal, report);
  const { storeOf, close } = storesOf(studies, firstUser, options.store);
  const yieldOften = yieldNowAndThen(signal);
  const pause = (chunk: CellChunk) => yieldOften(() => report(usersBefore(chunk, users)));
  let [finished, totals] = [0, new StudyTotals(studies[0]!)];
  let [simulatedUsers, userSteps] = [0, 0];
  const end = (interrupted: boolean): CellsOutcome => {
    return { interrupted, workers: simulator.width, simulatedUsers, userSteps };
  };
  try {
    const supply = { simulator, storeOf, pause };
    for await (const { block, kept } of blocksInOrder(supply, chunksOfAll(all), signal)) {
      totals.addBlock(block);
      if (!kept) [simulatedUsers, userSteps] = [simulatedUsers + block.users, userSteps + stepsIn(block)];
      if (simulator.width > 1) report(finished * count + totals.users);
      if (totals.users < count) continue;
      await close(finished, firstUser + count);
      onFinished(finished, totals);
      finished += 1;
      if (finished < studies.length) totals = new StudyTotals(studies[finished]!);
    }
    return end(false);
  } catch (error) {
    progress.throwFailure();
    if (!signal.aborted || error !== signal.reason || finished === 0) throw error;
    return end(true);
  } finally {
    await simulator.close();
  }
}

/** Returns the users of all studies that are done with a chunk. */
function usersBefore({ study, firstUser, users }: CellChunk, all: UserRange): number {
  return study * all.users + firstUser + users - all.firstUser;
}

/** Opens each study's blocks when its first chunk is asked for, and closes them when its last is done. */
function storesOf(studies: readonly Study[], firstUser: number, store: BlockStore | undefined) {
  if (store === undefined) return { storeOf: undefined, close: async () => {} };
  const opened = new Map<number, Promise<StoredStudy>>();
  const open = async (study: Study): Promise<StoredStudy> => {
    const blocks = await store.open(identityOf(study, firstUser));
    refuse(storedStudyMistakes(blocks));
    return blocks;
  };
  return {
    storeOf: ({ study }: CellChunk): Promise<StoredStudy> => {
      if (!opened.has(study)) opened.set(study, open(studies[study]!));
      return opened.get(study)!;
    },
    close: async (study: number, nextUser: number): Promise<void> => {
      await (await opened.get(study))?.close(nextUser);
      opened.delete(study);
    },
  };
}
