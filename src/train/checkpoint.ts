import type { Json } from "../check/json.js";
import { InvalidInput } from "../check/invalidInput.js";
import { expectedMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { decodeJson, encodeJson } from "../check/exactJson.js";
import { seal, unseal, type SealedFormat } from "../files/sealedText.js";
import type { Mark } from "./growingFile.js";

/** What a run was asked to do, and where its environment and agent came from: by the name of each. */
export type Settings = Readonly<Record<string, Json>>;

/** A training run between two iterations: all that is needed to go on as if nothing had happened. */
export interface Checkpoint {
  /** But for how long the run is to be, and for how much of it is kept: these may be others when it goes on. */
  readonly settings: Settings;
  /** SHA-256 of the snapshots that the run began with. */
  readonly begin: { readonly env: string; readonly agent: string };
  /** Iterations simulated so far; and so are the following. */
  readonly iteration: number;
  readonly episodes: number;
  readonly totalSteps: number;
  /** How each file of the run's folder that grows began then, by its name. */
  readonly files: Readonly<Record<string, Mark>>;
  readonly env: Json;
  readonly agent: Json;
}

const CHECKPOINT: SealedFormat = { name: "slatesim checkpoint", version: 2 };

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
  const { state, env, agent } = decodeBody(opened.body) as Readonly<Record<string, Json>>;
  const checkpoint = { ...(state as unknown as Checkpoint), env: env!, agent: agent! };
  refuse([isWhole(checkpoint) ? undefined : expectedMistake(name, "a checkpoint behind its first line", opened.body)]);
  return checkpoint;
}

function decodeBody(body: string): object {
  try {
    return (decodeJson(body) ?? {}) as object;
  } catch {
    return {}; // sealed by somebody who did not write JSON
  }
}

function isWhole({ settings, begin, iteration, episodes, totalSteps, files, env, agent }: Checkpoint): boolean {
  const objects: unknown[] = [settings, begin, files];
  const counts = [iteration, episodes, totalSteps];
  return (
    objects.every((each) => typeof each === "object" && each !== null) &&
    counts.every((count) => Number.isSafeInteger(count) && count >= 0) &&
    Object.values(files).every((mark) => typeof mark?.sha256 === "string" && Number.isSafeInteger(mark.length)) &&
    env !== undefined &&
    agent !== undefined
  );
}
