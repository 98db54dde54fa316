import { reasonOf } from "../check/reasonOf.js";
import { escapeControls } from "../check/escapeControls.js";
import { CHUNK_USERS, type UserRange } from "../statistics/blocks.js";
import type { ChunkSimulator, Study, StudyChunk, StudyVariant } from "../studies/study.js";
import type { StudyBlock } from "../studies/studyBlock.js";
import { StudyWatch, userCode } from "../studies/studyWatch.js";
import { isBatchPolicy } from "../world/policy.js";
import { messageForThread } from "./message.js";
import { blocksOf, type SentStudy } from "./chunkAnswer.js";
import type { WorkerPool } from "./workerPool.js";

/** User-steps of a built-in policy in the kernel for which a further thread is worth its start, which takes about as long. */
const STEPS_WORTH_A_THREAD = 4_000_000;
/** How many such steps one takes as long as whose slates come from TypeScript, or that is simulated in TypeScript. */
const [TYPESCRIPT_SLATES, REFERENCE_ENGINE] = [10, 60];

/** Maximal number of attempts for a chunk whose worker dies. */
const ATTEMPTS = 3;

/** How many threads simulate a study. */
export interface ThreadOptions {
  /** Number of threads; "auto" for as many as there are cores, if that is worth their start. */
  readonly workers: number | "auto";
  /** Address of the workers' first file in a page. Default: the package's own. */
  readonly workerUrl?: string | undefined;
}

/**
 * Opens workers for studies of those users; undefined if the calling thread is as fast, or is the only one that can simulate them: also
 * where workers cannot be started and nobody asked for a number of them.
 */
export async function openWorkers(
  studies: readonly Study[],
  { users }: UserRange,
  { workers, workerUrl }: ThreadOptions,
): Promise<ChunkSimulator | undefined> {
  if (workers === 1) return undefined;
  const steps = users * studies.reduce((sum, study) => sum + stepCost(study), 0);
  if (workers === "auto" && steps < 2 * STEPS_WORTH_A_THREAD) return undefined;
  const { coreCount, openPool } = await import("#workerPool");
  const wanted = workers === "auto" ? Math.min(coreCount(), Math.floor(steps / STEPS_WORTH_A_THREAD)) : workers;
  const threads = Math.min(wanted, studies.length * Math.ceil(users / CHUNK_USERS));
  const sent = threads === 1 ? undefined : await sentStudies(studies);
  if (sent === undefined) return undefined;
  const pool = await opened(() => openPool({ studies: sent }, threads, workerUrl), workers);
  return pool && simulatorOf(pool, studies, threads);
}

/** Opens that many threads for studies, also a single one. Rejects if a study cannot be sent to a thread. */
export async function openThreadPool(studies: readonly Study[], threads: number): Promise<ChunkSimulator> {
  const sent = await sentStudies(studies);
  if (sent === undefined) throw new Error("the studies have functions that no module exports");
  const { openPool } = await import("#workerPool");
  return simulatorOf(await openPool({ studies: sent }, threads, undefined), studies, threads);
}

function simulatorOf(pool: WorkerPool, studies: readonly Study[], threads: number): ChunkSimulator {
  const watch = new StudyWatch({ variants: studies.flatMap(({ variants }) => variants), metrics: [] }); // of modules loaded here, too
  return {
    width: threads,
    simulate: async (chunk) => {
      const blocks = await simulateOrRetry(pool, studies[chunk.study ?? 0]!, chunk);
      watch.throwFailure();
      return blocks;
    },
    close: () => {
      watch.end();
      return pool.close();
    },
  };
}

/** Returns the pool; undefined, with a warning, if it cannot be opened and nobody asked for a number of threads. */
async function opened(
  open: () => WorkerPool | Promise<WorkerPool>,
  workers: ThreadOptions["workers"],
): Promise<WorkerPool | undefined> {
  try {
    return await open();
  } catch (error) {
    if (workers !== "auto") throw error;
    console.warn(`slatesim simulates in one thread: ${reasonOf(error)}`); // oxlint-disable-line no-console -- it is for developers
    return undefined;
  }
}

/** How long a step of a user takes under all variants. */
function stepCost({ steps, variants }: Study): number {
  return steps * variants.reduce((sum, variant) => sum + costOf(variant), 0);
}

/** How long a step of a variant takes, in steps of a built-in policy in the kernel. */
function costOf({ engine, policy }: StudyVariant): number {
  if (engine === "reference") return REFERENCE_ENGINE;
  return isBatchPolicy(policy) ? TYPESCRIPT_SLATES : 1;
}

async function simulateOrRetry(pool: WorkerPool, study: Study, chunk: StudyChunk): Promise<readonly StudyBlock[]> {
  for (let attempt = 1; ; attempt++) {
    const answer = await pool.run(chunk).catch((death: unknown) => {
      if (attempt === ATTEMPTS) throw givenUp(study, chunk, death);
    });
    if (answer !== undefined) return blocksOf(answer);
  }
}

/** Serialises the studies, all of them or none. */
async function sentStudies(studies: readonly Study[]): Promise<SentStudy[] | undefined> {
  const sent: SentStudy[] = [];
  for (const each of studies) {
    const study = await messageForThread(each);
    if (study === undefined) return undefined;
    sent.push({ study, kernels: await kernelsOf(each) });
  }
  return sent;
}

/** Compiles the kernels once for all workers. */
function kernelsOf({ variants }: Study): Promise<(WebAssembly.Module | undefined)[]> {
  return Promise.all(variants.map(({ world, engine }) => (engine === "kernel" ? world.kernel!.compile() : undefined)));
}

function givenUp({ variants }: Study, { firstUser, users }: UserRange, death: unknown): Error {
  const owners = new Set(variants.map(userCode));
  const named = [...owners].filter((owner) => owner !== undefined).join(", ");
  const range = `users ${firstUser} to ${firstUser + users - 1}`;
  const failed = named === "" ? range : `${escapeControls(named)} failed for ${range}`;
  const reason = escapeControls(reasonOf(death));
  return new Error(`${failed}: the worker died ${ATTEMPTS} times, last of this: ${reason}`, { cause: death });
}
