import { createHash } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import { decodeJson, encodeJson } from "../check/exactJson.js";
import { expectedMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { packageVersion } from "../files/version.js";
import { streamVersion } from "../random/streamVersion.js";
import { plainData } from "../records/encodeBlocks.js";
import type { Study, StudyChunk } from "../studies/study.js";
import { messageOf, studyOf, withModules, type StudyMessage } from "../workers/message.js";
import { moduleAddresses, moduleHash, moduleName, type ModuleHashes } from "./namedModules.js";

/** The studies of a run as workers receive them: names and numbers, no code. */
interface RunMessage {
  readonly studies: readonly StudyMessage[];
  readonly modules: ModuleHashes;
}

/** A run that workers can be sent. */
export interface SentRun {
  /** 16 hexadecimal digits over all that its results depend on: the same words give the same run. */
  readonly id: string;
  /** The message, compressed. */
  readonly bytes: Buffer;
}

/** What a job says of a chunk. */
export interface ChunkJob {
  readonly run: string;
  readonly chunk: Required<StudyChunk>;
  readonly slatesim: string;
}

/** Package and stream version: a worker takes the chunks of its own only. */
export const OWN_VERSION = `${packageVersion()} (stream version ${streamVersion})`;

/** Serialises the studies of a run. Throws `InvalidInput` for functions that no module below the folder exports. */
export function sentRun(studies: readonly Study[], folder: string): SentRun {
  const hashes: Record<string, string> = {};
  const nameOf = (url: string): string => {
    const name = moduleName(folder, url);
    hashes[name] ??= moduleHash(folder, name);
    return name;
  };
  const messages = studies.map((study) => {
    const message = messageOf(study);
    const rule =
      "worlds and policies that are built in or come from modules, and no metrics of the caller, for a queue";
    if (message === undefined) refuse([expectedMistake("workers", rule, "functions of the caller")]);
    return withModules(message!, nameOf);
  });
  const text = encodeJson(plainData({ studies: messages, modules: hashes }), "study");
  return { id: sha256(`${OWN_VERSION}\n${text}`).slice(0, 16), bytes: gzipSync(text) };
}

/** Deserialises the studies of a run. Rejects with `InvalidInput` if a module is absent, not the same, or does not load. */
export async function receivedRun({ id, bytes }: SentRun, folder: string): Promise<Study[]> {
  const text = gunzipSync(bytes).toString();
  const hash = sha256(`${OWN_VERSION}\n${text}`).slice(0, 16);
  refuse([hash === id ? undefined : expectedMistake("run", `a study of hash ${id}`, hash)]);
  const { studies, modules } = decodeJson(text) as unknown as RunMessage;
  const addresses = moduleAddresses(folder, modules);
  return Promise.all(
    studies.map((study) => studyOf(withModules(withTypedPlans(study), (name) => addresses.get(name)!))),
  );
}

/** Returns the id of the job of a chunk: a chunk that is submitted again is the same job. */
export function jobId(run: string, { study, firstUser, users }: Required<StudyChunk>): string {
  return `${run}-${study}-${firstUser}-${users}`;
}

/** Returns the message with typed arrays in the plans of optimal policies. */
function withTypedPlans({ variants, ...rest }: StudyMessage): StudyMessage {
  const typed = variants.map(({ policy, ...variant }) => {
    if (typeof policy === "string" || !("tables" in policy)) return { policy, ...variant };
    const { mixes, tableOf, mixIsBest, tables, ...numbers } = policy;
    const lists = {
      mixes: Int32Array.from(mixes),
      tableOf: Int32Array.from(tableOf),
      mixIsBest: Uint8Array.from(mixIsBest),
      tables: Float64Array.from(tables),
    };
    return { policy: { ...numbers, ...lists }, ...variant };
  });
  return { ...rest, variants: typed };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
