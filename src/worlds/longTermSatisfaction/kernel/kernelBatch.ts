import type { Key } from "../../../random/seedKey.js";
import type { LtsBatchObservation } from "../types.js";
import type { Parameters } from "../parameters.js";
import { doubles, enterWorld, prepareBatch } from "./enterWorld.js";
import type { KernelExports } from "./kernelExports.js";
import type { UserRows } from "./userRows.js";

/** Views of the rows of a batch's first users, in the kernel's memory. */
export interface KernelRows {
  /** [index][slot] */
  readonly slates: Int32Array;
  readonly observation: LtsBatchObservation;
  readonly exposures: Float64Array;
  readonly satisfactions: Float64Array;
  readonly digests: BigUint64Array;
}

/** Consecutive users who take their steps together in a separate kernel: its memory never grows, so views of its rows stay valid. */
export class KernelBatch {
  readonly rows: KernelRows;
  private readonly kernel: KernelExports;
  private readonly parameters: Parameters;
  private readonly users: number;
  /** First user as a signed word: the kernel takes the same 32 bits, and the host need not allocate an object for a large number. */
  private firstUser = 0;
  private count = 0;
  private own!: UserRows;

  /** Allocates rows for `users`. */
  constructor(kernel: KernelExports, parameters: Parameters, key: Key, users: number) {
    this.kernel = kernel;
    this.parameters = parameters;
    this.users = users;
    this.open(key);
    this.rows = this.rowsOf(users);
  }

  /** Sets the key for users from here on. */
  open(key: Key): void {
    enterWorld(this.kernel, this.parameters, key);
    this.own = prepareBatch(this.kernel, this.parameters, key, this.users);
  }

  /** Sets the key of the users' own draws; a corpus that all share stays. */
  useKey({ key0, key1 }: Key): void {
    this.kernel.setKey(key0, key1);
  }

  /** Begins the episodes of `count` users from `firstUser` on, and writes their observations. */
  begin(firstUser: number, count: number): void {
    this.firstUser = firstUser | 0;
    this.count = count;
    this.own.enter(firstUser, count);
    this.kernel.reset(this.firstUser, count);
    this.kernel.observe(this.firstUser, count, 0);
    this.rows.observation.choice.fill(-1);
    this.rows.observation.engagement.fill(0);
  }

  /** Takes one step with the slates in the rows, after `time` steps; writes the next observations. */
  step(time: number): void {
    this.kernel.step(this.firstUser, this.count, time);
  }

  /** Returns views of the rows of the first `count` users. */
  rowsOf(count: number): KernelRows {
    const { kernel } = this;
    const { buffer } = kernel.memory;
    const { slateSize, numCandidates } = this.parameters;
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
