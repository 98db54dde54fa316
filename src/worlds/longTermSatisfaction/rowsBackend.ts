import type { Key } from "../../random/seedKey.js";
import type { BatchBackend } from "../../world/batchBackend.js";
import { copyInto, rowsFor } from "./batchObservation.js";
import type { Parameters } from "./parameters.js";
import { SplitBatch } from "./splitBatch.js";
import type { LongTermSatisfactionWorld, LtsBatchObservation } from "./types.js";

/** Backend of a batch environment where no kernel runs: the same bits in rows like the kernel's, but slower. */
export class RowsBackend implements BatchBackend<LtsBatchObservation> {
  readonly slates: Int32Array;
  readonly rewards: Float64Array;
  readonly terminated: Uint8Array;
  readonly observation: LtsBatchObservation;
  private readonly world: LongTermSatisfactionWorld<Parameters>;
  private batch: SplitBatch;
  private kept: LtsBatchObservation | undefined;

  constructor(world: LongTermSatisfactionWorld<Parameters>, key: Key, environments: number) {
    this.world = world;
    this.slates = new Int32Array(environments * world.slateSize);
    this.observation = Object.freeze(rowsFor(world.numCandidates, environments));
    this.rewards = this.observation.engagement;
    this.terminated = new Uint8Array(environments);
    this.batch = new SplitBatch(world, key, this);
  }

  open(key: Key): void {
    this.batch = new SplitBatch(this.world, key, this);
  }

  begin(mask: Uint8Array, users: Uint32Array): void {
    this.batch.begin(mask, users);
  }

  step(mask: Uint8Array): void {
    this.batch.step(mask);
  }

  keep(): LtsBatchObservation {
    this.kept = copyInto(this.kept, this.observation);
    return this.kept;
  }
}
