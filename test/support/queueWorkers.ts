// Worker processes of a queue, which tests kill and stop.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { main } from "../node/cli/slatesim.js";

/** A worker process of one thread. */
export class WorkerProcess {
  /** All that it printed to stderr, line by line. */
  readonly lines: string[] = [];
  private readonly process: ChildProcess;

  private constructor(words: readonly string[], program: string, folder: string | undefined) {
    const all = [program, "queue", "work", "--workers", "1", ...words];
    this.process = spawn(process.execPath, all, { stdio: ["ignore", "ignore", "pipe"], cwd: folder });
  }

  /** Starts a worker; resolves when it takes chunks. */
  static async start(words: readonly string[], program = main, folder?: string): Promise<WorkerProcess> {
    const worker = new WorkerProcess(words, program, folder);
    const lines = createInterface(worker.process.stderr!);
    lines.on("line", (line) => worker.lines.push(line));
    await once(lines, "line");
    return worker;
  }

  signal(name: NodeJS.Signals): void {
    this.process.kill(name);
  }

  /** Sends a signal, and returns the exit code, or the signal that ended it. */
  async end(name: NodeJS.Signals): Promise<number | string> {
    if (this.process.exitCode !== null) return this.process.exitCode;
    const ended = once(this.process, "exit");
    this.process.kill(name);
    const [code, signal] = (await ended) as [number | null, string];
    return code ?? signal;
  }
}
