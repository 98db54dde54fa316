/** A world to solve. */
export interface OptimumQuestion {
  readonly id: number;
  readonly scenario: string;
  readonly parameters: Readonly<Record<string, number>>;
}

interface OptimumAnswer {
  readonly id: number;
  readonly value: number | null;
}

/** Solves one world at a time in a worker; a new question ends the work on the last one. */
export class OptimumSolver {
  private worker: Worker | undefined;
  private last = 0;

  /** Calls back with the optimal value, or null for a world that cannot be solved; not at all if another question came. */
  ask(question: Omit<OptimumQuestion, "id">, answered: (value: number | null) => void): void {
    this.stop();
    const id = ++this.last;
    this.worker = new Worker(new URL("./optimumWorker.ts", import.meta.url), { type: "module" });
    this.worker.addEventListener("message", ({ data }: MessageEvent<OptimumAnswer>) => {
      if (data.id === this.last) answered(data.value);
    });
    this.worker.postMessage({ id, ...question }, []);
  }

  stop(): void {
    this.worker?.terminate();
    this.worker = undefined;
  }
}
