import { isMainThread, parentPort, workerData, type MessagePort } from "node:worker_threads";

/** What a command is handed that is executed in a thread of its own (see apart.ts). */
export interface Handed {
  readonly name: string;
  readonly words: readonly string[];
  /** Characters per line of what shows the result. */
  readonly width: number;
  readonly showsProgress: boolean;
  /** One number, which both threads see: 1 while the work ends by itself when it is asked to. */
  readonly willing: Int32Array;
}

/** How far the work is; undefined: it has ended. */
export type Progress = { readonly done: number; readonly total: number; readonly unit: string } | undefined;

/** What the thread tells: how far it is, and that it has come to its end by itself. */
export type Told = { readonly progress: Progress } | "ended";

/** Asks the work to end. */
export const INTERRUPT = "interrupt";

/** In the thread of a command: what it was handed, and the way back. */
export const thread = isMainThread ? undefined : threadOf((workerData as { command?: Handed } | null)?.command);

function threadOf(handed: Handed | undefined): (Handed & { readonly port: MessagePort }) | undefined {
  return handed && { ...handed, port: parentPort! };
}

/** From the thread to the one that holds the terminal. */
export function tell(told: Told): void {
  thread!.port.postMessage(told, []);
}
