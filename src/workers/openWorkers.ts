import { reasonOf } from "../check/reasonOf.js";
import { escapeControls } from "../check/escapeControls.js";
import { kernelModule } from "../wasm/loadKernel.js";
import { PORTION_USERS, type Users } from "../statistics/blocks.js";
import { callersCode } from "../policies/runPolicy.js";
import type { BlockSource, Study } from "../studies/study.js";
import type { StudyBlock } from "../studies/studyBlock.js";
import { StudyWatch } from "../studies/studyWatch.js";
import { messageOf } from "./message.js";
import { blocksOf } from "./portionAnswer.js";
import type { WorkerPool } from "./workerPool.js";

/** User-steps for which a thread of its own is worth its start, which takes about as long. */
const STEPS_WORTH_A_THREAD = 4_000_000;

/** A portion whose worker dies is lived anew, until it was tried so many times. */
const ATTEMPTS = 3;

/** Workers for a study of those users; undefined where the calling thread does as well, or is the only one that can. */
export async function openWorkers(
  study: Study,
  { users }: Users,
  workers: number | "auto",
): Promise<BlockSource | undefined> {
  const message = messageOf(study);
  if (workers === 1 || message === undefined) return undefined;
  const steps = users * study.steps * study.contenders.length;
  if (workers === "auto" && steps < 2 * STEPS_WORTH_A_THREAD) return undefined;
  const { coreCount, openPool } = await import("#workerPool");
  const wanted = workers === "auto" ? Math.min(coreCount(), Math.floor(steps / STEPS_WORTH_A_THREAD)) : workers;
  const threads = Math.min(wanted, Math.ceil(users / PORTION_USERS));
  if (threads === 1) return undefined;
  const pool = openPool({ study: message, kernel: await kernelModule() }, threads);
  const watch = new StudyWatch(study.contenders); // of modules that are loaded here, too
  return {
    width: threads,
    live: async (portion) => {
      const blocks = await liveOrRetry(pool, study, portion);
      watch.throwFailure();
      return blocks;
    },
    close: () => {
      watch.end();
      return pool.close();
    },
  };
}

async function liveOrRetry(pool: WorkerPool, study: Study, portion: Users): Promise<readonly StudyBlock[]> {
  for (let attempt = 1; ; attempt++) {
    const answer = await pool.run(portion).catch((death: unknown) => {
      if (attempt === ATTEMPTS) throw givenUp(study, portion, death);
    });
    if (answer !== undefined) return blocksOf(answer);
  }
}

function givenUp({ contenders }: Study, { firstUser, users }: Users, death: unknown): Error {
  const owners = new Set(contenders.map(({ world, policy }) => callersCode(world, policy)));
  const named = [...owners].filter((owner) => owner !== undefined).join(", ");
  const range = `users ${firstUser} to ${firstUser + users - 1}`;
  const failed = named === "" ? range : `${escapeControls(named)} failed for ${range}`;
  const reason = escapeControls(reasonOf(death));
  return new Error(`${failed}: the worker died ${ATTEMPTS} times, last of this: ${reason}`, { cause: death });
}
