import type { Json } from "../check/json.js";
import { InvalidInput } from "../check/invalidInput.js";
import { expectedMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { decodeJson, encodeJson } from "../check/exactJson.js";
import { seal, unseal, type SealedFormat } from "../files/sealedText.js";
import type { Mark } from "./growingFile.js";

/** Settings of a run, and the names of its environment and agent. */
export type Settings = Readonly<Record<string, Json>>;

/** State of a training run between two iterations, from which it resumes to the same bytes. */
export interface Checkpoint {
  /** Settings of the run, without its length and the number of checkpoints kept: these may differ when it resumes. */
  readonly settings: Settings;
  /** SHA-256 of the snapshots at the beginning of the run. */
  readonly begin: { readonly env: string; readonly agent: string };
  /** Iterations simulated so far. */
  readonly iteration: number;
  readonly episodes: number;
  readonly totalSteps: number;
  /** Length and SHA-256 of each growing file of the run's folder at this point, by its name. */
  readonly files: Readonly<Record<string, Mark>>;
  readonly env: Json;
  readonly agent: Json;
}

const CHECKPOINT: SealedFormat = { name: "slatesim checkpoint", version: 2 };

/** Returns a sealed line of JSON. Throws `InvalidInput` for snapshots that are not plain data. */
export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array {
  const { env, agent, ...rest } = checkpoint;
  const parts = [
    JSON.stringify("state") + ":" + encodeJson(rest as unknown as Json, "checkpoint"),
    JSON.stringify("env") + ":" + encodeJson(env, "env snapshot"),
    JSON.stringify("agent") + ":" + encodeJson(agent, "agent snapshot"),
  ];
  return seal(CHECKPOINT, `{${parts.join(",")}}\n`);
}

/** Reads the checkpoint in these bytes of the file `name`. Throws `InvalidInput` for anything else. */
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
    return {}; // the checksum is right, but the body is no JSON
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
