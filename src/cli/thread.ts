import { isMainThread, parentPort, workerData, type MessagePort } from "node:worker_threads";

/** Input of a command that is executed in a separate thread (see executeInThread.ts). */
export interface CommandInput {
  readonly name: string;
  readonly words: readonly string[];
  /** Characters per line of the output. */
  readonly width: number;
  readonly showsProgress: boolean;
  /** One number shared by both threads: 1 while the work can be interrupted by a message. */
  readonly interruptible: Int32Array;
}

/** Progress of the work; undefined when it has ended. */
export type Progress = { readonly done: number; readonly total: number; readonly unit: string } | undefined;

/** Message of the thread: its progress, or that it ended by itself. */
export type ThreadMessage = { readonly progress: Progress } | "ended";

/** Message that interrupts the work. */
export const INTERRUPT = "interrupt";

/** Input of the command and port to the main thread, in the thread of a command; undefined in the main thread. */
export const thread = isMainThread ? undefined : threadOf((workerData as { command?: CommandInput } | null)?.command);

function threadOf(input: CommandInput | undefined): (CommandInput & { readonly port: MessagePort }) | undefined {
  return input && { ...input, port: parentPort! };
}

/** Sends a message to the main thread, which owns the terminal. */
export function postToMain(message: ThreadMessage): void {
  thread!.port.postMessage(message, []);
}
