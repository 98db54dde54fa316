import { createHash } from "node:crypto";
import type { Json } from "../check/json.js";
import { expectedMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { decodeJson, encodeJson } from "../check/exactJson.js";
import type { IterationSummary } from "./iteration.js";

/** What a run was asked to do, and where its environment and agent came from: by the name of each. */
export type Settings = Readonly<Record<string, Json>>;

/** A training run between two iterations: all that is needed to go on as if nothing had happened. */
export interface Checkpoint {
  readonly settings: Settings;
  /** SHA-256 of the snapshots that the run began with. */
  readonly begin: { readonly env: string; readonly agent: string };
  /** Iterations lived so far; and so are the following. */
  readonly iteration: number;
  readonly episodes: number;
  readonly totalSteps: number;
  readonly iterations: readonly IterationSummary[];
  /** Bytes in each file of the run's folder that grows, by its name. */
  readonly files: Readonly<Record<string, number>>;
  readonly env: Json;
  readonly agent: Json;
}

const FORMAT = "slatesim checkpoint";
const VERSION = 1;
const HEADER = new RegExp(`^${FORMAT} (\\d+) sha256 ([0-9a-f]{64})\\n`);
const LONGEST_HEADER = 120;

/** One line that says what follows, then one line of JSON. Throws `InvalidInput` for snapshots that are no plain data. */
export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array {
  const { env, agent, ...rest } = checkpoint;
  const parts = [
    JSON.stringify("state") + ":" + encodeJson(rest as unknown as Json, "checkpoint"),
    JSON.stringify("env") + ":" + encodeJson(env, "env snapshot"),
    JSON.stringify("agent") + ":" + encodeJson(agent, "agent snapshot"),
  ];
  const body = `{${parts.join(",")}}\n`;
  return new TextEncoder().encode(`${FORMAT} ${VERSION} sha256 ${sha256(body)}\n${body}`);
}

/** The checkpoint in these bytes of the file `name`. Throws `InvalidInput` for anything else. */
export function decodeCheckpoint(name: string, bytes: Uint8Array): Checkpoint {
  const start = Buffer.from(bytes.subarray(0, LONGEST_HEADER)).toString("latin1");
  const [header, version, checksum] = HEADER.exec(start) ?? [];
  if (header === undefined) return refused(name, `a first line "${FORMAT} ${VERSION} sha256 …"`, start.split("\n")[0]);
  if (version !== String(VERSION)) return refused(name, `format version ${VERSION}`, version);
  const body = bytes.subarray(header.length);
  const found = sha256(body);
  if (found !== checksum) return refused(name, `content of SHA-256 ${checksum}`, found);
  const { state, env, agent } = decodeJson(Buffer.from(body).toString()) as unknown as Record<string, Json>;
  return { ...(state as unknown as Checkpoint), env: env!, agent: agent! };
}

/** In hexadecimal digits. */
export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

function refused(name: string, rule: string, value: unknown): never {
  refuse([expectedMistake(name, rule, value)]);
  throw new Error("unreachable");
}
