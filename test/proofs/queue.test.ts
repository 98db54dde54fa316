// Runs on a queue in Redis, whose workers and whose server are killed, stopped and started anew at random moments.
import { setTimeout as pause } from "node:timers/promises";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openQueue, type QueueClient } from "../../dist/queue/index.js";
import { policies, scenarios, simulate, type RunOptions } from "../../dist/index.js";
import { draw } from "../support/drawn.js";
import { WorkerProcess } from "../support/queueWorkers.js";
import { RedisServer, withoutRedis } from "../support/redisServer.js";

const SCHEDULES = 200;
/** Each with a Redis and four workers of its own. */
const LANES = 3;
const LOCK_SECONDS = 0.4;
const WORKERS = 4;
const SEEDS = ["a", "b"];
/** A moment in which a fault occurs: the length of a run without any. */
const RUN_MS = 400;

const options = { users: 6 * 16_384, steps: 4 };

async function bytesOf(more: Partial<RunOptions>): Promise<string> {
  const { timing: _timing, ...lasting } = await simulate(scenarios["lts-tradeoff"], policies.random(), {
    ...options,
    ...more,
  } as RunOptions);
  return JSON.stringify(lasting);
}

/** A Redis, its workers and its client. */
class Lane {
  readonly workers: WorkerProcess[] = [];
  readonly server: RedisServer;
  readonly client: QueueClient;
  readonly jobs: Queue;
  private readonly connection: Redis;

  private constructor(server: RedisServer, client: QueueClient) {
    this.server = server;
    this.client = client;
    this.connection = new Redis(server.url, { maxRetriesPerRequest: null });
    this.connection.on("error", () => {});
    this.jobs = new Queue("default", { connection: this.connection, prefix: "slatesim" });
    this.jobs.on("error", () => {});
  }

  static async open(): Promise<Lane> {
    const server = await RedisServer.start("not-for-eyes");
    const lane = new Lane(server, await openQueue({ redis: server.url, pollSeconds: 0.3 }));
    for (let at = 0; at < WORKERS; at++) lane.workers.push(await lane.startWorker());
    return lane;
  }

  startWorker(): Promise<WorkerProcess> {
    return WorkerProcess.start(["--redis", this.server.url, "--lock-seconds", String(LOCK_SECONDS)]);
  }

  async close(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.end("SIGKILL")));
    await this.client.close();
    await this.jobs.close();
    this.connection.disconnect();
    await this.server.stop();
  }
}

const faults: Readonly<Record<string, (lane: Lane, random: (bound: number) => number) => Promise<void>>> = {
  "a worker killed": async (lane, random) => {
    const at = random(WORKERS);
    expect(await lane.workers[at]!.end("SIGKILL")).toBe("SIGKILL");
    lane.workers[at] = await lane.startWorker();
  },
  "a worker stopped past its lock": async (lane, random) => {
    const worker = lane.workers[random(WORKERS)]!;
    worker.signal("SIGSTOP");
    await pause(2500 * LOCK_SECONDS);
    worker.signal("SIGCONT");
  },
  "Redis killed and started anew": async (lane) => lane.server.restart(),
  "jobs delivered twice": async ({ jobs }) => {
    const some = await jobs.getJobs(["waiting", "active"]);
    await pause(100);
    for (const job of some) if (job) await jobs.add(job.name, job.data, { jobId: job.id!, removeOnComplete: true });
  },
  "the run cancelled": async ({ client }) => {
    await client.cancel().catch(() => {}); // it may be over
  },
};

describe.skipIf(withoutRedis)("a queue", () => {
  const lanes: Lane[] = [];
  const wanted = new Map<string, string>();
  beforeAll(async () => {
    for (const seed of SEEDS) wanted.set(seed, await bytesOf({ seed }));
    lanes.push(...(await Promise.all(Array.from({ length: LANES }, () => Lane.open()))));
  });
  afterAll(async () => Promise.all(lanes.map((lane) => lane.close())));

  test(`gives the bytes of one process under ${SCHEDULES} random schedules of faults`, async () => {
    const happened = new Map<string, number>();
    const schedule = async (lane: Lane, at: number): Promise<void> => {
      const random = (bound: number, place: string): number => Math.floor(draw(`${at} ${place}`) * bound);
      const seed = SEEDS[random(SEEDS.length, "seed")]!;
      const names = Object.keys(faults).filter((name) => random(10, name) < 3);
      const occurring = names.map(async (name) => {
        await pause(random(RUN_MS, `${name} when`));
        await faults[name]!(lane, (bound) => random(bound, `${name} whom`));
        happened.set(name, (happened.get(name) ?? 0) + 1);
      });
      const first = bytesOf({ seed, workers: lane.client }).catch((error: Error) => error);
      await Promise.all(occurring);
      const ended = await first;
      if (ended instanceof Error) expect(ended.message).toMatch(/^The run [0-9a-f]{16} was cancelled\.$/);
      const bytes = ended instanceof Error ? await bytesOf({ seed, workers: lane.client }) : ended;
      expect(bytes === wanted.get(seed), `schedule ${at}: ${names.join(", ")}`).toBe(true);
    };
    await Promise.all(
      lanes.map(async (lane, place) => {
        for (let at = place; at < SCHEDULES; at += LANES) await schedule(lane, at);
      }),
    );
    expect([...happened.keys()].toSorted()).toEqual(Object.keys(faults).toSorted());
    for (const count of happened.values()) expect(count).toBeGreaterThan(SCHEDULES / 8);
  });
});
