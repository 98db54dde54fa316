import { setTimeout as pause } from "node:timers/promises";
import type { Queue, QueueEvents } from "bullmq";
import { refuse } from "../check/refuse.js";
import type { UserRange } from "../statistics/blocks.js";
import { storedBlocksMistake } from "../studies/blockStore.js";
import type { ChunkSimulator, Study, StudyChunk } from "../studies/study.js";
import type { StudyBlock } from "../studies/studyBlock.js";
import { decodedResult } from "./chunkResult.js";
import type { Connection } from "./connection.js";
import { Outstanding } from "./outstanding.js";
import type { SubmitSettings } from "./queueOptions.js";
import { Refusals } from "./refusals.js";
import { RunRecords, type RunState } from "./runRecord.js";
import { jobId, OWN_VERSION, sentRun, type ChunkJob, type SentRun } from "./sentRun.js";
import { connectedWorkers } from "./status.js";

/** Milliseconds that are waited for Redis when a run ends: it may be gone. */
const MAX_CLOSE_MS = 2000;

/** A run, the connection that it is submitted by, and what BullMQ tells of its jobs. */
export interface Submission {
  readonly connection: Connection;
  readonly queue: Queue;
  readonly events: QueueEvents;
  readonly settings: SubmitSettings;
}

/** Simulates the chunks of a run by the workers of a queue. */
export class QueueSimulator implements ChunkSimulator {
  private readonly submission: Submission;
  private readonly run: SentRun;
  private readonly records: RunRecords;
  private readonly users: number;
  private readonly refusals: Refusals;
  private readonly outstanding = new Outstanding();
  private readonly ended = new AbortController();
  private threads = 0;
  private usersDone = 0;

  private constructor(submission: Submission, run: SentRun, users: number) {
    this.submission = submission;
    this.run = run;
    this.users = users;
    this.records = new RunRecords(submission.connection);
    this.refusals = new Refusals(submission.settings, submission.connection.address);
  }

  /** Keeps the studies in Redis, and begins to listen. Throws `InvalidInput` for studies that cannot be sent. */
  static async open(submission: Submission, studies: readonly Study[], { users }: UserRange): Promise<QueueSimulator> {
    const run = sentRun(studies, submission.settings.modules);
    const simulator = new QueueSimulator(submission, run, studies.length * users);
    await simulator.records.forgetCancel(run.id);
    await simulator.report("running");
    await simulator.refresh();
    simulator.listen();
    void simulator.lookAgainAndAgain();
    return simulator;
  }

  get width(): number {
    return Math.max(2, Math.min(this.threads, Math.floor(this.submission.settings.ahead / 2))); // twice as many are asked for
  }

  async simulate({ study = 0, firstUser, users }: StudyChunk): Promise<readonly StudyBlock[]> {
    if (this.outstanding.failure !== undefined) throw this.outstanding.failure;
    const chunk = { study, firstUser, users };
    const id = jobId(this.run.id, chunk);
    const blocks = this.outstanding.add(id, chunk);
    void this.outstanding.look(id, async () => {
      if (!(await this.take(id, users))) await this.submit(id, chunk);
    });
    return blocks;
  }

  /** Removes what the run still has in the queue. */
  async close(): Promise<void> {
    const { failure } = this.outstanding;
    await this.end(failure === undefined ? "finished" : failure instanceof Cancelled ? "cancelled" : "failed");
  }

  /** Ends the run in that state. */
  async end(state: RunState): Promise<void> {
    if (this.ended.signal.aborted) return;
    this.ended.abort();
    await Promise.race([this.clear(state).catch(() => {}), pause(MAX_CLOSE_MS, undefined, { ref: false })]);
  }

  /** Says first that the run has ended: from then on no worker keeps a result. */
  private async clear(state: RunState): Promise<void> {
    await this.report(state);
    const removed = this.outstanding.ids().map(async (id) => {
      await this.submission.queue.remove(id).catch(() => 0); // one that is being simulated is locked
      await this.records.takeResult(id);
    });
    await Promise.all(removed);
  }

  /** Returns whether there was a result to take. */
  private async take(id: string, users: number): Promise<boolean> {
    const bytes = await this.records.takeResult(id);
    if (bytes === null) return false;
    const blocks = decodedResult(bytes);
    refuse([storedBlocksMistake(blocks, users)]);
    this.usersDone += users;
    this.refusals.clear();
    this.outstanding.finish(id, blocks);
    return true;
  }

  private async submit(id: string, chunk: Required<StudyChunk>): Promise<void> {
    const job: ChunkJob = { run: this.run.id, chunk, slatesim: OWN_VERSION };
    await this.submission.queue.add(this.run.id, job, { jobId: id, removeOnComplete: true, removeOnFail: true });
  }

  /** Takes a result, or submits a chunk anew that Redis has lost. */
  private look(id: string): Promise<void> {
    return this.outstanding.look(id, async (chunk) => {
      if (await this.take(id, chunk.users)) return;
      if ((await this.submission.queue.getJobState(id)) !== "unknown") return;
      if (await this.take(id, chunk.users)) return; // it came between the two questions
      await this.submit(id, chunk);
    });
  }

  private listen(): void {
    const { events } = this.submission;
    const listeners = {
      completed: ({ jobId: id }: { jobId: string }) => void this.look(id),
      failed: ({ jobId: id, failedReason }: { jobId: string; failedReason: string }) =>
        this.outstanding.fail(id, new Error(`The queue gave up the chunk ${id}: ${failedReason}`)),
      progress: ({ jobId: id, data }: { jobId: string; data: unknown }) => {
        if (id.startsWith(`${this.run.id}-`)) this.refusals.add(data);
      },
    };
    events.on("completed", listeners.completed).on("failed", listeners.failed).on("progress", listeners.progress);
    this.ended.signal.addEventListener("abort", () => {
      events.off("completed", listeners.completed).off("failed", listeners.failed).off("progress", listeners.progress);
    });
  }

  /** Events may be lost when Redis starts anew, and so may jobs: every chunk is looked at from time to time. */
  private async lookAgainAndAgain(): Promise<void> {
    const { signal } = this.ended;
    while (!signal.aborted) {
      await pause(this.submission.settings.pollSeconds * 1000, undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
      try {
        if (await this.records.isCancelled(this.run.id)) return this.cancel();
        await this.refresh();
        await this.report("running");
        await Promise.all(this.outstanding.ids().map((id) => this.look(id)));
      } catch (error) {
        this.submission.connection.onError(error as Error); // the next look may be answered
      }
    }
  }

  private async refresh(): Promise<void> {
    await this.records.keepStudies(this.run.id, this.run.bytes);
    const workers = await connectedWorkers(this.submission.queue);
    this.threads = workers.reduce((sum, { threads }) => sum + threads, 0);
    this.refusals.tellIfNobodyIsLeft(workers, this.outstanding.ids().length);
  }

  private report(state: RunState): Promise<void> {
    const { usersDone, users } = this;
    const seconds = 5 * this.submission.settings.pollSeconds + 1;
    return this.records.write(this.run.id, { state, usersDone, users }, seconds);
  }

  private cancel(): void {
    for (const id of this.outstanding.ids()) void this.submission.queue.remove(id).catch(() => 0);
    this.outstanding.failAll(new Cancelled(`The run ${this.run.id} was cancelled.`));
  }
}

class Cancelled extends Error {}
