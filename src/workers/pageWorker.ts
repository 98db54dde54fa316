import type { StudyChunk } from "../studies/study.js";
import type { ChunkAnswer, WorkerTask } from "./chunkAnswer.js";

/** The first message to a worker of a page. */
export interface PageTask {
  readonly task: WorkerTask;
  /** Name of a lock that the worker holds until it ends; a page has locks in secure contexts only. */
  readonly lock: string | undefined;
}

/** Message of a worker of a page: it holds its lock, or the result of a chunk. */
export type PageAnswer = "held" | ChunkAnswer;

/** A module worker of a page, which simulates one chunk at a time. */
export class PageWorker {
  private readonly worker = new Worker(new URL("./webWorker.js", import.meta.url), { type: "module" });
  private readonly lock = "locks" in navigator ? `slatesim ${crypto.randomUUID()}` : undefined;
  private readonly ended = new AbortController();
  private death: Error | undefined;
  private asked: { resolve(answer: ChunkAnswer): void; reject(cause: Error): void } | undefined;

  constructor(task: WorkerTask) {
    this.worker.addEventListener("message", ({ data }: MessageEvent<PageAnswer>) => {
      if (data === "held") this.watch();
      else this.asked!.resolve(data);
    });
    this.worker.addEventListener("messageerror", () => this.die("a worker's answer could not be read"));
    this.worker.addEventListener("error", ({ message }) => this.die(message || "a worker could not be started"));
    this.send({ task, lock: this.lock });
  }

  /** Rejects when the worker dies, or has died before. */
  ask(chunk: StudyChunk): Promise<ChunkAnswer> {
    return new Promise((resolve, reject) => {
      if (this.death) return reject(this.death);
      this.asked = { resolve, reject };
      this.send(chunk);
    });
  }

  end(): void {
    this.ended.abort();
    this.worker.terminate();
  }

  /** Detects the end of a worker, for which there is no event, by the release of its lock. */
  private watch(): void {
    const { signal } = this.ended;
    navigator.locks.request(this.lock!, { signal }, () => this.die("a worker ended")).catch(() => {}); // the signal's
  }

  private die(reason: string): void {
    this.death = new Error(reason);
    this.asked?.reject(this.death);
  }

  private send(message: PageTask | StudyChunk): void {
    this.worker.postMessage(message, []);
  }
}
