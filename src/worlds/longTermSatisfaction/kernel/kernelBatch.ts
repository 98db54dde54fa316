import type { Key } from "../../../random/seedKey.js";
import type { LongTermSatisfactionWorld } from "../world.js";
import type { KernelExports } from "./kernelExports.js";
import { loadKernel } from "../../../wasm/loadKernel.js";
import { doubles, enterWorld, prepareBatch } from "./enterWorld.js";

/**
 * What is seen of a batch in the long-term satisfaction world: rows with one number a lane. They are windows on the batch's
 * own memory, the same objects for good: to be read only, and written over by the next step or reset.
 */
export interface LtsBatchObservation {
  /** Of each candidate in each lane, in [0, 1]: [position][lane]. */
  readonly educativeness: readonly Float64Array[];
  /** Integers in [0, numClusters): [position][lane]. */
  readonly clusterId: readonly Uint8Array[];
  /** Noisy satisfaction as the user shows it, in [-1, 2]: [lane]. */
  readonly satisfaction: Float64Array;
  /** Slot of the last slate that was clicked, slateSize for no click; -1 in a lane that has just begun: [lane]. */
  readonly choice: Int32Array;
  /** Seconds spent on what was clicked; 0 without a click, and in a lane that has just begun: [lane]. */
  readonly engagement: Float64Array;
}

/** The rows of a batch's first lanes, in the kernel's memory. */
export interface KernelRows {
  /** [lane][slot] */
  readonly slates: Int32Array;
  readonly observation: LtsBatchObservation;
  readonly exposures: Float64Array;
  readonly satisfactions: Float64Array;
  readonly digests: BigUint64Array;
}

/** Users who live in step with one another, in a kernel of their own: its memory never grows, so its rows stay. */
export class KernelBatch {
  readonly rows: KernelRows;
  private readonly kernel: KernelExports;
  private readonly world: LongTermSatisfactionWorld;
  private readonly users: number;
  /** As a signed word: the kernel takes the same 32 bits, and the host need not make an object of a large number. */
  private firstUser = 0;
  private count = 0;

  /** With room for `users`. */
  static async load(world: LongTermSatisfactionWorld, key: Key, users: number): Promise<KernelBatch> {
    return new KernelBatch(await loadKernel(), world, key, users);
  }

  private constructor(kernel: KernelExports, world: LongTermSatisfactionWorld, key: Key, users: number) {
    this.kernel = kernel;
    this.world = world;
    this.users = users;
    this.open(key);
    this.rows = this.rowsOf(users);
  }

  /** From here on users live under that key. */
  open(key: Key): void {
    enterWorld(this.kernel, this.world, key);
    prepareBatch(this.kernel, this.world, key, this.users);
  }

  /** Begins the lives of `count` users from `firstUser` on, and shows them. */
  begin(firstUser: number, count: number): void {
    this.firstUser = firstUser | 0;
    this.count = count;
    this.kernel.reset(this.firstUser, count);
    this.kernel.observe(this.firstUser, count, 0);
    this.rows.observation.choice.fill(-1);
    this.rows.observation.engagement.fill(0);
  }

  /** Lives one step with the slates in the rows, after `time` steps, and shows what comes next. */
  step(time: number): void {
    this.kernel.step(this.firstUser, this.count, time);
  }

  /** The rows of the first `count` lanes. */
  rowsOf(count: number): KernelRows {
    const { kernel } = this;
    const { buffer } = kernel.memory;
    const { slateSize, numCandidates } = this.world;
    const stride = kernel.batchStride();
    const positions = Array.from({ length: numCandidates }, (_, position) => position);
    return {
      slates: new Int32Array(buffer, kernel.slatesPointer(), count * slateSize),
      observation: Object.freeze({
        educativeness: positions.map((at) => doubles(kernel, kernel.educativenessPointer() + at * stride * 8, count)),
        clusterId: positions.map((at) => new Uint8Array(buffer, kernel.clustersPointer() + at * stride, count)),
        satisfaction: doubles(kernel, kernel.observationsPointer(), count),
        choice: new Int32Array(buffer, kernel.choicesPointer(), count),
        engagement: doubles(kernel, kernel.engagementsPointer(), count),
      }),
      exposures: doubles(kernel, kernel.exposuresPointer(), count),
      satisfactions: doubles(kernel, kernel.satisfactionsPointer(), count),
      digests: new BigUint64Array(buffer, kernel.digestsPointer(), count),
    };
  }
}

/** What is seen, in rows of its own. */
export function copyOf(seen: LtsBatchObservation): LtsBatchObservation {
  return {
    educativeness: seen.educativeness.map((row) => row.slice()),
    clusterId: seen.clusterId.map((row) => row.slice()),
    satisfaction: seen.satisfaction.slice(),
    choice: seen.choice.slice(),
    engagement: seen.engagement.slice(),
  };
}

/** Writes what is seen over a copy made earlier. */
export function copyInto(copy: LtsBatchObservation, seen: LtsBatchObservation): void {
  seen.educativeness.forEach((row, position) => copy.educativeness[position]!.set(row));
  seen.clusterId.forEach((row, position) => copy.clusterId[position]!.set(row));
  copy.satisfaction.set(seen.satisfaction);
  copy.choice.set(seen.choice);
  copy.engagement.set(seen.engagement);
}
