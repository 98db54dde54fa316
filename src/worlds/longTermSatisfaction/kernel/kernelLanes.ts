import type { Key } from "../../../random/seedKey.js";
import type { LongTermSatisfactionWorld } from "../world.js";
import { copyInto, copyOf, type KernelBatch, type LtsBatchObservation } from "./kernelBatch.js";
import type { Lanes } from "../../../world/lanes.js";
import { PartedLanes } from "./partedLanes.js";

/**
 * Lanes of the long-term satisfaction world. Neighbouring users at the same time of their lives are one batch of the kernel.
 * When some lanes are begun anew without the others, all go on as the same lives in TypeScript, slowly, until they are begun
 * together again.
 */
export class KernelLanes implements Lanes<LtsBatchObservation> {
  readonly slates: Int32Array;
  readonly rewards: Float64Array;
  readonly terminated: Uint8Array;
  readonly observation: LtsBatchObservation;
  private readonly world: LongTermSatisfactionWorld;
  private readonly batch: KernelBatch;
  private key: Key;
  /** Of the lanes together: the first one's user, and the steps that all have lived. */
  private firstUser = 0;
  private time = 0;
  private parted: PartedLanes | undefined;
  private kept: LtsBatchObservation | undefined;

  constructor(world: LongTermSatisfactionWorld, batch: KernelBatch, key: Key) {
    this.world = world;
    this.batch = batch;
    this.slates = batch.rows.slates;
    this.observation = batch.rows.observation;
    this.rewards = this.observation.engagement;
    this.terminated = new Uint8Array(this.rewards.length);
    this.key = key;
  }

  open(key: Key): void {
    this.key = key;
    this.batch.open(key);
  }

  begin(lanes: Uint8Array, users: Uint32Array): void {
    if (!lanes.includes(0) && areNeighbours(users)) return this.beginTogether(users[0]!);
    this.parted ??= new PartedLanes(this.world, this.key, this.batch.rows, this.firstUser, this.time);
    for (let lane = 0; lane < lanes.length; lane++) {
      if (lanes[lane] === 0) continue;
      this.parted.begin(lane, users[lane]!);
      this.terminated[lane] = 0;
    }
  }

  live(lanes: Uint8Array): void {
    if (this.parted === undefined) return this.liveTogether(lanes);
    for (let lane = 0; lane < lanes.length; lane++) {
      if (lanes[lane] === 1) this.terminated[lane] = this.parted.live(lane) ? 1 : 0;
    }
  }

  keep(): LtsBatchObservation {
    if (this.kept === undefined) this.kept = copyOf(this.observation);
    else copyInto(this.kept, this.observation);
    return this.kept;
  }

  private beginTogether(firstUser: number): void {
    this.firstUser = firstUser;
    this.time = 0;
    this.parted = undefined;
    this.batch.begin(firstUser, this.terminated.length);
    this.terminated.fill(0);
  }

  private liveTogether(lanes: Uint8Array): void {
    if (lanes[0] === 0) return; // who lives together also rests together
    this.batch.step(this.time);
    this.time += 1;
    if (this.time >= this.world.timeBudget) this.terminated.fill(1);
  }
}

function areNeighbours(users: Uint32Array): boolean {
  for (let lane = 1; lane < users.length; lane++) if (users[lane] !== users[0]! + lane) return false;
  return true;
}
