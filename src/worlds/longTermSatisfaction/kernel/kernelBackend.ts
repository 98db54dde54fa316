import type { Key } from "../../../random/seedKey.js";
import type { BatchBackend } from "../../../world/batchBackend.js";
import type { Parameters } from "../parameters.js";
import type { LongTermSatisfactionWorld, LtsBatchObservation } from "../types.js";
import { copyInto } from "../batchObservation.js";
import { KernelBatch } from "./kernelBatch.js";
import type { KernelExports } from "./kernelExports.js";
import { SplitBatch } from "../splitBatch.js";

/**
 * Backend of a batch environment of the long-term satisfaction world. Consecutive users after the same number of steps are one batch
 * of the kernel. When only some episodes are reset, all continue in TypeScript, with the same bits but slower, until all are reset
 * together.
 */
export class KernelBackend implements BatchBackend<LtsBatchObservation> {
  readonly slates: Int32Array;
  readonly rewards: Float64Array;
  readonly terminated: Uint8Array;
  readonly observation: LtsBatchObservation;
  private readonly world: LongTermSatisfactionWorld<Parameters>;
  private readonly batch: KernelBatch;
  private key: Key;
  /** First user and steps taken, while all environments are one batch of the kernel. */
  private firstUser = 0;
  private time = 0;
  private split: SplitBatch | undefined;
  private kept: LtsBatchObservation | undefined;

  constructor(kernel: KernelExports, world: LongTermSatisfactionWorld<Parameters>, key: Key, environments: number) {
    this.world = world;
    this.batch = new KernelBatch(kernel, world.parameters, key, environments);
    this.slates = this.batch.rows.slates;
    this.observation = this.batch.rows.observation;
    this.rewards = this.observation.engagement;
    this.terminated = new Uint8Array(environments);
    this.key = key;
  }

  open(key: Key): void {
    this.key = key;
    this.batch.open(key);
  }

  begin(mask: Uint8Array, users: Uint32Array): void {
    if (!mask.includes(0) && areNeighbours(users)) return this.beginTogether(users[0]!);
    this.split ??= this.splitNow();
    this.split.begin(mask, users);
  }

  step(mask: Uint8Array): void {
    if (this.split === undefined) return this.stepTogether(mask);
    this.split.step(mask);
  }

  keep(): LtsBatchObservation {
    this.kept = copyInto(this.kept, this.observation);
    return this.kept;
  }

  private beginTogether(firstUser: number): void {
    this.firstUser = firstUser;
    this.time = 0;
    this.split = undefined;
    this.batch.begin(firstUser, this.terminated.length);
    this.terminated.fill(0);
  }

  private splitNow(): SplitBatch {
    const split = new SplitBatch(this.world, this.key, this);
    split.takeOver(this.batch.rows, this.firstUser, this.time);
    return split;
  }

  private stepTogether(mask: Uint8Array): void {
    if (mask[0] === 0) return; // environments that step together also pause together
    this.batch.step(this.time);
    this.time += 1;
    if (this.time >= this.world.timeBudget) this.terminated.fill(1);
  }
}

function areNeighbours(users: Uint32Array): boolean {
  for (let index = 1; index < users.length; index++) if (users[index] !== users[0]! + index) return false;
  return true;
}
