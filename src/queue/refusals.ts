import { escapeControls } from "../check/escapeControls.js";
import type { QueueSettings } from "./queueOptions.js";
import type { ConnectedWorker } from "./workerName.js";

/** What a worker says of a chunk that it does not take. */
export interface Refusal {
  readonly worker: string;
  readonly reason: string;
}

/** Tells who submits a run that nobody takes its chunks, and why. */
export class Refusals {
  private readonly settings: QueueSettings;
  private readonly address: string;
  private readonly reasons = new Map<string, string>();
  private told = "";

  constructor(settings: QueueSettings, address: string) {
    this.settings = settings;
    this.address = address;
  }

  add(progress: unknown): void {
    const { worker, reason } = (progress ?? {}) as Partial<Refusal>;
    if (typeof worker === "string" && typeof reason === "string") this.reasons.set(worker, reason);
  }

  /** Forgets all refusals: some worker takes the run's chunks. */
  clear(): void {
    this.reasons.clear();
  }

  tellIfNobodyIsLeft(workers: readonly ConnectedWorker[], waiting: number): void {
    const { queue, onNotice } = this.settings;
    if (waiting === 0 || !workers.every(({ name }) => this.reasons.has(name))) return;
    const reasons = workers.map(({ name }) => `${name} (${this.reasons.get(name)!})`);
    const none = `No worker is connected to queue "${queue}": slatesim queue work --queue ${queue} --redis ${this.address} starts one.`;
    const text = workers.length === 0 ? none : `No worker takes the run: ${reasons.join("; ")}.`;
    if (text === this.told) return;
    this.told = text;
    onNotice(escapeControls(text));
  }
}
