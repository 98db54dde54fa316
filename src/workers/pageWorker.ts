import { escapeControls } from "../check/escapeControls.js";
import type { StudyChunk } from "../studies/study.js";
import type { ChunkAnswer, WorkerTask } from "./chunkAnswer.js";

/** The first message to a worker of a page. */
export interface PageTask {
  readonly task: WorkerTask;
  /** Name of a lock that the worker holds until it ends; a page has locks in secure contexts only. */
  readonly lock: string | undefined;
}

/**
 * Message of a worker of a page: its first file runs; all of its files are loaded, or why they are not; it holds its lock; the result of
 * a chunk.
 */
export type PageAnswer = "begun" | "ready" | { readonly unloaded: string } | "held" | ChunkAnswer;

/** How long a worker's first file may take. A file that is no worker of this package never says anything. */
const SILENCE_MS = 30_000;

/** A module worker of a page, which simulates one chunk at a time. */
export class PageWorker {
  /** Resolves when all of the worker's files are loaded. Rejects with an error that names the worker's address. */
  readonly started: Promise<void>;
  private readonly worker: Worker;
  private readonly lock = "locks" in navigator ? `slatesim ${crypto.randomUUID()}` : undefined;
  private readonly ended = new AbortController();
  private death: Error | undefined;
  private asked: { resolve(answer: ChunkAnswer): void; reject(cause: Error): void } | undefined;

  constructor(task: WorkerTask, url: string | undefined) {
    this.worker = openWorker(url);
    this.started = this.start(url).then(() => this.begin(task));
    this.started.catch(() => {}); // reported where it is awaited
  }

  /** Rejects when the worker dies, or has died before. */
  async ask(chunk: StudyChunk): Promise<ChunkAnswer> {
    await this.started;
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

  private start(url: string | undefined): Promise<void> {
    const { signal } = this.ended;
    return new Promise((resolve, reject) => {
      const fail = (reason: string): void => reject(notStarted(url, reason));
      const silence = setTimeout(() => fail(`it said nothing for ${SILENCE_MS / 1000} s`), SILENCE_MS);
      signal.addEventListener("abort", () => clearTimeout(silence));
      this.worker.addEventListener("error", ({ message }) => fail(message || "its first file does not load"));
      this.worker.addEventListener("message", ({ data }: MessageEvent<PageAnswer>) => {
        if (data === "begun") clearTimeout(silence);
        else if (data === "ready") resolve();
        else if (typeof data === "object" && "unloaded" in data) fail(data.unloaded);
      });
    });
  }

  private begin(task: WorkerTask): void {
    this.worker.addEventListener("message", ({ data }: MessageEvent<"held" | ChunkAnswer>) => {
      if (data === "held") this.watch();
      else this.asked!.resolve(data);
    });
    this.worker.addEventListener("messageerror", () => this.die("a worker's answer could not be read"));
    this.worker.addEventListener("error", ({ message }) => this.die(message || "a worker ended"));
    this.send({ task, lock: this.lock });
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

/** Throws an error that names the address, of another origin for instance. */
function openWorker(url: string | undefined): Worker {
  try {
    if (url !== undefined) return new Worker(url, { type: "module" });
    return new Worker(new URL("./webWorker.js", import.meta.url), { type: "module" }); // as Vite and webpack look for it
  } catch (error) {
    throw notStarted(url, String(error));
  }
}

/** Returns an error that names the address and what to do about it. */
function notStarted(url: string | undefined, reason: string): Error {
  const place = url === undefined ? `webWorker.js beside ${scriptAddress()}` : new URL(url, location.href).href;
  const advice = "serve slatesim/worker there, or elsewhere and name it in workerUrl";
  return new Error(escapeControls(`no worker could be started from ${place} (${advice}): ${reason}`));
}

/** Returns the address of this script; where webpack put it, only webpack knows. */
function scriptAddress(): string {
  return (import.meta as { readonly webpack?: number }).webpack ? `the scripts of ${location.href}` : import.meta.url;
}
