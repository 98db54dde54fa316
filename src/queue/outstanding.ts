import type { StudyChunk } from "../studies/study.js";
import type { StudyBlock } from "../studies/studyBlock.js";

/** Chunks that are in the queue or being simulated, by the ids of their jobs. */
export class Outstanding {
  private readonly chunks = new Map<string, OutstandingChunk>();
  private firstFailure: unknown;

  /** The error of the first chunk that failed; undefined if none did. */
  get failure(): unknown {
    return this.firstFailure;
  }

  /** Adds a chunk; the promise is settled by what `look` comes to. */
  add(id: string, chunk: Required<StudyChunk>): Promise<readonly StudyBlock[]> {
    return new Promise((resolve, reject) => {
      this.chunks.set(id, { chunk, resolve, reject, looked: Promise.resolve() });
    });
  }

  ids(): string[] {
    return [...this.chunks.keys()];
  }

  /** Calls `look` for a chunk that is outstanding, one call after another, because two would each take the chunk for lost. */
  look(id: string, look: (chunk: Required<StudyChunk>) => Promise<void>): Promise<void> {
    const entry = this.chunks.get(id);
    if (entry === undefined) return Promise.resolve();
    entry.looked = entry.looked
      .then(() => (this.chunks.has(id) ? look(entry.chunk) : undefined))
      .catch((error: unknown) => this.fail(id, error));
    return entry.looked;
  }

  finish(id: string, blocks: readonly StudyBlock[]): void {
    this.chunks.get(id)?.resolve(blocks);
    this.chunks.delete(id);
  }

  fail(id: string, error: unknown): void {
    const entry = this.chunks.get(id);
    if (entry === undefined) return;
    this.firstFailure ??= error;
    entry.reject(error);
    this.chunks.delete(id);
  }

  failAll(error: unknown): void {
    this.firstFailure ??= error;
    for (const id of this.ids()) this.fail(id, error);
  }
}

interface OutstandingChunk {
  readonly chunk: Required<StudyChunk>;
  readonly resolve: (blocks: readonly StudyBlock[]) => void;
  readonly reject: (error: unknown) => void;
  looked: Promise<void>;
}
