import { chunksOf, type UserRange } from "../statistics/blocks.js";
import { PartIsStored, type BlockStore, type StudiesPart } from "../studies/blockStore.js";
import type { Study, StudyChunk } from "../studies/study.js";
import type { StudyBlock } from "../studies/studyBlock.js";
import { blocksInOrder } from "./blocksInOrder.js";
import type { ReadOptions } from "./options.js";
import { identityOf } from "./studyIdentity.js";
import { openSimulator, ProgressReport } from "./runStudy.js";

/** Studies of the same users, one after another. */
export interface StudyList {
  readonly studies: readonly Study[];
  readonly users: UserRange;
  /** Whether a precision may end the study before its last chunk. */
  readonly endsEarly: boolean;
}

/** Returns the chunks of all studies, study after study. */
export function* chunksOfAll({ studies, users, endsEarly }: StudyList): Generator<Required<StudyChunk>> {
  for (const [study, { estimator }] of studies.entries())
    for (const chunk of chunksOf(users, endsEarly && estimator === "controlled")) yield { ...chunk, study };
}

/**
 * Simulates the chunks that a store takes part in, and hands it their blocks in order. Rejects with `PartIsStored` when all are there,
 * and with the signal's reason when it is aborted: a part is there whole or not at all. Does nothing for a store of whole studies.
 */
export async function simulatePart(
  list: StudyList,
  store: BlockStore | undefined,
  options: ReadOptions,
): Promise<void> {
  if (store?.openPart === undefined) return;
  const { studies, users, endsEarly } = list;
  const identities = studies.map((study) => identityOf(study, users.firstUser));
  const part = store.openPart({ identities, chunks: [...chunksOfAll(list)], users: users.users, endsEarly });
  if (part.chunks.length > 0) await simulateChunks(studies, part, options);
  throw new PartIsStored();
}

async function simulateChunks(
  studies: readonly Study[],
  part: StudiesPart,
  { workers = 1, workerUrl, signal = new AbortController().signal, onProgress }: ReadOptions,
): Promise<void> {
  const { chunks } = part;
  const total = chunks.reduce((sum, { users }) => sum + users, 0);
  const progress = new ProgressReport(onProgress);
  let done = 0;
  const report = (): void => progress.tell(done, total);
  const perStudy = { firstUser: chunks[0]!.firstUser, users: Math.ceil(total / studies.length) };
  const simulator = await openSimulator(studies, perStudy, { workers, workerUrl }, signal, report);
  try {
    let blocks: StudyBlock[] = [];
    let missing = 0;
    for await (const { chunk, block } of blocksInOrder({ simulator }, chunks.values(), signal)) {
      if (missing === 0) [blocks, missing] = [[], chunk.users];
      blocks.push(block);
      missing -= block.users;
      if (missing > 0) continue;
      part.write(chunk, blocks);
      done += chunk.users;
      report();
    }
  } catch (error) {
    progress.throwFailure();
    throw error;
  } finally {
    await simulator.close();
  }
}
