import type { Connection } from "./connection.js";

/** Seconds that Redis keeps what is said of a run, its studies and results that nobody took. */
export const [RECORD_SECONDS, RESULT_SECONDS] = [86_400, 3600];

/** Redis's own script, as a run may end between a question and a write. */
const KEEP_RESULT = `
local state = redis.call("hget", KEYS[1], "state")
if state and state ~= "running" then return 0 end
redis.call("set", KEYS[2], ARGV[1], "EX", ARGV[2])
return 1`;

/** How a run is: "lost" if the process that submitted it is gone; the same command continues it. */
export type RunState = "running" | "finished" | "failed" | "interrupted" | "cancelled" | "lost";

/** What is kept of a run: who submitted it, and how far it is. */
export interface RunRecord {
  readonly state: RunState;
  /** Users whose blocks the submitter has, of all studies. */
  readonly usersDone: number;
  /** The most users that it can have, of all studies. */
  readonly users: number;
}

/** The record of a run in Redis, and the studies of it that workers read. */
export class RunRecords {
  private readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** Keeps the record. A running one counts as lost unless it is written again within `seconds`. */
  async write(run: string, { state, usersDone, users }: RunRecord, seconds: number): Promise<void> {
    const { redis, key } = this.connection;
    const record = key(`run:${run}`);
    const writes = redis
      .multi()
      .hset(record, { state, usersDone, users })
      .expire(record, RECORD_SECONDS)
      .zadd(key("runs"), Date.now(), run)
      .zremrangebyscore(key("runs"), 0, Date.now() - RECORD_SECONDS * 1000);
    if (state === "running") writes.setex(key(`alive:${run}`), Math.ceil(seconds), "1");
    else writes.del(key(`alive:${run}`));
    await writes.exec();
  }

  /** Returns the record of a run; undefined if there is none any more. */
  async read(run: string): Promise<RunRecord | undefined> {
    const { redis, key } = this.connection;
    const { state, usersDone, users } = await redis.hgetall(key(`run:${run}`));
    if (state === undefined) return undefined;
    const isLost = state === "running" && (await redis.exists(key(`alive:${run}`))) === 0;
    return { state: isLost ? "lost" : (state as RunState), usersDone: Number(usersDone), users: Number(users) };
  }

  /** Marks a run as cancelled, which its submitter reads; apart from the record, which the submitter writes all the time. */
  async cancel(run: string): Promise<void> {
    const { redis, key } = this.connection;
    await redis
      .multi()
      .hset(key(`run:${run}`), { state: "cancelled" })
      .setex(key(`cancelled:${run}`), RECORD_SECONDS, "1")
      .exec();
  }

  async isCancelled(run: string): Promise<boolean> {
    return (await this.connection.redis.exists(this.connection.key(`cancelled:${run}`))) === 1;
  }

  /** Lets a run begin anew that was cancelled. */
  async forgetCancel(run: string): Promise<void> {
    await this.connection.redis.del(this.connection.key(`cancelled:${run}`));
  }

  /** Returns the ids of all runs, the oldest first. */
  runs(): Promise<string[]> {
    return this.connection.redis.zrange(this.connection.key("runs"), 0, "-1");
  }

  /** Keeps the studies of a run where workers read them. */
  async keepStudies(run: string, bytes: Buffer): Promise<void> {
    const { redis, key } = this.connection;
    const kept = await redis.expire(key(`studies:${run}`), RECORD_SECONDS);
    if (kept === 0) await redis.set(key(`studies:${run}`), bytes, "EX", RECORD_SECONDS);
  }

  async studies(run: string): Promise<Buffer | null> {
    return this.connection.redis.getBuffer(this.connection.key(`studies:${run}`));
  }

  /** Keeps the result of a job of a run until it is taken, unless the run has ended: then nobody takes it. */
  async keepResult(run: string, job: string, bytes: Buffer): Promise<void> {
    const { redis, key } = this.connection;
    await redis.eval(KEEP_RESULT, 2, key(`run:${run}`), key(`result:${job}`), bytes, RESULT_SECONDS);
  }

  /** Returns the result of a job and removes it; null if there is none. */
  takeResult(job: string): Promise<Buffer | null> {
    return this.connection.redis.getdelBuffer(this.connection.key(`result:${job}`));
  }
}
