import { expectedMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import type { ChunkSimulator } from "../studies/study.js";
import { openThreadPool } from "../workers/openWorkers.js";
import type { RunRecords } from "./runRecord.js";
import { receivedRun } from "./sentRun.js";

/** The most runs whose threads are kept, if none of their chunks is being simulated. */
const KEPT = 2;

interface RunPool {
  readonly threads: Promise<ChunkSimulator>;
  underWay: number;
}

/** The threads of a worker, for each of the last runs. */
export class RunPools {
  private readonly records: RunRecords;
  private readonly threads: number;
  private readonly folder: string;
  private readonly pools = new Map<string, RunPool>();

  constructor(records: RunRecords, threads: number, folder: string) {
    this.records = records;
    this.threads = threads;
    this.folder = folder;
  }

  /** Calls `work` with the threads of a run. Rejects with the reason if they cannot be opened. */
  async with<Result>(run: string, work: (threads: ChunkSimulator) => Promise<Result>): Promise<Result> {
    const pool = this.pools.get(run) ?? { threads: this.open(run), underWay: 0 };
    this.pools.delete(run);
    this.pools.set(run, pool); // the last one used
    pool.underWay += 1;
    try {
      return await work(await pool.threads);
    } finally {
      pool.underWay -= 1;
      await this.closeOld();
    }
  }

  async close(): Promise<void> {
    const pools = [...this.pools.values()];
    this.pools.clear();
    await Promise.allSettled(pools.map(async ({ threads }) => (await threads).close()));
  }

  private open(run: string): Promise<ChunkSimulator> {
    const opened = this.received(run).then((studies) => openThreadPool(studies, this.threads));
    opened.catch(() => this.pools.delete(run)); // the next chunk tries anew
    return opened;
  }

  private async received(run: string) {
    const bytes = await this.records.studies(run);
    refuse([bytes === null ? expectedMistake("run", "a run whose studies are in Redis", run) : undefined]);
    return receivedRun({ id: run, bytes: bytes! }, this.folder);
  }

  private async closeOld(): Promise<void> {
    const idle = [...this.pools].filter(([, { underWay }]) => underWay === 0);
    for (const [run, { threads }] of idle.slice(0, Math.max(0, this.pools.size - KEPT))) {
      this.pools.delete(run);
      await (await threads).close();
    }
  }
}
