import { refuse } from "../check/refuse.js";
import { storedBlocksMistake, type StoredStudy } from "../studies/blockStore.js";
import type { ChunkSimulator, StudyChunk } from "../studies/study.js";
import type { StudyBlock } from "../studies/studyBlock.js";

/** Chunks requested for each one that can be simulated at once: while one is fetched, the next is being simulated. */
const QUEUE_DEPTH = 2;

/** Called after a chunk that the store had kept; returns a promise to wait for, or nothing. */
export type ChunkPause<Chunk> = (chunk: Chunk) => Promise<void> | undefined;

export interface Supply<Chunk extends StudyChunk> {
  readonly simulator: ChunkSimulator;
  /** Returns what keeps the blocks of the chunk's study. */
  readonly storeOf?: ((chunk: Chunk) => StoredStudy | Promise<StoredStudy> | undefined) | undefined;
  readonly pause?: ChunkPause<Chunk>;
}

/** A chunk's blocks, and whether the store had kept them. */
interface SuppliedChunk {
  readonly blocks: readonly StudyBlock[];
  readonly kept: boolean;
}

interface SuppliedBlock<Chunk> {
  readonly chunk: Chunk;
  readonly block: StudyBlock;
  readonly kept: boolean;
}

/** Requests a few chunks ahead and returns their blocks in the order of the chunks. */
export async function* blocksInOrder<Chunk extends StudyChunk>(
  supply: Supply<Chunk>,
  chunks: Iterator<Chunk>,
  signal: AbortSignal,
): AsyncGenerator<SuppliedBlock<Chunk>> {
  const { simulator } = supply;
  const underWay: { readonly chunk: Chunk; readonly supplied: Promise<SuppliedChunk> }[] = [];
  const most = (): number => (simulator.width === 1 ? 1 : simulator.width * QUEUE_DEPTH);
  for (;;) {
    while (underWay.length < most()) {
      const { value: chunk, done } = chunks.next();
      if (done === true) break;
      const supplied = supplyChunk(supply, chunk);
      supplied.catch(() => {}); // reported when its turn comes
      underWay.push({ chunk, supplied });
    }
    const next = underWay.shift();
    if (next === undefined) return;
    const { blocks, kept } = await unlessAborted(next.supplied, signal);
    for (const block of blocks) yield { chunk: next.chunk, block, kept };
  }
}

/** Reads a chunk from the store, or simulates it. */
async function supplyChunk<Chunk extends StudyChunk>(
  { simulator, storeOf, pause }: Supply<Chunk>,
  chunk: Chunk,
): Promise<SuppliedChunk> {
  const stored = await storeOf?.(chunk);
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
