import { escapeControls } from "../check/escapeControls.js";
import { reasonOf } from "../check/reasonOf.js";
import type * as bullmq from "bullmq";
import type { Redis } from "ioredis";
import type { QueueSettings } from "./queueOptions.js";
import { maskedAddress, unreachable, withoutCredentials } from "./redisAddress.js";

/** Begins all keys of queues. */
const PREFIX = "slatesim";

const [CONNECT_MS, MAX_RETRY_MS] = [10_000, 1000];

/** The packages that queues need, and a connection to Redis. */
export interface Connection {
  readonly bullmq: typeof bullmq;
  readonly redis: Redis;
  /** Options that every class of BullMQ takes. */
  readonly base: { readonly connection: Redis; readonly prefix: string };
  /** The address without user and password. */
  readonly address: string;
  /** Returns the key of that name in this queue. */
  key(name: string): string;
  /** Tells of an error of the connection, once until it is there again. */
  readonly onError: (error: Error) => void;
  close(): void;
}

/** Connects to Redis. Rejects with an error that says how to start one if nothing answers; a connection that is lost later is made anew. */
export async function connect({ redis: address, queue, onNotice }: QueueSettings): Promise<Connection> {
  const [classes, ioredis] = await packages();
  let [connected, told] = [false, false];
  let reason = "nothing answers";
  const redis = new ioredis.Redis(address, {
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    maxRetriesPerRequest: null,
    retryStrategy: (times) => (connected ? Math.min(100 * times, MAX_RETRY_MS) : null),
  });
  const onError = (error: Error): void => {
    reason = escapeControls(reasonOf(error)) || "nothing answers";
    if (!connected || told || !isOfConnection(error)) return;
    told = true;
    onNotice(`The connection to Redis is lost, and is being made again: ${withoutCredentials(reason, address)}`);
  };
  redis.on("error", onError);
  redis.on("ready", () => (told = false));
  const failure = await redis.connect().then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  if (failure !== undefined) {
    redis.disconnect();
    const { error } = failure; // no cause of what is thrown: it may hold the password
    throw new Error(unreachable(address, isClosed(error) ? reason : reasonOf(error)));
  }
  connected = true;
  return {
    bullmq: classes,
    redis,
    base: { connection: redis, prefix: PREFIX },
    address: maskedAddress(address),
    key: (name) => `${PREFIX}:${queue}:${name}`,
    onError,
    close: () => redis.disconnect(),
  };
}

async function packages() {
  try {
    return await Promise.all([import("bullmq"), import("ioredis")]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new Error("queues need the packages bullmq and ioredis: npm install bullmq ioredis", { cause: error });
  }
}

function isClosed(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("Connection is closed");
}

/** Whether an error is of the network, and not BullMQ's word that a lock is lost, which other workers make good. */
function isOfConnection(error: Error): boolean {
  return (error as NodeJS.ErrnoException).code !== undefined && "syscall" in error;
}
