import { setImmediate as turn } from "node:timers/promises";
import { expectedMistake, numberMistake, objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { uint64 } from "../numeric/uint64.js";
import { onProgressMistake, signalMistake, workersMistake } from "../montecarlo/optionMistakes.js";
import { demandOf, type RunOptions } from "../montecarlo/options.js";
import { runOptionsOnce } from "../montecarlo/optionsOnce.js";
import { BLOCK_USERS, CHUNK_USERS, splitUsers, type UserRange } from "../statistics/blocks.js";
import { simulate } from "../montecarlo/simulate.js";
import { callingThread } from "../studies/callingThread.js";
import { blocksInOrder } from "../montecarlo/blocksInOrder.js";
import { variantOf, type Study } from "../studies/study.js";
import { digestText } from "../statistics/userDigest.js";
import { openWorkers } from "../workers/openWorkers.js";
import { streamVersion } from "../random/streamVersion.js";
import { worldMistake } from "../world/world.js";
import { BlockDigests } from "./blockDigests.js";
import { evenly } from "./evenly.js";
import { explainBlock, differenceFromRecord, type Divergence, type StepDifference } from "./explainBlock.js";
import { kernelOf, meansOf, type Lock } from "./lock.js";
import type { OpenedLock } from "./lockFile.js";

/** Options of a verification. */
export interface VerifyOptions extends Pick<RunOptions, "signal" | "onProgress"> {
  /** Threads, in [1, 256], or "auto" for as many as there are cores, where that is worth their start. Default: 1, the calling one. */
  readonly workers?: number | "auto";
  /** How many blocks are simulated again, evenly spread; integer of at least 1. Default: all. */
  readonly sample?: number;
}

/** Result of a verification. */
export interface Verdict {
  readonly equal: boolean;
  readonly blocks: number;
  readonly users: number;
  /** Whether the kernel is the one of the lock; another one may have the same bits. */
  readonly sameKernel: boolean;
  readonly streamVersion: { readonly locked: number; readonly now: number };
  /** The first block that differs. */
  readonly difference?: Difference;
  /** The step at which an episode on record first differs by the reference engine, though all blocks are as they were. */
  readonly life?: StepDifference;
  /** Means that differ, if all blocks are equal. */
  readonly means?: { readonly locked: Lock["means"]; readonly now: Lock["means"] };
}

/** A block with another digest, and the location of the difference, as far as it can be found. */
export interface Difference extends Divergence {
  readonly block: number;
  readonly firstUser: number;
  readonly lastUser: number;
  readonly locked: string;
  readonly now: string;
}

const OPTION_NAMES = ["sample", "workers", "signal", "onProgress"];

/** Returns the errors in the options. */
export function verifyMistakes(options: VerifyOptions): string[] {
  const noObject = objectMistake("options", options);
  if (noObject !== undefined) return [noObject];
  const { sample, workers = 1, signal, onProgress } = options;
  return [
    ...unknownFieldMistakes("option of verifyLock", options, OPTION_NAMES),
    sample === undefined ? undefined : numberMistake("sample", sample, { min: 1, max: 2 ** 20, integer: true }),
    workersMistake(workers),
    signalMistake(signal),
    onProgressMistake(onProgress),
  ].filter((mistake) => mistake !== undefined);
}

/** Re-runs a lock, or some blocks of it, and finds where it first differs. */
export async function verifyLock(opened: OpenedLock, options: VerifyOptions = {}): Promise<Verdict> {
  refuse([...openedMistakes(opened), ...verifyMistakes(options)]);
  const { sample, ...control } = options;
  const { lock } = opened;
  const all = [...splitUsers(lock, BLOCK_USERS)].map((users, block) => ({ block, users }));
  const chosen = sample === undefined ? all : evenly(all, sample);
  const { digests, means } =
    sample === undefined ? await wholeRun(opened, control) : await someBlocks(opened, chosen, control);
  const at = chosen.findIndex(({ block }, place) => digests[place] !== lock.blocks[block]);
  const verdict = {
    equal: true,
    blocks: chosen.length,
    users: chosen.reduce((sum, { users }) => sum + users.users, 0),
    sameKernel: lock.kernel === kernelOf(opened.world),
    streamVersion: { locked: lock.streamVersion, now: streamVersion },
  };
  if (at >= 0) {
    const { block, users } = chosen[at]!;
    const digest = { locked: lock.blocks[block]!, now: digests[at]! };
    const range = { block, firstUser: users.firstUser, lastUser: users.firstUser + users.users - 1 };
    return {
      ...verdict,
      equal: false,
      difference: { ...range, ...digest, ...(await explainBlock(opened, users, digest.locked)) },
    };
  }
  const life = differenceFromRecord(opened);
  const moved = means !== undefined && Object.keys(means).some((name) => !Object.is(means[name], lock.means[name]));
  const equal = life === undefined && !moved && lock.streamVersion === streamVersion && sumIsDigest(lock);
  return { ...verdict, equal, ...(life && { life }), ...(moved && { means: { locked: lock.means, now: means } }) };
}

/** Returns an error unless the value comes from `readLock`, which has validated it. */
function openedMistakes(opened: OpenedLock): (string | undefined)[] {
  const rule = "what readLock gives";
  if (objectMistake("opened", opened) !== undefined) return [expectedMistake("opened", rule, opened)];
  const { lock, world, policy } = opened;
  const legal =
    [lock, policy].every((part) => objectMistake("", part) === undefined) && worldMistake(world) === undefined;
  return [legal && Array.isArray(lock.blocks) ? undefined : expectedMistake("opened", rule, opened)];
}

type Control = Omit<VerifyOptions, "sample">;

async function wholeRun({ lock, world, policy }: OpenedLock, control: Control) {
  const { users, firstUser, steps, seed } = lock;
  const store = new BlockDigests();
  const run = await simulate(world, policy, { users, firstUser, steps, seed, ...control, store });
  control.signal?.throwIfAborted();
  return { digests: store.inOrder().map(digestText), means: meansOf(world, run) };
}

async function someBlocks(
  { lock: { seed, steps }, world, policy }: OpenedLock,
  chosen: readonly { readonly users: UserRange }[],
  { workers = 1, signal = new AbortController().signal, onProgress }: Control,
) {
  signal.throwIfAborted();
  const demand = demandOf(runOptionsOnce({ seed, steps }), world);
  const study: Study = { variants: [await variantOf(world, policy, demand)], ...demand };
  const chunks = chosen.map(({ users }) => users);
  const size = workers === "auto" ? BLOCK_USERS : CHUNK_USERS; // each block is a chunk of its own
  const extent = { firstUser: 0, users: chunks.length * size };
  const pool = await openWorkers([study], extent, { workers });
  const simulator = pool ?? (await callingThread([study], signal, () => {}));
  const digests: string[] = [];
  try {
    for await (const { block } of blocksInOrder({ simulator }, chunks.values(), signal)) {
      digests.push(digestText(block.variants[0]!.digest));
      onProgress?.(digests.length * BLOCK_USERS, chunks.length * BLOCK_USERS);
      await turn(); // a block is simulated without pause, and a signal is handled between two
    }
  } finally {
    await simulator.close();
  }
  return { digests, means: undefined };
}

/** Returns whether the blocks of a lock add up to its digest; else the file was edited. */
function sumIsDigest({ blocks, digest }: Lock): boolean {
  const sum = blocks.reduce((total, block) => uint64(total + BigInt(`0x${block}`)), 0n);
  return digestText(sum) === digest;
}
