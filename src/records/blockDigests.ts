import { BLOCK_USERS, type UserRange } from "../statistics/blocks.js";
import type { BlockStore, StoredStudy } from "../studies/blockStore.js";
import type { StudyBlock } from "../studies/studyBlock.js";

/** A store that keeps the digests of a run's blocks, nothing else. */
export class BlockDigests implements BlockStore, StoredStudy {
  /** Digests by the first user of the block. */
  private readonly digests = new Map<number, bigint>();

  open(): this {
    return this;
  }

  read(): undefined {}

  write({ firstUser }: UserRange, blocks: readonly StudyBlock[]): void {
    blocks.forEach(({ variants: [only] }, place) => this.digests.set(firstUser + place * BLOCK_USERS, only!.digest));
  }

  close(): void {}

  inOrder(): bigint[] {
    const users = [...this.digests.keys()].toSorted((a, b) => a - b);
    return users.map((user) => this.digests.get(user)!);
  }
}
