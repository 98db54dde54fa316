import type { Json } from "../check/json.js";
import { InvalidInput } from "../check/invalidInput.js";
import { decodeJson, encodeJson } from "../check/exactJson.js";
import { seal, unseal, type SealedFormat } from "../files/sealedText.js";
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

const CHECKPOINT: SealedFormat = { name: "slatesim checkpoint", version: 1 };

/** A sealed line of JSON. Throws `InvalidInput` for snapshots that are no plain data. */
export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array {
  const { env, agent, ...rest } = checkpoint;
  const parts = [
    JSON.stringify("state") + ":" + encodeJson(rest as unknown as Json, "checkpoint"),
    JSON.stringify("env") + ":" + encodeJson(env, "env snapshot"),
    JSON.stringify("agent") + ":" + encodeJson(agent, "agent snapshot"),
  ];
  return seal(CHECKPOINT, `{${parts.join(",")}}\n`);
}

/** The checkpoint in these bytes of the file `name`. Throws `InvalidInput` for anything else. */
export function decodeCheckpoint(name: string, bytes: Uint8Array): Checkpoint {
  const opened = unseal(CHECKPOINT, name, bytes);
  if ("mistake" in opened) throw new InvalidInput([opened.mistake]);
  const { state, env, agent } = decodeJson(opened.body) as unknown as Record<string, Json>;
  return { ...(state as unknown as Checkpoint), env: env!, agent: agent! };
}
